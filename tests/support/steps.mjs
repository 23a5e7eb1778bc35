// What a person does on the page, by role and name.
import assert from "node:assert/strict";

export const TREE = { role: "treegrid", name: "Licenses" };
export const SERVICES = { role: "grid", name: "Services" };
export const USERS = { role: "grid", name: "Licensed users" };

/** The tree's header: meters above their columns. */
export const HEAD_ROWS = 2;

/** Signs in to everything the demonstration offers and waits until all of it is read. */
export async function signInToDemo(page) {
  await page.getByRole("button", { name: "Sign in to the demo" }).click();
  for (const name of ["Netaxis DRaaS", "Live Platform", "CUCM Berlin"]) await settled(page, name);
}

/** Waits until a connection was read, with or without failures; narrow screens hide its pill. */
export async function settled(page, name) {
  const done = new RegExp(`^${literally(name)}\\s*(: ([\\d,]+ not read|failed))?$`);
  const pill = page.getByRole("banner").getByRole("button", { name: done, includeHidden: true });
  await pill.waitFor({ state: "attached", timeout: 60_000 });
}

/** Opens one of the pages. */
export async function visit(page, name) {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor({ state: "attached" });
}

/** Opens the connections panel. */
export async function openPanel(page) {
  await page.getByRole("button", { name: "Connections", exact: true }).click();
  return panel(page);
}

export function panel(page) {
  return page.getByRole("dialog", { name: "Connections" });
}

export async function closePanel(page) {
  await panel(page).getByRole("button", { name: "Close" }).click();
  await panel(page).waitFor({ state: "hidden" });
}

/** Opens the connections panel and gives the card of one connection. */
export async function card(page, name) {
  return (await openPanel(page)).getByRole("article", { name });
}

/** Opens the form of a connection whose card is in sight. */
export async function edit(connection) {
  const page = connection.page();
  await connection.getByRole("button", { name: "Edit" }).click();
  return page.getByRole("form", { name: "Connection" });
}

export async function signInWithPassword(connection, username, password) {
  await connection.getByLabel("User name").fill(username);
  await connection.getByLabel("Password").fill(password);
  await connection.getByRole("button", { name: "Sign in", exact: true }).click();
}

export async function signInWithToken(connection, token) {
  await connection.getByLabel("Bearer token").fill(token);
  await connection.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** Waits for an alert that says both what happened and what to do. */
export async function expectAlert(where, sentence, nextStep) {
  await where.getByRole("alert").filter({ hasText: sentence }).filter({ hasText: nextStep }).waitFor();
}

/** Focuses the row of a grid that takes the focus. */
export async function focusGrid(page, grid) {
  await page.getByRole(grid.role, { name: grid.name }).locator("[role=row][tabindex='0']").focus();
}

/**
 * The row of the grid whose name cell says exactly this. Only rows in sight are in the document,
 * so it is paged to.
 */
export async function findRow(page, grid, name, level) {
  const within = page.getByRole(grid.role, { name: grid.name });
  const cell = page.locator(".label", { hasText: new RegExp(`^\\s*${literally(name)}\\s*$`) });
  const rows = within.getByRole("row", level ? { level } : {}).filter({ has: cell });
  if (await rows.count()) return rows.first();
  await focusGrid(page, grid);
  const last = Number(await within.getAttribute("aria-rowcount"));
  const first = 1 + (await within.locator(".grid-head [role=row]").count());
  for (let at = await press(page, "Home", first); ; at = await press(page, "PageDown")) {
    if (await rows.count()) return rows.first();
    assert.ok(at < last, `no row named ${name}`);
  }
}

/** Opens a row of the tree by keyboard. */
export async function openRow(page, name, level) {
  const row = await findRow(page, TREE, name, level);
  await row.focus();
  if ((await row.getAttribute("aria-expanded")) === "false") {
    await page.keyboard.press("ArrowRight");
    await page.locator("[role=row][aria-expanded=true]:focus").waitFor();
  }
  return row;
}

/** Presses a key that moves the focus within a grid, and gives the index of the row it came to. */
export async function press(page, key, expected) {
  const before = await focusedIndex(page);
  await page.keyboard.press(key);
  await page.waitForFunction(
    ([before, expected]) => {
      const row = document.activeElement?.closest("[role=row]");
      const at = Number(row?.getAttribute("aria-rowindex"));
      return expected ? at === expected : at > 0 && at !== before;
    },
    [before, expected],
  );
  return focusedIndex(page);
}

/** The index that the focused row tells assistive technology. */
export function focusedIndex(page) {
  return page.evaluate(() =>
    Number(document.activeElement?.closest("[role=row]")?.getAttribute("aria-rowindex")));
}

function literally(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** The tree, and a row of it by the index it tells. */
export function tree(page) {
  return page.getByRole(TREE.role, { name: TREE.name });
}

/** The headers of the tree's columns, below those of their meters. */
export function columnHeaders(page) {
  return tree(page).locator(`[role=row][aria-rowindex="${HEAD_ROWS}"] > [role=columnheader]`);
}

export function rowAt(page, index) {
  return tree(page).locator(`[role=row][aria-rowindex="${index}"]`);
}

/** How many rows the tree says it has, below those of its header. */
export async function rowCount(page) {
  return Number(await tree(page).getAttribute("aria-rowcount")) - HEAD_ROWS;
}

/** Waits until the tree says that it has so many rows. */
export async function rowsAre(page, count) {
  await page.locator(`[role=treegrid][aria-rowcount="${count + HEAD_ROWS}"]`).waitFor();
}

/** What the rows in the document tell assistive technology, by their place. */
export function drawnRows(page) {
  return tree(page).locator(".grid-space > [role=row]:not([hidden])").evaluateAll((rows) =>
    rows.map((row) => {
      const number = (name) => Number(row.getAttribute(name));
      const { top, bottom } = row.getBoundingClientRect();
      return {
        index: number("aria-rowindex"), level: number("aria-level"),
        at: number("aria-posinset"), of: number("aria-setsize"),
        expanded: row.getAttribute("aria-expanded"), selected: row.getAttribute("aria-selected"),
        name: row.querySelector(".label").textContent,
        kind: row.querySelector(".kind").ariaLabel,
        cells: [...row.querySelectorAll("[role=gridcell]")].map((cell) => cell.innerText.trim()),
        findings: [...row.querySelectorAll(".finding [aria-label]")].map((sign) => sign.ariaLabel),
        top, bottom, tab: row.tabIndex,
      };
    }).sort((one, other) => one.index - other.index));
}

/** Writes into the field that filters. */
export async function filterBy(page, text) {
  await page.getByRole("searchbox", { name: "Filter by name or id" }).fill(text);
}

/** Waits for what the tree says a filter leaves, and gives how many match. */
export async function matches(page, count) {
  const words = { 0: "Nothing matches", 1: "1 match" }[count] ?? `${count.toLocaleString("en-US")} matches`;
  await page.locator(".matches-place").getByRole("status").getByText(words, { exact: true }).waitFor();
}

/** The button of a finding in the bar above the tree. */
export function chip(page, words) {
  return page.getByRole("group", { name: "Findings" }).getByRole("button", { name: words });
}

/** Runs a command of the palette, or goes to a node, by keyboard. */
export async function runFromPalette(page, words, option = words) {
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Go to a node or run a command" });
  const field = palette.getByRole("combobox", { name: "Name, id or command" });
  await field.and(page.locator(":focus")).waitFor();
  await page.keyboard.type(words);
  await palette.getByRole("option", { name: option, selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await palette.waitFor({ state: "hidden" });
}
