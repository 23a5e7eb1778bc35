// The license tree after the ARIA Authoring Practices for treegrids, by its keys and by what it
// tells assistive technology.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { onPage, open, startBrowser } from "../support/page.mjs";
import { together, until } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import {
  HEAD_ROWS, TREE, chip, columnHeaders, drawnRows, findRow, focusGrid, focusedIndex, press, rowAt,
  rowCount, rowsAre, runFromPalette, signInToDemo, tree,
} from "../support/steps.mjs";

const FIRST = HEAD_ROWS + 1;

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
});

/** The focused row as it tells of itself. */
function focused(page) {
  return page.evaluate(() => {
    const row = document.activeElement.closest("[role=row]");
    return row && {
      index: Number(row.getAttribute("aria-rowindex")), level: Number(row.getAttribute("aria-level")),
      expanded: row.getAttribute("aria-expanded"), name: row.querySelector(".label").textContent,
    };
  });
}

async function focusedIs(page, name) {
  await page.waitForFunction((name) =>
    document.activeElement.closest("[role=row]")?.querySelector(".label")?.textContent === name, name);
}

/** What rows tell of level and place agrees with the rows around them. */
function assertInOrder(rows) {
  for (const [at, row] of rows.entries()) {
    assert.ok(row.at >= 1 && row.at <= row.of, `${row.name}: ${row.at} of ${row.of}`);
    const next = rows[at + 1];
    if (next?.index !== row.index + 1) continue;
    const opens = row.expanded === "true";
    if (opens) assert.deepEqual([next.level, next.at], [row.level + 1, 1], `below ${row.name}`);
    else assert.ok(next.level <= row.level, `${next.name} after ${row.name}, which is not open`);
    if (next.level === row.level) assert.deepEqual([next.at, next.of], [row.at + 1, row.of]);
    if (next.level < row.level) assert.equal(row.at, row.of, `${row.name} is the last of its level`);
  }
}

/** Once nothing moves, the document has the rows in the order in which they stand. */
async function inReadingOrder(page) {
  await page.waitForFunction(() => {
    const rows = [...document.querySelectorAll("[role=treegrid] .grid-space > [role=row]:not([hidden])")];
    const indices = rows.map((row) => Number(row.getAttribute("aria-rowindex")));
    return indices.every((index, at) => at === 0 || index > indices[at - 1]);
  });
}

describe("the tree", () => {
  let tab, page, group;

  before(async () => {
    tab = await open(browser, seatree.url);
    page = tab.page;
    group = seatree.truth.draas.group.name;
    await signInToDemo(page);
  });

  it("tells its size, its columns and that several rows can be selected", async () => {
    const told = await tree(page).evaluate((grid) =>
      ["aria-multiselectable", "aria-colcount", "aria-busy"].map((name) => grid.getAttribute(name)));
    const headers = await columnHeaders(page).count();
    assert.deepEqual(told, ["true", String(headers), "false"]);
    const rows = await drawnRows(page);
    assert.deepEqual(rows.map(({ index }) => index), rows.map((_, at) => FIRST + at));
    for (const row of rows) assert.equal(row.cells.length, headers, row.name);
    assertInOrder(rows);
    assert.equal(rows.filter(({ tab }) => tab === 0).length, 1, "one stop of the Tab key");
  });

  it("an asterisk opens everything beside the focused row", async () => {
    const row = await findRow(page, TREE, group, 2);
    await row.focus();
    const index = await focusedIndex(page);
    await press(page, "ArrowDown", index + 1);
    const before = await rowCount(page);
    await page.keyboard.press("*");
    await page.waitForFunction((before) =>
      Number(document.querySelector("[role=treegrid]").getAttribute("aria-rowcount")) > before, before + HEAD_ROWS);
    const siblings = (await drawnRows(page)).filter(({ level }) => level === 3);
    assert.ok(siblings.length > 0);
    for (const { name, expanded } of siblings) assert.notEqual(expanded, "false", name);
    assert.equal(await focusedIndex(page), index + 1, "the focus stays");
    assertInOrder(await drawnRows(page));
  });

  it("letters go to the next row that begins so, without regard to case and accents", async () => {
    await runFromPalette(page, "expand everything");
    await rowsAre(page, await nodes());
    await press(page, "Home", FIRST);
    await page.keyboard.type("lum");
    await focusedIs(page, group);
    // Typed in one go it is one word, with its space; an arrow begins another one.
    const tenant = seatree.truth.draas.samples.tenant.name;
    await press(page, "ArrowDown");
    await page.keyboard.type(tenant.slice(0, 12).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase());
    await focusedIs(page, tenant);
    assert.equal(await tree(page).locator("[aria-selected=true]").count(), 0, "a space in a name selects nothing");
  });

  it("End and Home lead to the last and first row of all, drawn or not", async () => {
    const last = HEAD_ROWS + await nodes();
    await press(page, "End", last);
    const { name } = await focused(page);
    assert.ok(name in seatree.truth.cucm.required, name);
    assertInOrder(await drawnRows(page));
    await page.keyboard.press("ArrowDown");
    await press(page, "ArrowUp", last - 1);
    await press(page, "Home", FIRST);
  });

  it("in cells, arrows keep the column, and Control with Home and End the column, too", async () => {
    await press(page, "ArrowDown", FIRST + 1);
    await page.keyboard.press("ArrowRight");
    for (const number of [1, 2]) {
      await page.keyboard.press("ArrowRight");
      await rowAt(page, FIRST + 1).getByRole("gridcell").nth(number).and(page.locator(":focus")).waitFor();
    }
    await press(page, "ArrowDown", FIRST + 2);
    await rowAt(page, FIRST + 2).getByRole("gridcell").nth(2).and(page.locator(":focus")).waitFor();
    const last = HEAD_ROWS + await nodes();
    await press(page, "Control+End", last);
    await rowAt(page, last).getByRole("gridcell").nth(2).and(page.locator(":focus")).waitFor();
    await press(page, "Control+Home", FIRST);
    await rowAt(page, FIRST).getByRole("gridcell").nth(2).and(page.locator(":focus")).waitFor();
    assert.equal(await tree(page).locator(".grid-space [tabindex='0']").count(), 1, "one stop of the Tab key");
    for (let cell = 2; cell >= 0; cell -= 1) await page.keyboard.press("ArrowLeft");
    await rowAt(page, FIRST).and(page.locator(":focus")).waitFor();
  });

  it("a focused row that is scrolled far away keeps its element and its keys", async () => {
    await press(page, "ArrowDown", FIRST + 1);
    await page.evaluate(() => { globalThis.kept = document.activeElement; });
    await tree(page).evaluate((grid) => { grid.scrollTop = grid.scrollHeight; });
    await rowAt(page, HEAD_ROWS + await nodes()).waitFor();
    await inReadingOrder(page);
    assert.ok(await page.evaluate(() => document.activeElement === globalThis.kept));
    assert.deepEqual(await focused(page), { index: FIRST + 1, level: 2, expanded: "true", name: group });
    const drawn = await tree(page).locator(".grid-space > [role=row]").count();
    assert.ok(drawn < 120, `${drawn} rows are in the document`);
    await press(page, "ArrowDown", FIRST + 2);
    const inSight = await page.evaluate(() => {
      const row = document.activeElement.getBoundingClientRect();
      const grid = document.querySelector("[role=treegrid]").getBoundingClientRect();
      return row.top >= grid.top && row.bottom <= grid.bottom;
    });
    assert.ok(inSight, "the next row is in sight");
  });

  it("sorting keeps the focused row, and says which column and way", async () => {
    const { name } = await focused(page);
    await page.evaluate(() => { globalThis.kept = document.activeElement; });
    const header = tree(page).getByRole("columnheader", { name: "Teams users in use", exact: true });
    const sort = header.getByRole("button", { name: "Teams users in use" });
    for (const way of ["descending", "ascending", null]) {
      await sort.click();
      await page.waitForFunction(([header, way]) => header.getAttribute("aria-sort") === way,
        [await header.elementHandle(), way]);
      assert.equal(await tree(page).locator("[aria-sort]").count(), way ? 1 : 0);
      await inReadingOrder(page);
      assertInOrder(await drawnRows(page));
      assert.ok(await page.evaluate((name) =>
        globalThis.kept.querySelector(".label").textContent === name && globalThis.kept.tabIndex === 0, name));
      if (!way) continue;
      for (const figures of siblings(await drawnRows(page), 5, 2)) {
        assert.deepEqual(figures, figures.toSorted((a, b) => (way === "descending" ? b - a : a - b)));
      }
    }
  });

  it("names sort from the first letter, as a person reads them", async () => {
    await page.getByRole("button", { name: "Flat list" }).click();
    await tree(page).getByRole("button", { name: "Name", exact: true }).click();
    await tree(page).locator("[aria-sort=ascending]").waitFor();
    await inReadingOrder(page);
    const names = (await drawnRows(page)).map(({ name }) => name).filter((name) => /^\p{Script=Latin}/u.test(name));
    assert.ok(names.length > 10);
    assert.deepEqual(names, names.toSorted(new Intl.Collator("en", { sensitivity: "base" }).compare));
  });

  it("the flat list has every subscription, service and license type on one level", async () => {
    const { draas, live_platform: live, cucm } = seatree.truth;
    const types = Object.values(cucm.required).filter((required) => required > 0).length;
    const count = draas.counts.subscriptions + live.services.length + types;
    await rowsAre(page, count);
    const rows = await drawnRows(page);
    for (const row of rows) {
      assert.deepEqual([row.level, row.of, row.at, row.expanded], [1, count, row.index - HEAD_ROWS, null], row.name);
    }
    await focusGrid(page, TREE);
    await press(page, "End", count + HEAD_ROWS);
    await press(page, "Home", FIRST);
    await page.getByRole("button", { name: "Flat list" }).click();
    await tree(page).getByRole("button", { name: "Name", exact: true }).click();
    await tree(page).getByRole("button", { name: "Name", exact: true }).click();
    await rowsAre(page, await nodes());
  });

  it("what hides the focused row gives the focus to the row that stands for it", async () => {
    const { path } = seatree.truth.draas.deep_tenant;
    await runFromPalette(page, path.at(-1));
    await focusedIs(page, path.at(-1));
    await runFromPalette(page, "collapse everything");
    await focusedIs(page, "Netaxis DRaaS");
    assert.deepEqual(await focused(page), { index: FIRST, level: 1, expanded: "false", name: "Netaxis DRaaS" });
    await rowsAre(page, 3);
  });

  it("a filter keeps the rows that lead to what it finds, and tells their places among what is left", async () => {
    await chip(page, "over limit").click();
    await tree(page).getByRole("row", { level: 4 }).first().waitFor();
    const rows = await drawnRows(page);
    assertInOrder(rows);
    await inReadingOrder(page);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await rowsAre(page, 3);
  });

  it("the page complained of nothing", () => assert.deepEqual(tab.faults(), []));

  async function nodes() {
    const { draas, live_platform: live, cucm } = seatree.truth;
    const types = Object.values(cucm.required).filter((required) => required > 0).length;
    return 3 + draas.nodes + live.services.length + types;
  }
});

/** The figures of the rows of a level in one cell, a list for each parent. */
function siblings(rows, level, cell) {
  const lists = [];
  for (const row of rows.filter((row) => row.level === level)) {
    if (row.at === 1 || lists.length === 0) lists.push([]);
    lists.at(-1).push(Number(row.cells[cell].replaceAll(",", "")));
  }
  assert.ok(lists.some((list) => list.length > 1), "some have siblings");
  return lists;
}

it("a load that goes on leaves the focused row where it is", async () => {
  const slow = { upstream: "draas", path_contains: "/licenses", bytes_per_second: 150_000 };
  await fetch(`${seatree.addresses.draas}/_sandbox/faults`, { method: "POST", body: JSON.stringify(slow) });
  try {
    await onPage(browser, seatree.url, {}, async (page) => {
      await page.getByRole("button", { name: "Sign in to the demo" }).click();
      const { services } = seatree.truth.live_platform;
      const rows = async () => Number(await tree(page).getAttribute("aria-rowcount"));
      await until("the services' rows", async () => await rows() > services.length);
      const service = services[3].name;
      const row = await findRow(page, TREE, service, 2);
      await row.click();
      await page.evaluate(() => { globalThis.kept = document.activeElement; });
      const before = await focusedIndex(page);
      const top = () => page.evaluate(() => document.activeElement.getBoundingClientRect().top);
      const stood = await top();
      assert.equal(await tree(page).getAttribute("aria-busy"), "true", "still loading");
      await page.waitForFunction((before) => Number(document.activeElement.getAttribute("aria-rowindex")) > before, before);
      assert.ok(await page.evaluate(() => document.activeElement === globalThis.kept));
      await focusedIs(page, service);
      assert.ok(Math.abs(await top() - stood) < 2, "it stands where it stood");
    });
  } finally {
    await fetch(`${seatree.addresses.draas}/_sandbox/faults`, { method: "DELETE" });
  }
});
