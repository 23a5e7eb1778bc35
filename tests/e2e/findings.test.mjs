// What a filter leaves: by name and id, by kind, by what a person should look at, by figures.
import assert from "node:assert/strict";
import { before, beforeEach, describe, it } from "node:test";
import { open, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import {
  TREE, chip, drawnRows, filterBy, findRow, focusGrid, matches, press, rowCount, rowsAre,
  signInToDemo, tree,
} from "../support/steps.mjs";

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
});

describe("a filter", () => {
  let tab, page, truth, everything;

  before(async () => {
    truth = seatree.truth;
    tab = await open(browser, seatree.url);
    page = tab.page;
    await signInToDemo(page);
    everything = await rowCount(page);
  });

  beforeEach(async () => {
    const flat = page.getByRole("button", { name: "Flat list", pressed: true });
    if (await flat.count()) await flat.click();
    const clear = page.locator(".matches-place").getByRole("button", { name: "Clear filters" });
    if (await clear.count()) await clear.click();
    await clear.waitFor({ state: "hidden" });
  });

  const marked = () => tree(page).locator("[role=row]:not([hidden]) mark").allInnerTexts();

  it("by name regards neither case nor accents, marks what it found and keeps what leads there", async () => {
    const { path } = truth.draas.deep_tenant;
    const name = path.at(-1);
    const plain = name.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ø", "o").toUpperCase();
    await filterBy(page, plain);
    await tree(page).locator("[role=row]:not([hidden]) mark").first().waitFor();
    const rows = await drawnRows(page);
    for (const [depth, name] of path.entries()) {
      assert.ok(rows.some((row) => row.level === depth + 2 && row.name === name), name);
    }
    // Each word is found by itself, and marked where it stands.
    assert.deepEqual((await marked()).slice(0, 2).join(" "), name.split(" ").slice(0, 2).join(" "));
  });

  it("by several words finds them in any order", async () => {
    const { name } = truth.draas.samples.tenant;
    await filterBy(page, name);
    await tree(page).locator("[role=row]:not([hidden]) mark").first().waitFor();
    const found = await page.locator(".matches-place").getByRole("status").innerText();
    await filterBy(page, name.split(" ").reverse().join("  "));
    await page.waitForFunction((name) => document.querySelector("#tree-filter").value !== name, name);
    await page.locator(".matches-place").getByRole("status").getByText(found, { exact: true }).waitFor();
    await findRow(page, TREE, name);
  });

  it("by the id of a subscription, with its sign, finds that one", async () => {
    const { id, name } = truth.draas.samples.subscription;
    for (const typed of [`#${id}`, String(id)]) {
      await filterBy(page, typed);
      await tree(page).getByRole("row").filter({ hasText: name }).filter({ hasText: `#${id}` }).waitFor();
      await filterBy(page, "");
      await rowsAre(page, everything);
    }
    await filterBy(page, `#${id}`);
    await matches(page, 1);
  });

  it("by a UUID finds what it names, in any case", async () => {
    const { uuid, name } = truth.draas.samples.reseller;
    await filterBy(page, ` ${uuid.toUpperCase()} `);
    await matches(page, 1);
    await findRow(page, TREE, name, 4);
  });

  it("that finds nothing says so, and shows everything again at a press", async () => {
    await filterBy(page, "no such customer");
    await matches(page, 0);
    await page.getByText("Nothing here matches what you look for.").waitFor();
    await rowsAre(page, 0);
    await page.getByRole("button", { name: "Show everything" }).click();
    await rowsAre(page, everything);
    assert.equal(await page.getByRole("searchbox", { name: "Filter by name or id" }).inputValue(), "");
  });

  it("Enter in its field goes to the tree, and a slash comes back to it", async () => {
    const field = page.getByRole("searchbox", { name: "Filter by name or id" });
    await field.fill("telecom");
    await field.press("Enter");
    await tree(page).locator("[role=row]:focus").waitFor();
    await page.keyboard.press("/");
    await field.and(page.locator(":focus")).waitFor();
    assert.equal(await field.inputValue(), "telecom");
    await field.press("Escape");
    await rowsAre(page, everything);
  });

  for (const [mark, sign] of [["over limit"], ["near limit"], ["idle"], ["failed", "failed to load"], ["stale"]]) {
    it(`by "${mark}" leaves as many as its button counts, and each of them says so`, async () => {
      const button = chip(page, mark);
      const count = Number((await button.innerText()).match(/[\d,]+/)[0].replaceAll(",", ""));
      assert.ok(count > 0);
      await button.click();
      await matches(page, count);
      assert.equal(await button.getAttribute("aria-pressed"), "true");
      const rows = await allRows(page);
      const found = rows.filter(({ findings }) => findings.includes(sign ?? mark));
      assert.equal(found.length, count);
      if (mark !== "over limit") return;
      for (const { name, kind, cells } of found) {
        const first = kind === "service" ? 6 : 1;
        const [most, used, left] = cells.slice(first, first + 3).map(number);
        assert.ok(used > most && left === most - used, `${name}: ${used} of ${most}`);
      }
      const subscriptions = found.filter(({ kind }) => kind === "subscription");
      assert.equal(subscriptions.length, truth.draas.over_limit);
    });
  }

  it("by kind leaves that kind", async () => {
    const dialog = await openFilter();
    await dialog.getByRole("checkbox", { name: "reseller" }).check();
    await dialog.getByText(`${truth.draas.counts.resellers} matches`).waitFor();
    await dialog.getByRole("checkbox", { name: "distributor" }).check();
    const { distributors, resellers } = truth.draas.counts;
    await dialog.getByText(`${distributors + resellers} matches`).waitFor();
    await dialog.getByRole("button", { name: "Done" }).click();
    await matches(page, distributors + resellers);
    const kinds = new Set((await allRows(page)).map(({ kind }) => kind));
    assert.deepEqual([...kinds].sort(), ["connection", "distributor", "group", "reseller"]);
  });

  it("by figures leaves what is between them, as what is shown says", async () => {
    const dialog = await openFilter();
    await dialog.getByRole("button", { name: "Add a range" }).click();
    await dialog.getByRole("combobox", { name: "Figure" }).selectOption({ label: "Teams users utilization" });
    await dialog.getByRole("spinbutton", { name: "at least" }).fill("50");
    await dialog.getByRole("spinbutton", { name: "at most" }).fill("60");
    await dialog.getByRole("checkbox", { name: "tenant" }).check();
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Flat list" }).click();
    const found = await allRows(page);
    await matches(page, found.length);
    assert.ok(found.length > 5);
    for (const { name, kind, cells } of found) {
      assert.equal(kind, "tenant");
      const share = (100 * number(cells[2])) / number(cells[1]);
      assert.ok(share >= 50 && share <= 60, `${name}: ${share} %`);
    }
    // The other way round: of all tenants, as many have such a share.
    const again = await openFilter();
    await again.getByRole("button", { name: "Remove" }).click();
    await again.getByRole("button", { name: "Done" }).click();
    await matches(page, truth.draas.counts.tenants);
    const tenants = await allRows(page);
    const between = tenants.filter(({ cells }) => {
      const share = (100 * number(cells[2])) / number(cells[1]);
      return share >= 50 && share <= 60;
    });
    assert.deepEqual(between.map(({ name }) => name), found.map(({ name }) => name));
  });

  it("a mark on its button tells of kinds and figures that are not in sight", async () => {
    const button = page.getByRole("button", { name: "Filter", exact: false }).and(page.locator("[aria-haspopup]"));
    assert.equal(await button.getByTitle("in use").count(), 0);
    const dialog = await openFilter();
    await dialog.getByRole("checkbox", { name: "service" }).check();
    await dialog.getByRole("button", { name: "Done" }).click();
    await button.getByTitle("in use").waitFor();
    await matches(page, truth.live_platform.services.length);
  });

  it("several conditions hold together", async () => {
    await chip(page, "over limit").click();
    await chip(page, "idle").click();
    const dialog = await openFilter();
    await dialog.getByRole("checkbox", { name: "subscription" }).check();
    await dialog.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Flat list" }).click();
    const found = await allRows(page);
    await matches(page, found.length);
    for (const { name, kind, findings } of found) {
      assert.equal(kind, "subscription");
      assert.ok(findings.includes("over limit") || findings.includes("idle"), name);
    }
  });

  it("the page complained of nothing", () => assert.deepEqual(tab.faults(), []));

  async function openFilter() {
    await page.getByRole("button", { name: /^Filter/ }).and(page.locator("[aria-haspopup]")).click();
    const dialog = page.getByRole("dialog", { name: "Filter" });
    await dialog.getByRole("checkbox").first().waitFor();
    return dialog;
  }
});

const number = (text) => Number(text.replaceAll(",", "").replace("−", "-"));

/** Every row of the tree, by walking down it. */
async function allRows(page) {
  await focusGrid(page, TREE);
  const rows = new Map();
  const last = await rowCount(page) + 2;
  for (let at = await press(page, "Home", 3); ; at = await press(page, "PageDown")) {
    for (const row of await drawnRows(page)) rows.set(row.index, row);
    if (at === last || rows.size === last - 2) break;
  }
  assert.equal(rows.size, last - 2);
  return [...rows.values()].sort((one, other) => one.index - other.index);
}
