// The main job: one click, three upstreams, and every figure equal to what they hold.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { cells, open, startBrowser, startSeatree, written } from "../support/page.mjs";
import { SERVICES, TREE, findRow, openRow, signInToDemo, visit } from "../support/steps.mjs";

describe("after one click into the demonstration", () => {
  let seatree, browser, tab, page, truth;

  before(async () => {
    [seatree, browser] = await Promise.all([startSeatree(), startBrowser()]);
    truth = seatree.truth;
    tab = await open(browser, seatree.url);
    page = tab.page;
    await signInToDemo(page);
  });

  after(async () => {
    await browser?.close();
    await seatree?.stop();
  });

  it("the group's totals are the sandbox's", async () => {
    const { teams, sip, group } = truth.draas;
    const row = await findRow(page, TREE, group.name);
    const [, assigned, inUse, available, utilization, channels] = await cells(row);
    assert.equal(assigned, written(teams.assigned));
    assert.equal(inUse, written(teams.in_use));
    assert.equal(available, written(teams.assigned - teams.in_use));
    assert.equal(utilization, `${Math.round((100 * teams.in_use) / teams.assigned)}%`);
    assert.equal(channels, written(sip.assigned));
  });

  it("every node is there", async () => {
    const types = Object.values(truth.cucm.required).filter((required) => required > 0).length;
    const services = truth.live_platform.services.length;
    const connections = 3;
    const nodes = connections + truth.draas.nodes + services + types;
    await page.getByText(`${written(nodes)} nodes`).waitFor();
  });

  it("a deep tenant is found by its path, with its own figures", async () => {
    const { path, teams, sip, subscriptions } = truth.draas.deep_tenant;
    for (const name of path) await openRow(page, name);
    const row = await findRow(page, TREE, path.at(-1));
    const [, assigned, inUse, , , channels] = await cells(row);
    assert.equal(assigned, written(teams.assigned));
    assert.equal(inUse, written(teams.in_use));
    assert.equal(channels, written(sip.assigned));
    assert.equal(await row.getAttribute("aria-level"), String(path.length + 1));
    const index = Number(await row.getAttribute("aria-rowindex"));
    for (let below = 1; below <= subscriptions; below += 1) {
      const child = page.locator(`[aria-rowindex="${index + below}"][aria-level="${path.length + 2}"]`);
      await child.waitFor();
    }
  });

  it("a service has the licenses that its platform holds", async () => {
    await visit(page, "Services");
    const service = truth.live_platform.services.find(({ readable }) => readable);
    const row = await findRow(page, SERVICES, service.name);
    const [, , acquired, licensed, available] = await cells(row);
    assert.equal(acquired, written(service.acquired));
    assert.equal(licensed, written(service.licensed));
    assert.equal(available, written(service.acquired - service.licensed));
    const grid = page.getByRole("grid", { name: "Services" });
    assert.equal(await grid.getAttribute("aria-rowcount"), String(truth.live_platform.services.length + 1));
  });

  it("a service that cannot be read says so, and the sum says of how many it is", async () => {
    const broken = truth.live_platform.services.find(({ readable }) => !readable);
    const row = await findRow(page, SERVICES, broken.name);
    await row.getByText("refused while reading the licenses of a service").waitFor();
    await row.getByRole("button", { name: `Read ${broken.name} again` }).waitFor();
    const figures = page.getByRole("region", { name: "Key figures" });
    const { readable, services, licensed } = truth.live_platform;
    await figures.getByText(`${readable} of ${services.length} services`).waitFor();
    await figures.getByText(written(licensed), { exact: true }).waitFor();
  });

  it("the licenses that a cluster's users require are the sandbox's, type by type", async () => {
    await visit(page, "Clusters");
    const table = page.getByRole("table", { name: "Licenses required per type" });
    const shown = {};
    for (const row of await table.getByRole("row").all()) {
      const [type, required] = await cells(row);
      shown[type] = required;
    }
    const expected = Object.entries(truth.cucm.required)
      .filter(([, required]) => required > 0)
      .map(([type, required]) => [type, written(required)]);
    assert.deepEqual(shown, Object.fromEntries(expected));
    const users = page.getByRole("grid", { name: "Licensed users" });
    assert.equal(await users.getAttribute("aria-rowcount"), String(truth.cucm.users + 1));
    await page.getByText(`${written(truth.cucm.without_license)} need no license`).waitFor();
  });

  it("the place is in the address, and going back goes back", async () => {
    assert.match(page.url(), /#\/clusters$/);
    await page.goBack();
    await page.getByRole("grid", { name: "Services" }).waitFor();
  });

  it("no secret is in the address or in what the browser keeps", async () => {
    const kept = await page.evaluate(() => JSON.stringify([
      location.href, { ...localStorage }, { ...sessionStorage }, document.cookie,
    ]));
    const { draas, live_platform: live, cucm } = truth.sign_in;
    for (const secret of [draas.password, live.token, cucm.password]) {
      assert.ok(!kept.includes(secret), kept);
    }
  });

  it("the page complained of nothing", () => assert.deepEqual(tab.faults(), []));
});

describe("with 20,000 users behind pages", () => {
  it("all are listed and counted while the page stays usable", async () => {
    const [seatree, browser] = await Promise.all([
      startSeatree({ sandbox: ["--users", "20000"] }), startBrowser(),
    ]);
    try {
      const { page, faults } = await open(browser, seatree.url);
      await page.getByRole("button", { name: "Sign in to the demo" }).click();
      // The list is still coming while the other pages open.
      await page.locator(".pill.busy", { hasText: "CUCM Berlin" }).waitFor();
      await visit(page, "Services");
      await page.getByRole("grid", { name: "Services" }).waitFor();
      await visit(page, "Clusters");
      await page.getByText("20,000 users listed").waitFor({ timeout: 60_000 });
      const users = page.getByRole("grid", { name: "Licensed users" });
      await users.getByRole("row").nth(1).focus();
      await page.keyboard.press("End");
      await page.locator('[aria-rowindex="20001"]:focus').waitFor();
      assert.ok((await page.locator(".grid-row").count()) < 200, "only rows in sight are drawn");
      assert.deepEqual(faults(), []);
    } finally {
      await browser.close();
      await seatree.stop();
    }
  });
});

describe("with a Live Platform that sends no CORS headers", () => {
  it("its services are read through the edge", async () => {
    const [seatree, browser] = await Promise.all([
      startSeatree({ liveRoute: "edge" }), startBrowser(),
    ]);
    try {
      const { page, faults } = await open(browser, seatree.url);
      await signInToDemo(page);
      const figures = page.getByRole("region", { name: "Key figures" });
      await figures.getByText(written(seatree.truth.live_platform.licensed), { exact: true }).waitFor();
      assert.deepEqual(faults(), []);
    } finally {
      await browser.close();
      await seatree.stop();
    }
  });
});
