// An element in a frame: what it says and hears, and from whom.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { startHost } from "../support/embed.mjs";
import { onPage, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { TREE } from "../support/steps.mjs";

let host, browser;

before(async () => {
  [host, browser] = await together([startHost(), startBrowser()]);
});

/** A portal's script that keeps what the frame says, and can say something to it. */
const script = (around) => `window.heard = [];
  const frame = document.querySelector("iframe");
  const origin = ${JSON.stringify(new URL(host.site).origin)};
  window.say = (message) => frame.contentWindow.postMessage(message, origin);
  addEventListener("message", ({ origin: from, data }) => { if (from === origin) heard.push(data); });
  frame.src = ${JSON.stringify(host.site)} + "embed.html#" + ${around};`;

const HTML = `<iframe title="Licenses" width="1000" height="600"></iframe>`;

const heard = (page, type) => page.waitForFunction((type) => heard.find((message) => message.type === type), type)
  .then((found) => found.jsonValue());

describe("the frame", () => {
  const attributes = () => ({
    edge: host.edge, connection: "draas", scope: `reseller:${host.truth.draas.samples.reseller.uuid}`, height: "500",
  });

  it("says hello, shows what it is told to with the token it is given, and tells its height", async () => {
    host.show({ html: HTML, script: script("location.origin") });
    await onPage(browser, host.url, {}, async (page) => {
      assert.deepEqual(await heard(page, "hello"), { seatree: 1, type: "hello", versions: [1] });
      await page.evaluate((attributes) => say({ seatree: 1, type: "show", element: "tree", attributes }), attributes());
      await page.waitForFunction(() => heard.some(({ event }) => event === "seatree-token-needed"));
      await page.evaluate((token) => say({ seatree: 1, type: "token", token }), host.token());
      await page.waitForFunction(() => heard.some(({ event, detail }) => event === "seatree-ready" && detail.nodes > 0));
      await page.frameLocator("iframe").getByRole(TREE.role, { name: TREE.name }).waitFor();
      await page.waitForFunction(() => heard.some(({ type, height }) => type === "height" && height === 500));
      await page.evaluate(() => say({ seatree: 1, type: "set", attributes: { height: "320" } }));
      await page.waitForFunction(() => heard.some(({ type, height }) => type === "height" && height === 320));
    });
  });

  it("hears nobody but the page that its address names, and no other version", async () => {
    host.show({ html: HTML, script: script(JSON.stringify("https://portal.example.com")) });
    // What the frame says is for that page: the browser keeps it from this one, and tells.
    await onPage(browser, host.url, { meant: /Failed to execute 'postMessage'/ }, async (page) => {
      const frame = await page.waitForSelector("iframe").then((element) => element.contentFrame());
      await frame.waitForURL(/embed\.html/);
      await frame.waitForFunction(() => customElements.get("seatree-tree"));
      await page.evaluate((attributes) => say({ seatree: 1, type: "show", element: "tree", attributes }), attributes());
      await page.evaluate(() => say({ seatree: 2, type: "show" }));
      // What was said has been heard by then, or was not to be.
      await frame.evaluate(() => new Promise((resolve) => { setTimeout(resolve); }));
      assert.equal(await frame.locator("seatree-tree").count(), 0);
      assert.deepEqual(await page.evaluate(() => heard), []);
    });
    host.show({ html: HTML, script: script("location.origin") });
    await onPage(browser, host.url, {}, async (page) => {
      await heard(page, "hello");
      await page.evaluate(() => say({ seatree: 2, type: "show" }));
      assert.deepEqual(await heard(page, "unsupported"), { seatree: 1, type: "unsupported", versions: [1] });
    });
  });

  it("is shown by the pages that its host names, and by no other", async () => {
    const other = await startHost();
    const loads = `document.querySelector("iframe").src = ${JSON.stringify(host.site)} + "embed.html#" + location.origin;`;
    // Its own policy would let the frame in.
    other.show({
      html: HTML, policy: `frame-src ${new URL(host.site).origin}`, script: script("location.origin").replace(/frame\.src = .*$/, ""),
    });
    try {
      await onPage(browser, other.url, { meant: /frame-ancestors/ }, async (page) => {
        const [refused] = await Promise.all([
          page.waitForEvent("console", { predicate: (message) => /frame-ancestors/.test(message.text()) }),
          page.evaluate(loads),
        ]);
        assert.equal(refused.type(), "error");
        assert.deepEqual(await page.evaluate(() => heard), []);
      });
    } finally {
      await other.stop();
    }
  });
});
