// Columns: which, in which order, how wide, which stay in sight, and all of it again next time.
import assert from "node:assert/strict";
import { before, beforeEach, describe, it } from "node:test";
import { open, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { TREE, findRow, signInToDemo, tree } from "../support/steps.mjs";

/** Those shown to somebody who chose none. */
const USUAL = [
  "Teams users assigned", "Teams users in use", "Teams users available", "Teams users utilization",
  "SIP channels assigned", "Services acquired", "Services licensed", "Services available",
  "CUCM required",
];

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
});

describe("columns", () => {
  let tab, page;

  before(async () => {
    tab = await open(browser, seatree.url);
    page = tab.page;
    await signInToDemo(page);
  });

  beforeEach(async () => {
    await closeDialog();
    const dialog = await openColumns();
    await dialog.getByRole("button", { name: "Use the usual columns" }).click();
    await closeDialog();
    await columnsAre(USUAL);
  });

  it("those that the connections have figures for are the usual ones, below their meters", async () => {
    const groups = tree(page).locator("[role=columnheader].group");
    assert.deepEqual(await groups.allInnerTexts(), ["Teams users", "SIP channels", "Services", "CUCM"]);
    assert.deepEqual(await groups.evaluateAll((all) => all.map((group) => group.ariaColSpan)), ["4", "1", "3", "1"]);
    await assertAligned();
  });

  it("are hidden and shown, and each row follows", async () => {
    const dialog = await openColumns();
    await dialog.getByRole("checkbox", { name: "SIP channels assigned" }).click();
    await dialog.getByRole("button", { name: /show SIP channels assigned$/ }).and(page.locator(":focus")).waitFor();
    assert.equal(await dialog.getByRole("checkbox", { checked: false }).count(), 0, "those listed are those shown");
    await dialog.getByRole("button", { name: /show Teams users in use by people$/ }).click();
    await dialog.getByRole("checkbox", { name: "Teams users in use by people" }).and(page.locator(":focus")).waitFor();
    await closeDialog();
    // It comes to those of its meter.
    const others = USUAL.slice(4).filter((name) => !name.startsWith("SIP"));
    const chosen = [...USUAL.slice(0, 4), "Teams users in use by people", ...others];
    await columnsAre(chosen);
    const row = await findRow(page, TREE, seatree.truth.draas.group.name, 2);
    const { users } = seatree.truth.draas.teams;
    assert.equal(await row.getByRole("gridcell").nth(5).innerText(), users.toLocaleString("en-US"));
    assert.equal(await tree(page).getAttribute("aria-colcount"), String(chosen.length + 2));
    await assertAligned();
  });

  it("are moved by keyboard, and the focus moves along", async () => {
    const dialog = await openColumns();
    const later = dialog.getByRole("button", { name: "Move Teams users assigned later" });
    await later.focus();
    await page.keyboard.press("Enter");
    await columnsAre(["Teams users in use", "Teams users assigned", ...USUAL.slice(2)]);
    await later.and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Enter");
    await columnsAre(["Teams users in use", "Teams users available", "Teams users assigned", ...USUAL.slice(3)]);
    await later.and(page.locator(":focus")).waitFor();
    await dialog.getByRole("button", { name: "Move Teams users assigned earlier" }).click();
    await columnsAre(["Teams users in use", "Teams users assigned", ...USUAL.slice(2)]);
  });

  it("are made wider by their edge, all the way, and that is no step back", async () => {
    const header = tree(page).getByRole("columnheader", { name: "Teams users in use", exact: true });
    const before = await header.boundingBox();
    const steps = await page.evaluate(() => history.length);
    await drag(header.locator(".grip"), 90);
    const after = await header.boundingBox();
    assert.ok(Math.abs(after.width - before.width - 90) <= 2, `${before.width} to ${after.width}`);
    assert.equal(await page.evaluate(() => history.length), steps);
    assert.equal(await tree(page).locator("[aria-sort]").count(), 0, "pulling the edge sorts nothing");
    await assertAligned();
    await drag(header.locator(".grip"), -1_000);
    const least = await header.boundingBox();
    assert.ok(least.width >= 40, `still ${least.width} wide`);
  });

  it("the name's is made wider, too", async () => {
    const header = tree(page).getByRole("columnheader", { name: "Name" });
    const before = await header.boundingBox();
    await drag(header.locator(".grip"), 60);
    const after = await header.boundingBox();
    assert.ok(Math.abs(after.width - before.width - 60) <= 2, `${before.width} to ${after.width}`);
    await assertAligned();
  });

  it("are made as wide as a number says", async () => {
    const dialog = await openColumns();
    const width = dialog.getByRole("spinbutton", { name: "Width of Teams users assigned in pixels" });
    await width.fill("200");
    await width.press("Enter");
    await closeDialog();
    const { width: wide } = await tree(page)
      .getByRole("columnheader", { name: "Teams users assigned", exact: true }).boundingBox();
    assert.equal(Math.round(wide), 200);
    await assertAligned();
  });

  it("that are pinned stand in their column where nothing is scrolled", async () => {
    const dialog = await openColumns();
    await dialog.getByRole("button", { name: "Pin Teams users available" }).click();
    await dialog.getByRole("button", { name: "Pin Teams users utilization" }).click();
    await closeDialog();
    await columnsAre([...USUAL.slice(2, 4), ...USUAL.slice(0, 2), ...USUAL.slice(4)]);
    await assertAligned();
  });

  it("that are pinned stay in sight when the others are scrolled away, header and all", async () => {
    let dialog = await openColumns();
    await dialog.getByRole("button", { name: "Pin Teams users available" }).click();
    const width = dialog.getByRole("spinbutton", { name: "Width of Teams users assigned in pixels" });
    await width.fill("600");
    await width.press("Enter");
    await closeDialog();
    await columnsAre(["Teams users available", ...USUAL.filter((name) => name !== "Teams users available")]);
    const at = () => tree(page).evaluate((grid) => {
      const left = (element) => Math.round(element.getBoundingClientRect().left);
      const row = grid.querySelector(".grid-space > [role=row]:not([hidden])");
      const heads = [...grid.querySelectorAll(".grid-head-row:not(.groups) [role=columnheader]")];
      const cells = [...row.querySelectorAll("[role=gridcell]")];
      // The cell of the name begins at the very edge.
      return { heads: heads.map(left).slice(1), cells: cells.map(left).slice(1) };
    });
    const before = await at();
    assert.deepEqual(before.heads, before.cells);
    await tree(page).evaluate((grid) => { grid.scrollLeft = 300; });
    const after = await at();
    assert.deepEqual(after.heads, after.cells, "header and cells are scrolled alike");
    assert.equal(after.heads[0], before.heads[0], "what is pinned stays");
    assert.equal(after.heads[1], before.heads[1] - 300, "what is not goes");
    assert.equal(after.heads.at(-1), before.heads.at(-1), "the findings stay at their edge");
    const name = tree(page).getByRole("columnheader", { name: "Name" });
    const covered = await name.getByRole("button").evaluate((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      return document.elementFromPoint(left + width / 2, top + height / 2) !== button;
    });
    assert.ok(!covered, "the name's header is in front");
    dialog = await openColumns();
    assert.equal(await dialog.getByRole("button", { name: "Pin Teams users available" }).getAttribute("aria-pressed"), "true");
  });

  it("chosen ones are there again after a reload, without signing in and after", async () => {
    const dialog = await openColumns();
    await dialog.getByRole("checkbox", { name: "Services acquired" }).click();
    await dialog.getByRole("button", { name: "Pin CUCM required" }).click();
    await closeDialog();
    const chosen = ["CUCM required", ...USUAL.filter((name) => !/acquired|CUCM/.test(name))];
    await columnsAre(chosen);
    // Not by the address alone: that is for others.
    await page.goto("about:blank");
    await page.goto(seatree.url);
    await page.getByRole("button", { name: "Sign in to the demo" }).waitFor();
    await columnsAre(chosen);
    await signInToDemo(page);
    await columnsAre(chosen);
  });

  it("the page complained of nothing", () => assert.deepEqual(tab.faults(), []));

  async function openColumns() {
    await page.getByRole("button", { name: "Columns", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Columns" });
    await dialog.getByRole("button", { name: "Use the usual columns" }).waitFor();
    return dialog;
  }

  async function closeDialog() {
    if (await page.locator("dialog[open]").count()) await page.keyboard.press("Escape");
    await page.locator("dialog[open]").waitFor({ state: "detached" });
  }

  async function columnsAre(names) {
    await page.waitForFunction((names) => {
      const buttons = [...document.querySelectorAll("[role=treegrid] [role=columnheader] button")];
      const labels = buttons.map((button) => button.getAttribute("aria-label"));
      return JSON.stringify(labels) === JSON.stringify(["Name", ...names, "Findings"]);
    }, names);
  }

  async function drag(grip, by) {
    const { x, y, width, height } = await grip.boundingBox();
    const [fromX, fromY] = [x + width / 2, y + height / 2];
    await page.mouse.move(fromX, fromY);
    await page.mouse.down();
    await page.mouse.move(fromX + by, fromY, { steps: 20 });
    await page.mouse.up();
  }

  /** Every cell begins and ends where the header of its column does. */
  async function assertAligned() {
    const off = await tree(page).evaluate((grid) => {
      const edges = (cell) => {
        const { left, right } = cell.getBoundingClientRect();
        return [Math.round(left), Math.round(right)];
      };
      const heads = [...grid.querySelectorAll(".grid-head-row:not(.groups) [role=columnheader]")].map(edges);
      const rows = [...grid.querySelectorAll(".grid-space > [role=row]:not([hidden])")];
      return rows.flatMap((row) => {
        const cells = [...row.querySelectorAll("[role=gridcell]")].map(edges);
        // The cell of the name begins at the very edge.
        cells[0][0] = heads[0][0];
        return JSON.stringify(cells) === JSON.stringify(heads) ? [] : [[heads, cells]];
      });
    });
    assert.deepEqual(off, []);
  }
});
