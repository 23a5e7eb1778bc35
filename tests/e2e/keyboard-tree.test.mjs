// The main job by keyboard alone: find a tenant, open it, sort, see who is over, select, export.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { csvRows, saved } from "../support/files.mjs";
import { onPage, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import {
  HEAD_ROWS, drawnRows, press, runFromPalette, settled, tree,
} from "../support/steps.mjs";

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
});

/** Tabs until this has the focus. */
async function tabTo(page, target, key = "Tab") {
  for (let stops = 0; stops < 60; stops += 1) {
    if (await target.and(page.locator(":focus")).count()) return;
    await page.keyboard.press(key);
  }
  assert.fail(`60 tab stops did not lead to ${target}`);
}

it("a tenant is found and opened, the tree sorted and filtered, three rows selected and exported", () =>
  onPage(browser, seatree.url, {}, async (page) => {
    await tabTo(page, page.getByRole("button", { name: "Sign in to the demo" }));
    await page.keyboard.press("Enter");
    for (const name of ["Netaxis DRaaS", "Live Platform", "CUCM Berlin"]) await settled(page, name);

    // Find and open.
    const { name, path, subscriptions } = seatree.truth.draas.deep_tenant;
    await runFromPalette(page, name);
    const row = tree(page).getByRole("row", { level: path.length + 1 }).and(page.locator(":focus"));
    await row.getByText(name).waitFor();
    await page.keyboard.press("ArrowRight");
    await row.and(page.locator("[aria-expanded=true]")).waitFor();
    const index = await press(page, "ArrowDown") - 1;
    const below = (await drawnRows(page)).find((row) => row.index === index + 1);
    assert.deepEqual([below.level, below.of], [path.length + 2, subscriptions]);

    // Sort by what is in use, the most first.
    await tabTo(page, tree(page).getByRole("button", { name: "Name", exact: true }), "Shift+Tab");
    const sort = tree(page).getByRole("button", { name: "Teams users in use", exact: true });
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assert.ok(await sort.and(page.locator(":focus")).count());
    await page.keyboard.press("Enter");
    await tree(page).locator("[aria-sort=descending]").waitFor();
    const distributors = (await drawnRows(page)).filter(({ level }) => level === 3);
    const inUse = distributors.map(({ cells }) => Number(cells[2].replaceAll(",", "")));
    assert.deepEqual(inUse, inUse.toSorted((one, other) => other - one));

    // Only what is over its limit, without what is above it.
    await tabTo(page, page.getByRole("button", { name: /over limit$/ }), "Shift+Tab");
    await page.keyboard.press("Enter");
    await page.locator(".matches-place").getByText(/^\d+ matches$/).waitFor();
    await tabTo(page, page.getByRole("button", { name: "Flat list" }));
    await page.keyboard.press("Enter");
    await tree(page).locator("[role=row][aria-level='1'][aria-rowindex='3']").waitFor();

    // Select three.
    await tabTo(page, tree(page).locator(".grid-space > [role=row]"));
    await press(page, "Home", HEAD_ROWS + 1);
    await page.keyboard.press("Space");
    await press(page, "ArrowDown", 4);
    await press(page, "ArrowDown", 5);
    await page.keyboard.press("Space");
    await press(page, "ArrowDown", 6);
    await page.keyboard.press("Space");
    await page.getByRole("contentinfo").getByText("Selection: 3 rows").waitFor();
    const selected = (await drawnRows(page)).filter((row) => row.selected === "true");
    assert.deepEqual(selected.map(({ index }) => index), [3, 5, 6]);
    for (const { name, findings } of selected) assert.ok(findings.includes("over limit"), name);

    // Export them.
    await tabTo(page, page.getByRole("button", { name: "Export", exact: true }), "Shift+Tab");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Export" });
    await dialog.getByRole("radio", { name: /^Selected rows 3/, checked: true }).waitFor();
    await tabTo(page, dialog.getByRole("radio", { name: /XLSX/ }));
    await page.keyboard.press("ArrowDown");
    await dialog.getByRole("radio", { name: /^CSV/, checked: true }).waitFor();
    await tabTo(page, dialog.getByRole("button", { name: "Export", exact: true }));
    const { bytes } = await saved(page, () => page.keyboard.press("Enter"));
    const rows = csvRows(bytes.toString("utf8").slice(1));
    // A file has the upstream's own order.
    assert.deepEqual(rows.map((row) => row.Name).sort(), selected.map((row) => row.name).sort());
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
  }));
