// Services that cannot be read, or have nothing to read: told one by one, and read again alone.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { onPage, open, startBrowser, written } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { details, list, openDetails, shownRows } from "../support/services.mjs";
import { signInToDemo, visit } from "../support/steps.mjs";

/** More than six at once. */
const FAILING_ONCE = 8;

let browser;

before(async () => {
  browser = await startBrowser();
});

/** The ids that are asked for, as the page asks; "list" for the list of services. */
function asked(page) {
  const asked = [];
  page.on("request", (request) => {
    if (request.method() === "OPTIONS") return;
    const [, id] = /\/customer\/([^/]+)\/licenseinfo$/.exec(request.url()) ?? [];
    if (id) asked.push(id);
    else if (request.url().endsWith("/customer")) asked.push("list");
  });
  return asked;
}

const retry = (page, count) => page.getByRole("button", { name: `Retry ${count} failed`, exact: true });

describe("when some services fail", () => {
  it("all that failed are read again at one press, and no other", async () => {
    const sandbox = ["--services", "20", "--live-failing-once", String(FAILING_ONCE)];
    const seatree = await startSeatree({ sandbox });
    const { services } = seatree.truth.live_platform;
    const broken = services.filter((service) => !service.readable);
    const failing = services.filter((service) => service.readable).slice(0, FAILING_ONCE);
    const failed = services.filter((service) => broken.includes(service) || failing.includes(service));
    await onPage(browser, seatree.url, { refusals: [seatree.addresses.live] }, async (page) => {
      await signInToDemo(page);
      await visit(page, "Services");
      await list(page).locator(".sums").getByText(`${services.length - failed.length} read`).waitFor();
      const ids = asked(page);
      await retry(page, failed.length).click();
      // The button went with the failures, and the focus is still somewhere.
      await page.locator("[role=row]:focus").waitFor();
      await retry(page, broken.length).waitFor();
      assert.deepEqual([...ids].sort(), failed.map(({ guid }) => guid).sort());
      const rows = await shownRows(page);
      for (const { name, licensed } of failing) {
        const row = rows.find((row) => row.name === name);
        if (row) assert.equal(row.cells[2], written(licensed), name);
      }
      await page.getByRole("banner").getByRole("button", { name: new RegExp(`^Live Platform\\s*: ${broken.length} not read$`) }).waitFor();
      // What fails for good can be tried again, alone.
      ids.length = 0;
      const again = page.waitForResponse((reply) => reply.url().endsWith("licenseinfo"));
      await retry(page, broken.length).click();
      await again;
      await retry(page, broken.length).waitFor();
      assert.deepEqual(ids, broken.map(({ guid }) => guid));
    });
    await seatree.stop();
  });

  it("the details say why, and read the one again", async () => {
    const seatree = await startSeatree({ sandbox: ["--services", "6", "--live-failing-once", "1"] });
    const [first] = seatree.truth.live_platform.services;
    await onPage(browser, seatree.url, { refusals: [seatree.addresses.live] }, async (page) => {
      await signInToDemo(page);
      await visit(page, "Services");
      const panel = await openDetails(page, first.name);
      await panel.getByRole("alert").filter({ hasText: "Its licenses" }).waitFor();
      const ids = asked(page);
      await panel.getByRole("button", { name: "Read it again" }).click();
      await panel.getByRole("table", { name: "What is counted" }).waitFor();
      assert.deepEqual(ids, [first.guid]);
      await details(page).getByText("as licensed").waitFor();
    });
    await seatree.stop();
  });

  it("after the token ended they lead to signing in, and the rest is not asked for", async () => {
    const sandbox = ["--services", "20", "--live-failing-once", String(FAILING_ONCE)];
    const seatree = await startSeatree({ sandbox });
    const failed = FAILING_ONCE + 1;
    await onPage(browser, seatree.url, { refusals: [seatree.addresses.live] }, async (page) => {
      await signInToDemo(page);
      await visit(page, "Services");
      await retry(page, failed).waitFor();
      await fetch(`${seatree.addresses.live}/_sandbox/expire-tokens`, { method: "POST" });
      const ids = asked(page);
      await retry(page, failed).click();
      await list(page).getByText("Not signed in, or no longer").first().waitFor();
      await retry(page, failed).waitFor();
      assert.ok(ids.length <= 6, `${ids.length} requests with a token that ended`);
    });
    await seatree.stop();
  });
});

it("a lead has no license yet, which is no failure", async () => {
  const seatree = await startSeatree({ sandbox: ["--services", "4", "--live-leads", "2"] });
  const { leads, services } = seatree.truth.live_platform;
  const broken = services.filter((service) => !service.readable).length;
  await onPage(browser, seatree.url, {}, async (page) => {
    await signInToDemo(page);
    await visit(page, "Services");
    await list(page).getByText("no license applied yet").first().waitFor();
    const rows = await shownRows(page);
    for (const lead of leads) {
      assert.deepEqual(rows.find(({ name }) => name === lead).cells.at(1), "no license applied yet");
    }
    await retry(page, broken).waitFor();
    const panel = await openDetails(page, leads[0]);
    await panel.getByText("No license has been applied to it yet").waitFor();
  });
  await seatree.stop();
});

it("while services are read it shows how far, and what came already", async () => {
  const seatree = await startSeatree({ sandbox: ["--services", "12"] });
  const fault = { path_contains: "licenseinfo", skip: 3, latency_ms: 1_500 };
  await fetch(`${seatree.addresses.live}/_sandbox/faults`, { method: "POST", body: JSON.stringify(fault) });
  const tab = await open(browser, `${seatree.url}#/services`);
  const { page } = tab;
  await page.getByRole("button", { name: "Sign in to the demo" }).click();
  const progress = page.getByRole("progressbar", { name: "Services read" });
  await progress.waitFor();
  await page.getByText("3 of 12 read").waitFor();
  await list(page).and(page.locator("[aria-busy=true]")).waitFor();
  await list(page).getByText("reading…").first().waitFor();
  assert.equal(await progress.getAttribute("value"), "3");
  await progress.waitFor({ state: "detached" });
  await list(page).and(page.locator("[aria-busy=false]")).waitFor();
  assert.deepEqual(tab.faults(), []);
  await tab.close();
  await seatree.stop();
});
