// What a person does on the page, by role and name.
import assert from "node:assert/strict";

/** Signs in to everything the demonstration offers and waits until all of it is read. */
export async function signInToDemo(page) {
  await page.getByRole("button", { name: "Sign in to the demo" }).click();
  await settled(page, "Netaxis DRaaS");
  await settled(page, "Live Platform");
  await settled(page, "CUCM Berlin");
}

/** Waits until a connection is neither signed out nor reading. */
export async function settled(page, name) {
  const pill = page.locator(".pill", { hasText: name });
  await pill.and(page.locator(".ready, .partial, .failed")).waitFor({ timeout: 60_000 });
}

/** Opens one of the pages. */
export async function visit(page, name) {
  await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor({ state: "attached" });
}

/** Opens the connections panel and gives the card of one connection. */
export async function card(page, name) {
  await page.getByRole("button", { name: "Connections", exact: true }).click();
  return page.getByRole("dialog", { name: "Connections" }).getByRole("article", { name });
}

export async function closePanel(page) {
  await page.getByRole("dialog", { name: "Connections" }).getByRole("button", { name: "Close" }).click();
}

/**
 * The row of the grid whose name cell says exactly this, scrolled to by keyboard as far as it
 * takes; only rows in sight are in the document.
 */
export async function findRow(page, grid, name) {
  const row = page.getByRole(grid.role, { name: grid.name })
    .getByRole("row").filter({ has: page.locator(".label", { hasText: exactly(name) }) }).first();
  if (await row.count()) return row;
  await page.locator(".grid-row[tabindex='0']").focus();
  await page.keyboard.press("Home");
  for (let turns = 0; turns < 400; turns += 1) {
    if (await row.count()) return row;
    const before = await focusedIndex(page);
    await page.keyboard.press("PageDown");
    await page.waitForFunction(
      (index) => document.activeElement?.getAttribute("aria-rowindex") !== index
        || Number(index) === Number(document.querySelector("[role$=grid]").getAttribute("aria-rowcount")),
      before,
    );
    if ((await focusedIndex(page)) === before) break;
  }
  assert.ok(await row.count(), `no row named ${name}`);
  return row;
}

/** Opens a row of the tree by keyboard. */
export async function openRow(page, name) {
  const row = await findRow(page, TREE, name);
  await row.focus();
  if ((await row.getAttribute("aria-expanded")) === "false") {
    await page.keyboard.press("ArrowRight");
    await row.and(page.locator("[aria-expanded=true]")).waitFor();
  }
  return row;
}

export const TREE = { role: "treegrid", name: "Licenses" };
export const SERVICES = { role: "grid", name: "Services" };

const focusedIndex = (page) =>
  page.evaluate(() => document.activeElement?.getAttribute("aria-rowindex"));

function exactly(text) {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\s*$`);
}
