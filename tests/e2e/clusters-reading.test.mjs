// Reading a cluster: many users, readings that are cut short, and having it count anew.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { onPage, startBrowser, written } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { misbehave } from "../support/sandbox.mjs";
import { startSeatree } from "../support/seatree.mjs";
import {
  USERS, card, closePanel, focusGrid, press, settled, signInToDemo, signInWithPassword, visit,
} from "../support/steps.mjs";

const PAGE = 1_000;
const MANY = 60_000;

let browser;

before(async () => {
  browser = await startBrowser();
});

const grid = (page) => page.getByRole(USERS.role, { name: USERS.name });
const usersAre = (page, count) =>
  page.locator(`[role=grid][aria-label="Licensed users"][aria-rowcount="${count + 1}"]`).waitFor({ timeout: MANY });

const chooseSnr = (page, word) => page.getByLabel("SNR").selectOption(word);

/** Where the pages of users began that were asked for. */
function pagesAsked(page) {
  const asked = [];
  page.on("request", (request) => {
    const skip = /listLicensedUser.*<skip>(\d+)<\/skip>/s.exec(request.postData() ?? "");
    if (skip) asked.push(Number(skip[1]));
  });
  return asked;
}

describe("a cluster of 100,000 users", () => {
  it("shows rows while the rest comes, and all are filtered and sorted", async () => {
    const seatree = await startSeatree({ sandbox: ["--users", "100000", "--size", "100"] });
    const { cucm } = seatree.truth;
    await onPage(browser, seatree.url, {}, async (page) => {
      await page.getByRole("button", { name: "Sign in to the demo" }).click();
      await visit(page, "Clusters");
      await grid(page).getByRole("row").nth(5).waitFor();
      await page.getByText(/Still reading, [\d,]+ users a second/).waitFor();
      // A filter and an order are kept up with while more come.
      await page.getByRole("searchbox", { name: "Filter by user id or name" }).fill("aerts");
      await grid(page).getByRole("button", { name: "Devices" }).click();
      await page.getByText("100,000 users listed").waitFor({ timeout: MANY });
      await page.getByText("Still reading").waitFor({ state: "hidden" });
      await page.getByText(/^[\d,]+ of 100,000 users$/).waitFor();
      await page.getByRole("button", { name: "Clear filters" }).click();
      await usersAre(page, cucm.users);
      await page.getByLabel("SNR").selectOption("yes");
      await usersAre(page, cucm.single_number_reach);
      await page.getByLabel("SNR").selectOption("");
      await usersAre(page, cucm.users);
      await focusGrid(page, USERS);
      await press(page, "End", cucm.users + 1);
      const drawn = await grid(page).getByRole("row").count();
      assert.ok(drawn < 200, `only rows in sight are drawn, not ${drawn}`);
      const first = grid(page).locator('[role=row][aria-rowindex="2"]');
      await press(page, "Home", 2);
      assert.ok(Number((await first.getByRole("gridcell").allInnerTexts())[4]) > 10, "most devices first");
    });
    await seatree.stop();
  });
});

describe("a reading that is cut short", () => {
  const start = () => startSeatree({ sandbox: ["--users", "9500", "--size", "100"] });

  it("goes on from the page that failed, and asks for nothing twice", async () => {
    const seatree = await start();
    const fault = await misbehave(seatree.addresses.cucm, {
      upstream: "cucm", soap_action_contains: "listLicensedUser", skip: 6, status: 500,
    });
    await onPage(browser, seatree.url, { refusals: [seatree.edge.url] }, async (page) => {
      const asked = pagesAsked(page);
      await signInToDemo(page);
      await visit(page, "Clusters");
      await page.getByRole("alert").filter({ hasText: "Incomplete" }).waitFor();
      await page.getByText("The 6,000 users that came are kept.").waitFor();
      await usersAre(page, 6 * PAGE);
      await fault.end();
      await page.getByRole("button", { name: "Go on after 6,000 users" }).click();
      await page.getByText("9,500 users listed").waitFor();
      await usersAre(page, 9_500);
      await page.getByText("Still reading").waitFor({ state: "hidden" });
      // The seventh page was refused once, and then answered.
      assert.deepEqual(asked, [0, 1, 2, 3, 4, 5, 6, 6, 7, 8, 9].map((at) => at * PAGE));
      const users = await grid(page).getAttribute("aria-rowcount");
      assert.equal(users, "9501");
    });
    await seatree.stop();
  });

  it("keeps what came of a page that broke off, and goes on behind it", async () => {
    const seatree = await start();
    // Slowly: of what comes together with the end of its connection, a browser may show nothing.
    const fault = await misbehave(seatree.addresses.cucm, {
      upstream: "cucm", soap_action_contains: "listLicensedUser", skip: 2, times: 1, drop: "mid-body", bytes_per_second: 200_000,
    });
    await onPage(browser, seatree.url, { refusals: [seatree.edge.url] }, async (page) => {
      const asked = pagesAsked(page);
      await signInToDemo(page);
      await visit(page, "Clusters");
      await page.getByRole("alert").filter({ hasText: "Incomplete" }).waitFor();
      const go = page.getByRole("button", { name: /^Go on after 2,\d{3} users$/ });
      const came = Number((await go.innerText()).replace(/\D/g, ""));
      assert.ok(came > 2 * PAGE && came < 3 * PAGE, `${came}`);
      await usersAre(page, came);
      await fault.end();
      await go.click();
      await page.getByText("9,500 users listed").waitFor();
      await usersAre(page, 9_500);
      assert.equal(asked[3], came, asked.join());
    });
    await seatree.stop();
  });

  it("by the person is gone on with as well, and what was read whole before is shown meanwhile", async () => {
    const seatree = await start();
    await onPage(browser, seatree.url, { refusals: [seatree.edge.url] }, async (page) => {
      await signInToDemo(page);
      await visit(page, "Clusters");
      await page.getByText("9,500 users listed").waitFor();
      // The cluster works on what was cancelled: until that ends, the edge asks it for no other list.
      const slow = await misbehave(seatree.addresses.cucm, {
        upstream: "cucm", soap_action_contains: "listLicensedUser", skip: 3, latency_ms: 15_000,
      });
      await page.getByRole("button", { name: "Read again" }).click();
      await page.getByText("Still reading: 3,000 users").waitFor();
      // Who looks something up meanwhile looks it up in all of it.
      await usersAre(page, 9_500);
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByText("The newer reading got to 3,000 users; they are kept.").waitFor();
      await usersAre(page, 9_500);
      await slow.end();
      const asked = pagesAsked(page);
      await chooseSnr(page, "yes");
      await usersAre(page, seatree.truth.cucm.single_number_reach);
      await page.getByRole("button", { name: "Go on after 3,000 users" }).click();
      await page.getByText("Still reading").waitFor({ state: "hidden", timeout: 60_000 });
      await page.getByRole("button", { name: "Read again" }).waitFor();
      // The same is looked for in the new list.
      await usersAre(page, seatree.truth.cucm.single_number_reach);
      await chooseSnr(page, "");
      await usersAre(page, 9_500);
      assert.equal(asked[0], 3 * PAGE, asked.join());
    });
    await seatree.stop();
  });
});

describe("updating the usage", () => {
  const start = () => startSeatree({ sandbox: ["--users", "300", "--size", "100", "--axl-update-seconds", "2"] });
  const dialog = (page) => page.getByRole("dialog", { name: "Update usage" });

  const asAdministrator = async (page, seatree) => {
    const connection = await card(page, "CUCM Berlin");
    const { administrator, password } = seatree.truth.sign_in.cucm;
    await signInWithPassword(connection, administrator, password);
    await settled(page, "CUCM Berlin");
    await closePanel(page);
    await visit(page, "Clusters");
    await page.getByText("300 users listed").waitFor();
  };

  /** Counts what the cluster is asked for, without any harm. */
  const counted = (seatree, operation) => misbehave(seatree.addresses.cucm, {
    upstream: "cucm", soap_action_contains: operation, latency_ms: 1,
  });

  it("explains itself, asks, is sent once, and reads the users again", async () => {
    const seatree = await start();
    await onPage(browser, seatree.url, {}, async (page) => {
      await asAdministrator(page, seatree);
      const [updates, lists] = [await counted(seatree, "doUpdateLicenseUsage"), await counted(seatree, "listLicensedUser")];
      const open = page.getByRole("button", { name: "Update usage…" });
      await open.focus();
      await page.keyboard.press("Enter");
      await dialog(page).getByText("every six hours").waitFor();
      await dialog(page).getByText("It takes some minutes").waitFor();
      await page.keyboard.press("Escape");
      await dialog(page).waitFor({ state: "hidden" });
      await open.and(page.locator(":focus")).waitFor();
      assert.equal(await updates.matched(), 0, "nothing was confirmed");
      await page.keyboard.press("Enter");
      await dialog(page).getByRole("button", { name: "Update now" }).click();
      await page.getByText("The cluster counts its licenses.").waitFor();
      await page.getByRole("timer").filter({ hasText: "0:01" }).waitFor();
      assert.ok(await open.isDisabled(), "not a second one meanwhile");
      // Leaving the page neither stops nor repeats it.
      await visit(page, "Services");
      await visit(page, "Clusters");
      await page.getByText("Counted anew at").waitFor();
      await settled(page, "CUCM Berlin");
      assert.deepEqual([await updates.matched(), await lists.matched()], [1, 1]);
    });
    await seatree.stop();
  });

  it("can be waited for no longer, and says what that means before it is sent again", async () => {
    const seatree = await start();
    const slow = await misbehave(seatree.addresses.cucm, {
      upstream: "cucm", soap_action_contains: "doUpdateLicenseUsage", latency_ms: 60_000,
    });
    await onPage(browser, seatree.url, {}, async (page) => {
      await asAdministrator(page, seatree);
      const lists = await counted(seatree, "listLicensedUser");
      await page.getByRole("button", { name: "Update usage…" }).click();
      await dialog(page).getByRole("button", { name: "Update now" }).click();
      await page.getByRole("button", { name: "Stop waiting" }).click();
      await page.getByText("The cluster may still be counting").waitFor();
      await page.getByRole("button", { name: "Update usage…" }).click();
      await dialog(page).getByText("the cluster may still be at it").waitFor();
      await dialog(page).getByRole("button", { name: "Not now" }).click();
      assert.deepEqual([await slow.matched(), await lists.matched()], [1, 0]);
      // A reload forgets what was waited for, not that it was sent: nor to whom, nor as whom.
      await page.reload();
      await asAdministrator(page, seatree);
      await page.getByRole("button", { name: "Update usage…" }).click();
      await dialog(page).getByText(/^It was sent at .+ before, .*the cluster may still be at it/).waitFor();
      await dialog(page).getByRole("heading", { name: "CUCM Berlin" }).waitFor();
      await dialog(page).getByText(seatree.truth.sign_in.cucm.administrator, { exact: true }).waitFor();
      const kept = await page.evaluate(() => window.localStorage.getItem("seatree.usage-sent"));
      assert.doesNotMatch(kept, new RegExp(seatree.truth.sign_in.cucm.administrator), "no user name");
      assert.equal(await slow.matched(), 1);
    });
    await seatree.stop();
  });

  it("names the role that an account lacks", async () => {
    const seatree = await start();
    await onPage(browser, seatree.url, { refusals: [seatree.edge.url] }, async (page) => {
      await signInToDemo(page);
      await visit(page, "Clusters");
      await page.getByRole("button", { name: "Update usage…" }).click();
      await dialog(page).getByRole("button", { name: "Update now" }).click();
      await page.getByRole("alert").filter({ hasText: "Standard AXL API Access" }).waitFor();
      await page.getByText(`${written(300)} users listed`).waitFor();
    });
    await seatree.stop();
  });
});
