// Selecting rows by keys and pointer, and what the selection adds up to.
import assert from "node:assert/strict";
import { before, beforeEach, describe, it } from "node:test";
import { open, startBrowser, written } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import {
  HEAD_ROWS, TREE, chip, drawnRows, filterBy, findRow, focusGrid, focusedIndex, matches, openRow, press, rowAt, rowCount,
  signInToDemo, tree,
} from "../support/steps.mjs";

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
});

describe("a selection", () => {
  let tab, page, first;

  before(async () => {
    tab = await open(browser, seatree.url);
    page = tab.page;
    await signInToDemo(page);
    const group = await findRow(page, TREE, seatree.truth.draas.group.name, 2);
    await group.focus();
    first = await focusedIndex(page) + 1;
  });

  beforeEach(async () => {
    await focusGrid(page, TREE);
    await press(page, "Home", HEAD_ROWS + 1);
    for (let index = HEAD_ROWS + 2; index <= first; index += 1) await press(page, "ArrowDown", index);
    await page.keyboard.press("Escape");
    await selectedAre([]);
  });

  const said = () => page.getByRole("contentinfo").getByText(/^Selection:/);

  /** Waits until these rows, by their indices, are selected, and the page says how many. */
  async function selectedAre(indices) {
    await page.waitForFunction((indices) => {
      const rows = [...document.querySelectorAll("[role=treegrid] [role=row][aria-selected=true]:not([hidden])")];
      const selected = rows.map((row) => Number(row.getAttribute("aria-rowindex")));
      return JSON.stringify(selected.sort((a, b) => a - b)) === JSON.stringify(indices);
    }, indices);
    if (indices.length === 0) return said().waitFor({ state: "hidden" });
    const rows = indices.length === 1 ? "1 row" : `${indices.length} rows`;
    return page.getByRole("contentinfo").getByText(new RegExp(`^Selection: ${rows}( |$)`)).waitFor();
  }

  it("Space takes a row in and out, and leaves the others", async () => {
    await page.keyboard.press("Space");
    await press(page, "ArrowDown", first + 1);
    await press(page, "ArrowDown", first + 2);
    await page.keyboard.press("Space");
    await selectedAre([first, first + 2]);
    await page.keyboard.press("Space");
    await selectedAre([first]);
  });

  it("Shift with arrows grows and shrinks it row by row", async () => {
    await press(page, "Shift+ArrowDown", first + 1);
    await press(page, "Shift+ArrowDown", first + 2);
    await selectedAre([first, first + 1, first + 2]);
    await press(page, "Shift+ArrowUp", first + 1);
    await selectedAre([first, first + 1]);
    await press(page, "Shift+ArrowUp", first);
    await press(page, "Shift+ArrowUp", first - 1);
    await selectedAre([first - 1, first]);
  });

  it("Shift with Space reaches from the last one to here", async () => {
    await page.keyboard.press("Space");
    for (const at of [1, 2, 3]) await press(page, "ArrowDown", first + at);
    await page.keyboard.press("Shift+Space");
    await selectedAre([first, first + 1, first + 2, first + 3]);
  });

  it("the pointer selects one, with Control another, with Shift all between", async () => {
    await rowAt(page, first).click();
    await selectedAre([first]);
    await rowAt(page, first + 3).click({ modifiers: ["Control"] });
    await selectedAre([first, first + 3]);
    await rowAt(page, first + 1).click({ modifiers: ["Shift"] });
    await selectedAre([first + 1, first + 2, first + 3]);
    await rowAt(page, first + 5).locator(".tick").click();
    await selectedAre([first + 1, first + 2, first + 3, first + 5]);
  });

  it("Control with A selects what is shown, and the page says how much that is", async () => {
    await page.keyboard.press("Control+a");
    await page.getByRole("contentinfo").getByText(`Selection: ${written(await rowCount(page))} rows`).waitFor();
    for (const row of await drawnRows(page)) assert.equal(row.selected, "true", row.name);
  });

  it("counts a license once where a parent and what is below it are selected", async () => {
    const { path, teams, sip } = seatree.truth.draas.deep_tenant;
    for (const [depth, name] of path.entries()) await openRow(page, name, depth + 2);
    const sums = `Teams users ${written(teams.assigned)} assigned, ${written(teams.in_use)} in use, `
      + `${written(teams.assigned - teams.in_use)} available · SIP channels ${written(sip.assigned)} assigned`;
    await page.keyboard.press("Space");
    await page.getByRole("contentinfo").getByText(`Selection: 1 row · ${sums}`, { exact: true }).waitFor();
    const tenant = await focusedIndex(page);
    await press(page, "Shift+ArrowDown", tenant + 1);
    await page.getByRole("contentinfo").getByText(`Selection: 2 rows · ${sums}`, { exact: true }).waitFor();
  });

  it("adds up rows of different parents", async () => {
    const rows = (await drawnRows(page)).filter(({ index }) => index === first || index === first + 1);
    const number = (text) => Number(text.replaceAll(",", ""));
    const sum = (cell) => written(rows.reduce((sum, { cells }) => sum + number(cells[cell]), 0));
    assert.equal(rows.length, 2);
    await page.keyboard.press("Space");
    await rowAt(page, first + 1).click({ modifiers: ["Control"] });
    const words = `Teams users ${sum(1)} assigned, ${sum(2)} in use, ${sum(3)} available · SIP channels ${sum(5)} assigned`;
    await page.getByRole("contentinfo").getByText(`Selection: 2 rows · ${words}`).waitFor();
  });

  it("says how many figures of a sum no upstream sent", async () => {
    const services = seatree.truth.live_platform.services;
    const broken = services.find(({ readable }) => !readable);
    const whole = services.find(({ readable }) => readable);
    await filterBy(page, broken.name);
    await matches(page, 1);
    await (await findRow(page, TREE, broken.name, 2)).click();
    await filterBy(page, whole.name);
    await (await findRow(page, TREE, whole.name, 2)).click({ modifiers: ["Control"] });
    const words = `Selection: 2 rows · Services ${written(whole.acquired)} acquired and 1 unknown, `
      + `${written(whole.licensed)} licensed and 1 unknown, `
      + `${written(whole.acquired - whole.licensed)} available and 1 unknown`;
    await page.getByRole("contentinfo").getByText(words, { exact: true }).waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
  });

  it("outlasts a filter that hides it, and a sort", async () => {
    await page.keyboard.press("Space");
    await selectedAre([first]);
    const words = await said().innerText();
    await chip(page, "failed").click();
    await matches(page, 1);
    assert.equal(await said().innerText(), words);
    await page.getByRole("button", { name: "Clear filters" }).click();
    const sort = tree(page).getByRole("button", { name: "Teams users in use", exact: true });
    for (let presses = 0; presses < 3; presses += 1) await sort.click();
    // What was looked at is elsewhere by now.
    await focusGrid(page, TREE);
    await press(page, "Home", HEAD_ROWS + 1);
    await selectedAre([first]);
    assert.equal(await said().innerText(), words);
  });

  it("the page complained of nothing", () => assert.deepEqual(tab.faults(), []));
});
