// What a person made of the tree outlasts what happens to its data.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { onPage, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import {
  TREE, card, closePanel, drawnRows, filterBy, findRow, focusedIndex, matches, openRow, press, rowAt, rowCount,
  runFromPalette, settled, signInToDemo, tree,
} from "../support/steps.mjs";

const NAMES = ["Netaxis DRaaS", "Live Platform", "CUCM Berlin"];

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
});

const details = (page) => page.getByRole("complementary", { name: "Details" });

/** Reads every connection again, and waits until all of it was read. */
async function readAgain(page) {
  const replies = NAMES.length;
  let came = 0;
  const all = page.waitForResponse((response) => {
    const isData = /\/licenses\?|\/api\/v3\/customer$|\/axl\//.test(response.url());
    if (isData && response.status() === 200) came += 1;
    return came >= replies;
  });
  await runFromPalette(page, "read everything again");
  await all;
  for (const name of NAMES) await settled(page, name);
}

/** What the tree shows but for when it was read. */
async function shown(page) {
  const rows = await drawnRows(page);
  return rows.map(({ index, name, expanded, selected, cells, tab }) => ({ index, name, expanded, selected, cells, tab }));
}

it("what was opened, closed, selected, sorted and focused stays so when all is read again", () =>
  onPage(browser, seatree.url, {}, async (page) => {
    await signInToDemo(page);
    await tree(page).getByRole("button", { name: "Teams users in use", exact: true }).click();
    await tree(page).locator("[aria-sort=descending]").waitFor();
    const [, , first] = await drawnRows(page);
    await openRow(page, first.name, 3);
    await page.keyboard.press("Space");
    await press(page, "ArrowDown");
    await press(page, "ArrowDown");
    await page.keyboard.press("Space");
    const live = await findRow(page, TREE, "Live Platform", 1);
    await live.focus();
    await page.keyboard.press("ArrowLeft");
    await page.locator("[role=row][aria-expanded=false]:focus").waitFor();
    const row = await findRow(page, TREE, first.name, 3);
    await row.focus();
    const index = await focusedIndex(page);
    const count = await rowCount(page);
    const before = await shown(page);
    assert.equal(before.filter(({ selected }) => selected === "true").length, 2);

    await readAgain(page);

    await rowAt(page, index).and(page.locator(":focus")).waitFor();
    assert.equal(await rowCount(page), count);
    assert.deepEqual(await shown(page), before);
    await page.getByRole("contentinfo").getByText(/^Selection: 2 rows/).waitFor();
  }));

it("a filter by findings leaves the same rows, and the focus, when all is read again", () =>
  onPage(browser, seatree.url, {}, async (page) => {
    await signInToDemo(page);
    await page.getByRole("group", { name: "Findings" }).getByRole("button", { name: "over limit" }).click();
    await page.locator(".matches-place").getByText(/ match(es)?$/).waitFor();
    const count = await rowCount(page);
    const over = (await drawnRows(page)).find(({ findings }) => findings.some((words) => /over/i.test(words)));
    await rowAt(page, over.index).focus();

    await readAgain(page);

    await page.locator(`[role=treegrid][aria-rowcount="${count + 2}"]`).waitFor();
    const focused = await rowAt(page, await focusedIndex(page)).locator(".label").textContent();
    assert.equal(focused, over.name);
  }));

it("removing a connection leaves the details with the node they are of", () =>
  onPage(browser, seatree.url, { confirm: () => true }, async (page) => {
    await signInToDemo(page);
    const service = seatree.truth.live_platform.services[3].name;
    const row = await findRow(page, TREE, service, 2);
    await row.focus();
    await page.keyboard.press("Enter");
    await details(page).getByRole("heading", { name: service }).waitFor();

    const connection = await card(page, "Netaxis DRaaS");
    await connection.getByRole("button", { name: "Remove" }).click();
    await connection.waitFor({ state: "detached" });
    await closePanel(page);

    await details(page).getByRole("heading", { name: service }).waitFor();
    const stop = tree(page).locator("[role=row][tabindex='0'] .label");
    assert.equal(await stop.textContent(), service);
  }));

it("a filter that hides the row last focused gives it the tab stop back once it is cleared", () =>
  onPage(browser, seatree.url, {}, async (page) => {
    await signInToDemo(page);
    const service = seatree.truth.live_platform.services[3].name;
    const row = await findRow(page, TREE, service, 2);
    await row.focus();
    await filterBy(page, "no such customer");
    await matches(page, 0);
    await filterBy(page, "");
    const stop = tree(page).locator("[role=row][tabindex='0'] .label");
    await stop.filter({ hasText: service }).waitFor();
  }));
