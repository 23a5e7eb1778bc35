// Elements beside styles that mean no good, on pages that read from right to left, and in their own colors.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { giving, startHost, tag, told } from "../support/embed.mjs";
import { onPage, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { TREE } from "../support/steps.mjs";

/** What a careless or hostile page does to everything on it. */
const HOSTILE = `
  html { font-size: 5px; color: red; letter-spacing: 9px; word-spacing: 20px; line-height: 4; text-transform: uppercase; }
  body { font: italic 900 40px/3 serif; text-align: right; visibility: visible; cursor: wait; -webkit-text-fill-color: lime; }
  * { color: red !important; background: yellow !important; font-family: cursive !important; font-size: 31px !important;
    border: 4px dashed blue !important; padding: 11px !important; box-sizing: content-box !important; text-indent: 40px !important;
    letter-spacing: 3px !important; text-shadow: 2px 2px red !important; list-style: square !important; }
  div, button, input, span, p, i, b, section, footer { display: block !important; float: left !important; margin: 30px !important; }
  button { all: unset !important; }
  :root, *, seatree-tree { --row: 3px; --bg: red; --ink: red; --text: 60px; --gutter: 90px; --accent: lime; --surface: lime; }
  .grid, .row, .tools, .frame, .embed, .status, .name { display: none !important; }
`;

let host, browser;

before(async () => {
  [host, browser] = await together([startHost(), startBrowser()]);
});

/** A picture of the tree on a page with these styles. */
async function picture(style, html = tag(host, "tree", { theme: "light" }), options = {}) {
  host.show({ html, style, script: giving(host.token()) });
  let png;
  await onPage(browser, host.url, options, async (page) => {
    await told(page, "ready");
    await page.waitForFunction(() => told.some(([event, counts]) => event === "finding" && counts.near > 0));
    // When it was read differs from picture to picture.
    await page.evaluate(() => { document.getElementById("tree").shadowRoot.querySelector(".status > [role=status]").textContent = ""; });
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); }));
    const { x, y } = await page.evaluate(() => document.getElementById("tree").getBoundingClientRect());
    png = await page.screenshot({ clip: { x, y, width: 1000, height: 480 } });
  });
  return png;
}

/** How many of the points of two pictures differ by more than a shade. */
async function difference(one, other) {
  host.show({ html: "<main></main>", policy: "" });
  let share;
  await onPage(browser, host.url, {}, async (page) => {
    share = await page.evaluate(async (pictures) => {
      const points = await Promise.all(pictures.map(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
      }));
      const [one, other] = points;
      let differing = 0;
      for (let at = 0; at < one.length; at += 1) if (Math.abs(one[at] - other[at]) > 8) differing += 1;
      return differing / one.length;
    }, [one, other].map((png) => png.toString("base64")));
  });
  return share;
}

describe("the picture of an element", () => {
  const sized = (attributes = {}) => tag(host, "tree", { theme: "light", ...attributes });
  const placed = `seatree-tree { position: absolute !important; inset: 20px auto auto 20px !important; inline-size: 1000px !important; block-size: 480px !important; margin: 0 !important; }`;

  it("is the same beside hostile styles", async () => {
    const [plain, hostile] = [await picture(placed, sized()), await picture(HOSTILE + placed, sized())];
    assert.ok(await difference(plain, hostile) < 0.001);
    // The comparison itself can tell.
    const other = await picture(placed, sized({ density: "dense" }));
    assert.ok(await difference(plain, other) > 0.001);
  });

  it("is the same on a page that reads from right to left", async () => {
    const rtl = "html { direction: rtl; }";
    const [plain, mirrored] = [await picture(placed, sized()), await picture(rtl + placed, sized())];
    assert.ok(await difference(plain, mirrored) < 0.001);
  });

  it("changes nothing of the page around it", async () => {
    const around = "<p id=around>Around <b>it</b></p><button>One</button>";
    const of = async (html) => {
      host.show({ html, script: giving(host.token()) });
      let styles;
      await onPage(browser, host.url, {}, async (page) => {
        if (html.includes("seatree-tree")) await told(page, "ready");
        styles = await page.evaluate(() => [document.documentElement, document.body, ...document.querySelectorAll("#around, b, button")].map((element) => {
          const style = getComputedStyle(element);
          const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`);
          return ["color", "backgroundColor", "font", "margin", "overflow", "colorScheme"].map((name) => style[name]).concat(attributes);
        }));
      });
      return styles;
    };
    assert.deepEqual(await of(around + sized()), await of(around));
  });
});

describe("what a page may set", () => {
  it("its colors, corners and font reach what is in the element, and parts can be styled", async () => {
    host.show({
      html: tag(host, "tree", { theme: "light" }), script: giving(host.token()),
      style: `seatree-tree { --seatree-accent: rgb(90, 20, 120); --seatree-surface: rgb(250, 240, 230); --seatree-line: rgb(1, 2, 3); --seatree-font: monospace; }
        seatree-tree::part(tools) { background: rgb(10, 20, 30); }`,
    });
    await onPage(browser, host.url, {}, async (page) => {
      await told(page, "ready");
      const style = (selector, name) => page.locator(selector).first().evaluate((element, name) => getComputedStyle(element)[name], name);
      assert.equal(await style(".tools", "backgroundColor"), "rgb(10, 20, 30)");
      assert.equal(await style(".tree .grid-row", "backgroundColor"), "rgb(250, 240, 230)");
      assert.equal(await style(".tree .grid-row", "fontFamily"), "monospace");
      assert.equal(await style(".status .link", "color"), "rgb(90, 20, 120)");
      await page.getByRole(TREE.role, { name: TREE.name }).waitFor();
    });
  });
});
