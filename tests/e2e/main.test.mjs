// The main job: one click, three upstreams, and every figure equal to what they hold.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { cells, onPage, open, startBrowser, written } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { SERVICES, TREE, findRow, openRow, press, signInToDemo, visit } from "../support/steps.mjs";

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
});

describe("after one click into the demonstration", () => {
  let tab, page, truth;

  before(async () => {
    truth = seatree.truth;
    tab = await open(browser, seatree.url);
    page = tab.page;
    await signInToDemo(page);
  });

  it("the group's totals are the sandbox's", async () => {
    const { teams, sip, group } = truth.draas;
    const row = await findRow(page, TREE, group.name, 2);
    const [, assigned, inUse, available, utilization, channels] = await cells(row);
    assert.deepEqual({ assigned, inUse, available, utilization, channels }, {
      assigned: written(teams.assigned),
      inUse: written(teams.in_use),
      available: written(teams.assigned - teams.in_use),
      utilization: `${Math.round((100 * teams.in_use) / teams.assigned)}%`,
      channels: written(sip.assigned),
    });
  });

  it("the key figures are the sandbox's", async () => {
    const { draas: { teams, sip }, live_platform: live, cucm } = truth;
    const figures = page.getByRole("region", { name: "Key figures" });
    const required = Object.values(cucm.required).reduce((sum, each) => sum + each, 0);
    for (const [title, ...texts] of [
      ["Teams users", `${written(teams.in_use)} in use`, `of ${written(teams.assigned)} assigned`],
      ["SIP trunk channels", `${written(sip.assigned)} assigned`, "enforced at call time"],
      ["Live Platform users", `${written(live.licensed)} licensed`, `of ${written(live.acquired)} acquired`],
      ["CUCM licenses", `${written(required)} required`],
    ]) {
      const heading = page.getByRole("heading", { name: title });
      const shown = await figures.locator("div", { has: heading }).innerText();
      for (const text of texts) assert.ok(shown.replace(/\s+/g, " ").includes(text), `${text}: ${shown}`);
    }
  });

  it("every node is there, and the grid tells how many rows are open", async () => {
    const types = Object.values(truth.cucm.required).filter((required) => required > 0).length;
    const services = truth.live_platform.services.length;
    const connections = 3;
    const nodes = connections + truth.draas.nodes + services + types;
    const status = page.getByRole("contentinfo");
    await status.getByText(`${written(nodes)} nodes`).waitFor();
    // With the group closed, what stands below the connections is what is shown.
    const group = await findRow(page, TREE, truth.draas.group.name, 2);
    await group.focus();
    await page.keyboard.press("ArrowLeft");
    const shown = connections + 1 + services + types;
    await status.getByText(`${written(shown)} shown`).waitFor();
    const tree = page.getByRole("treegrid", { name: "Licenses" });
    assert.equal(await tree.getAttribute("aria-rowcount"), String(shown + 2));
  });

  it("a deep tenant is found by its path, with its own figures and subscriptions", async () => {
    const { path, teams, sip, subscriptions } = truth.draas.deep_tenant;
    let row;
    for (const [depth, name] of path.entries()) row = await openRow(page, name, depth + 2);
    const [, assigned, inUse, , , channels] = await cells(row);
    assert.deepEqual({ assigned, inUse, channels }, {
      assigned: written(teams.assigned), inUse: written(teams.in_use), channels: written(sip.assigned),
    });
    // Its children follow it, and then comes a row of another parent.
    const index = Number(await row.getAttribute("aria-rowindex"));
    const level = path.length + 1;
    const below = (distance) => page.locator(`[role=row][aria-rowindex="${index + distance}"]`);
    for (let child = 1; child <= subscriptions; child += 1) {
      assert.equal(await below(child).getAttribute("aria-level"), String(level + 1));
    }
    assert.ok(Number(await below(subscriptions + 1).getAttribute("aria-level")) <= level);
  });

  it("a service has the licenses that its platform holds", async () => {
    await visit(page, "Services");
    const { services } = truth.live_platform;
    const service = services.find(({ readable }) => readable);
    const row = await findRow(page, SERVICES, service.name);
    const [, , acquired, licensed, available, , , monitored] = await cells(row);
    assert.deepEqual({ acquired, licensed, available, monitored }, {
      acquired: written(service.acquired),
      licensed: written(service.licensed),
      available: written(service.acquired - service.licensed),
      monitored: written(service.monitored),
    });
    const grid = page.getByRole("grid", { name: "Services" });
    // Columns and sums are rows, too.
    assert.equal(await grid.getAttribute("aria-rowcount"), String(services.length + 2));
  });

  it("a service named like markup is written as it is", async () => {
    const name = truth.live_platform.services.map((service) => service.name)
      .find((name) => name.startsWith("<img"));
    assert.ok(name, "the sandbox has such a service");
    await findRow(page, SERVICES, name);
    assert.equal(await page.locator("img").count(), 0);
  });

  it("a service that cannot be read says so, and the sum says of how many it is", async () => {
    const broken = truth.live_platform.services.find(({ readable }) => !readable);
    const row = await findRow(page, SERVICES, broken.name);
    await row.getByText("refused while reading the license info of a service").waitFor();
    await row.getByRole("button", { name: `Read ${broken.name} again` }).waitFor();
    const figures = page.getByRole("region", { name: "Key figures" });
    const { readable, services } = truth.live_platform;
    await figures.getByText(`${readable} of ${services.length} services`).waitFor();
  });

  it("the licenses that a cluster's users require are the sandbox's, type by type", async () => {
    await visit(page, "Clusters");
    const table = page.getByRole("table", { name: "Licenses required per type" });
    const rows = await table.getByRole("row").filter({ has: page.getByRole("cell") }).all();
    const shown = await Promise.all(rows.map(cells));
    const expected = Object.entries(truth.cucm.required)
      .filter(([, required]) => required > 0)
      .map(([type, required]) => [type, written(required)]);
    assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(expected));
    const users = page.getByRole("grid", { name: "Licensed users" });
    assert.equal(await users.getAttribute("aria-rowcount"), String(truth.cucm.users + 1));
    await page.getByText(`${written(truth.cucm.without_license)} need no license`).waitFor();
  });

  it("the place is in the address, and going back goes back", async () => {
    assert.match(page.url(), /#\/clusters$/);
    await page.goBack();
    await page.getByRole("grid", { name: "Services" }).waitFor();
    assert.match(page.url(), /#\/services(\?|$)/);
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
  it("all are listed while other pages open", async () => {
    const large = await startSeatree({ sandbox: ["--users", "20000"] });
    await onPage(browser, large.url, {}, async (page) => {
      await page.getByRole("button", { name: "Sign in to the demo" }).click();
      // The list is still coming while the other pages open.
      await visit(page, "Services");
      await page.getByRole("grid", { name: "Services" }).waitFor();
      await visit(page, "Clusters");
      await page.getByText("20,000 users listed").waitFor({ timeout: 60_000 });
      await page.getByText("Still reading").waitFor({ state: "hidden" });
      const users = page.getByRole("grid", { name: "Licensed users" });
      await users.getByRole("row").nth(1).focus();
      await press(page, "End", 20_001);
      const drawn = await users.getByRole("row").count();
      assert.ok(drawn < 200, `only rows in sight are drawn, not ${drawn}`);
    });
    await large.stop();
  });
});

describe("with a Live Platform that sends no CORS headers", () => {
  it("its services are read through the edge", async () => {
    const closed = await startSeatree({ liveRoute: "edge" });
    await onPage(browser, closed.url, {}, async (page) => {
      await signInToDemo(page);
      const figures = page.getByRole("region", { name: "Key figures" });
      const { licensed } = closed.truth.live_platform;
      await figures.getByText(written(licensed), { exact: true }).waitFor();
    });
    await closed.stop();
  });
});
