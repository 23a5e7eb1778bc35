// The address bar: what a colleague sees who gets the link, and where going back leads.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { onPage, open, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import {
  TREE, chip, drawnRows, filterBy, findRow, focusGrid, matches, press, rowCount, runFromPalette,
  signInToDemo, tree, visit,
} from "../support/steps.mjs";

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
});

/** Waits until the address says this, and gives it. */
async function addressSays(page, pattern) {
  await page.waitForURL(pattern);
  return page.url();
}

async function focusedIs(page, name) {
  await page.waitForFunction((name) =>
    document.activeElement.closest("[role=row]")?.querySelector(".label")?.textContent === name, name);
}

/** What a person sees of the tree. */
async function seen(page) {
  return {
    pressed: await chip(page, "over limit").getAttribute("aria-pressed"),
    flat: await page.getByRole("button", { name: "Flat list" }).getAttribute("aria-pressed"),
    text: await page.getByRole("searchbox", { name: "Filter by name or id" }).inputValue(),
    sorted: await tree(page).locator("[aria-sort]").evaluateAll((all) => all.map(({ ariaSort, innerText }) => [innerText, ariaSort])),
    columns: await tree(page).locator("[role=columnheader] button").evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel)),
    rows: await rowCount(page),
    matches: await page.locator(".matches-place").getByRole("status").innerText(),
    selected: await tree(page).locator("[aria-selected=true]").count(),
  };
}

it("a link shows a colleague the same: filter, sort, columns, and the focused node", async () => {
  let link, sent, name;
  const profile = { permissions: ["clipboard-read", "clipboard-write"] };
  await onPage(browser, seatree.url, profile, async (page) => {
    await signInToDemo(page);
    await page.getByRole("button", { name: "Columns", exact: true }).click();
    const columns = page.getByRole("dialog", { name: "Columns" });
    await columns.getByRole("checkbox", { name: "CUCM required" }).click();
    await columns.getByRole("button", { name: "Pin Teams users utilization" }).click();
    await page.keyboard.press("Escape");
    await chip(page, "over limit").click();
    await filterBy(page, "a");
    await page.getByRole("button", { name: /^Filter/ }).and(page.locator("[aria-haspopup]")).click();
    const filter = page.getByRole("dialog", { name: "Filter" });
    await filter.getByRole("checkbox", { name: "subscription" }).check();
    await filter.getByRole("button", { name: "Add a range" }).click();
    await filter.getByRole("spinbutton", { name: "at least" }).fill("10");
    await filter.getByRole("button", { name: "Done" }).click();
    await tree(page).getByRole("button", { name: "Teams users assigned", exact: true }).click();
    await focusGrid(page, TREE);
    await press(page, "End");
    name = (await drawnRows(page)).at(-1).name;
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Details" })
      .getByRole("button", { name: "Copy the link to this place" }).click();
    await page.getByText("copied").waitFor();
    link = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(link, page.url());
    sent = await seen(page);
    assert.ok(sent.rows > 5, `${sent.rows} rows`);
  });

  for (const secret of secrets()) assert.ok(!link.includes(secret), link);
  await onPage(browser, link, {}, async (page) => {
    await signInToDemo(page);
    await focusedIs(page, name);
    assert.deepEqual(await seen(page), sent);
    const inSight = await page.evaluate(() => {
      const row = document.activeElement.getBoundingClientRect();
      const grid = document.querySelector("[role=treegrid]").getBoundingClientRect();
      return row.top >= grid.top && row.bottom <= grid.bottom;
    });
    assert.ok(inSight, "the node of the link is in sight");
    assert.equal(await page.evaluate(() => decodeURIComponent(location.hash)), decodeURIComponent(new URL(link).hash));
  });
});

it("a link to a node opens what is above it once it was read", async () => {
  const { uuid, path } = seatree.truth.draas.deep_tenant;
  const link = `${seatree.url}#/licenses?at=netaxis/tenant:${uuid}`;
  await onPage(browser, link, {}, async (page) => {
    await signInToDemo(page);
    await focusedIs(page, path.at(-1));
    const names = (await drawnRows(page)).map(({ name }) => name);
    for (const name of path.slice(-2)) assert.ok(names.includes(name), name);
  });
});

it("a link whose filter hides its node shows what the filter leaves", async () => {
  const { uuid, name } = seatree.truth.draas.deep_tenant;
  await onPage(browser, `${seatree.url}#/licenses?find=failed&at=netaxis/tenant:${uuid}`, {}, async (page) => {
    await signInToDemo(page);
    await matches(page, 1);
    await page.getByRole("button", { name: "Details", exact: true }).click();
    const details = page.getByRole("complementary", { name: "Details" });
    await details.getByRole("heading", { name }).waitFor();
    await matches(page, 1);
    assert.equal(await chip(page, "failed").getAttribute("aria-pressed"), "true");
  });
});

it("a link to a node that is gone lets the address follow the focus all the same", async () => {
  const link = `${seatree.url}#/licenses?at=netaxis/tenant:00000000-0000-4000-8000-000000000000`;
  await onPage(browser, link, {}, async (page) => {
    await signInToDemo(page);
    const group = seatree.truth.draas.group;
    await (await findRow(page, TREE, group.name, 2)).click();
    await addressSays(page, (url) => url.href.includes(group.uuid));
  });
});

it("what cannot be read of an address is left out", async () => {
  const link = `${seatree.url}#/licenses?find=nothing&kind=&sort=&range=a:b..c&columns=!!&at=x&at=%E0&%00=é`;
  await onPage(browser, link, {}, async (page) => {
    await signInToDemo(page);
    await tree(page).getByRole("row").nth(3).waitFor();
  });
});

it("going back takes back the last step, and forward does it again", () =>
  onPage(browser, seatree.url, {}, async (page) => {
    await signInToDemo(page);
    const { name } = seatree.truth.draas.deep_tenant;
    const everything = await rowCount(page);
    await chip(page, "over limit").click();
    await addressSays(page, /find=over/);
    const over = await rowCount(page);
    await chip(page, "near limit").click();
    await addressSays(page, /find=over(,|%2C)near/);
    const both = await rowCount(page);
    await page.goBack();
    await page.locator(`[aria-rowcount="${over + 2}"]`).waitFor();
    assert.equal(await chip(page, "over limit").getAttribute("aria-pressed"), "true");
    assert.equal(await chip(page, "near limit").getAttribute("aria-pressed"), "false");
    await page.goBack();
    await page.locator(`[aria-rowcount="${everything + 2}"]`).waitFor();
    await page.goForward();
    await page.goForward();
    await page.locator(`[aria-rowcount="${both + 2}"]`).waitFor();
    // Moving about and typing are no steps: back takes back the filter by findings.
    await filterBy(page, "a");
    await filterBy(page, "");
    await runFromPalette(page, name);
    await focusedIs(page, name);
    assert.match(await addressSays(page, (url) => url.href.includes(seatree.truth.draas.deep_tenant.uuid)), /at=netaxis/);
  }));

it("going back does not take the focus from the button that was pressed", () =>
  onPage(browser, seatree.url, {}, async (page) => {
    await signInToDemo(page);
    await (await findRow(page, TREE, seatree.truth.draas.group.name, 2)).click();
    await addressSays(page, /at=netaxis/);
    await chip(page, "over limit").click();
    await addressSays(page, /find=over/);
    await page.goBack();
    await chip(page, "over limit").and(page.locator("[aria-pressed=false]")).waitFor();
    assert.ok(await chip(page, "over limit").and(page.locator(":focus")).count());
  }));

it("another page and back keeps the filter, and the address says so", () =>
  onPage(browser, seatree.url, {}, async (page) => {
    await signInToDemo(page);
    await filterBy(page, "telecom");
    await chip(page, "over limit").click();
    const address = await addressSays(page, /q=telecom.*find=over/);
    const before = await seen(page);
    await visit(page, "Services");
    await visit(page, "Licenses");
    assert.deepEqual(await seen(page), before);
    assert.equal(await addressSays(page, /q=telecom.*find=over/), address);
    await page.goBack();
    await page.getByRole("grid", { name: "Services" }).waitFor();
    await page.goBack();
    await tree(page).waitFor();
    assert.deepEqual(await seen(page), before);
  }));

it("a command of the palette leads to the tree from another page", () =>
  onPage(browser, seatree.url, {}, async (page) => {
    await signInToDemo(page);
    await visit(page, "Clusters");
    await runFromPalette(page, "over its limit", "Show what is over its limit");
    await addressSays(page, /#\/licenses\?.*find=over/);
    await tree(page).waitFor();
    await chip(page, "over limit").and(page.locator("[aria-pressed=true]")).waitFor();
    await visit(page, "Services");
    const { name } = seatree.truth.draas.samples.reseller;
    await runFromPalette(page, name, new RegExp(`^${name}`));
    await focusedIs(page, name);
  }));

it("no secret is in any address of the history", async () => {
  const tab = await open(browser, seatree.url);
  const addresses = new Set();
  tab.page.on("framenavigated", (frame) => addresses.add(frame.url()));
  await signInToDemo(tab.page);
  await chip(tab.page, "idle").click();
  await (await findRow(tab.page, TREE, seatree.truth.draas.group.name, 2)).click();
  await addressSays(tab.page, /at=netaxis/);
  addresses.add(tab.page.url());
  const all = [...addresses].join(" ");
  for (const secret of secrets()) assert.ok(!all.includes(secret), all);
  await tab.close();
});

function secrets() {
  const { draas, live_platform: live, cucm } = seatree.truth.sign_in;
  return [draas.password, draas.machine_token, live.token, cucm.password, cucm.username];
}
