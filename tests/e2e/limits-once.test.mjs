// What is promised of writing: after a confirmation only, once, and not after the page was left.
import assert from "node:assert/strict";
import { before, beforeEach, describe, it } from "node:test";
import { confirm, draft, line, platform, says, send } from "../support/limits.mjs";
import { onPage, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { signInToDemo, visit } from "../support/steps.mjs";

let seatree, browser, draas, all, sent;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
  draas = platform(seatree);
  all = (await draas.subscriptions()).filter(({ path }) => path.length === 4);
});

beforeEach(async () => {
  sent = await draas.counter();
});

/** Works on the page with one change drafted, of a subscription that no other test uses. */
const drafted = (work) =>
  onPage(browser, seatree.url, { refusals: [seatree.addresses.draas] }, async (page) => {
    await signInToDemo(page);
    const one = all.pop();
    one.now = await draas.limits(one);
    await draft(page, [line(one, "msTeamsUsers", one.now.teams + 1)]);
    await work(page, one);
  });

const licenses = ({ id }) => `**/subscriptions/${id}/licenses`;
const question = (page) => page.getByRole("dialog", { name: "Send these changes?" });
const summary = (page, words) => page.locator(".sending").getByRole("status").getByText(words).waitFor();

/** A switch that somebody waits for. */
function gate() {
  let open;
  const opened = new Promise((resolve) => { open = resolve; });
  return { open, opened };
}

describe("a change", () => {
  it("cannot be confirmed once its page was left", () => drafted(async (page, one) => {
    await page.getByRole("button", { name: "Send…" }).click();
    await question(page).waitFor();
    await page.goBack();
    await question(page).waitFor({ state: "hidden" });
    await visit(page, "Changes");
    assert.equal(await question(page).isVisible(), false);
    assert.equal(await sent(), 0);
    assert.deepEqual(await draas.limits(one), one.now);
  }));

  it("that was refused for its token is not sent again when the page was left meanwhile", () => drafted(async (page, one) => {
    let puts = 0;
    const renewal = gate();
    await page.route(licenses(one), (route) => {
      if (route.request().method() !== "PUT") return route.continue();
      puts += 1;
      if (puts > 1) return route.continue();
      return route.fulfill({
        status: 401, contentType: "application/json", body: '{"error":"expired"}',
        headers: { "access-control-allow-origin": "*" },
      });
    });
    await page.route("**/auth/access_token", async (route) => {
      await renewal.opened;
      await route.continue();
    });
    const asked = page.waitForRequest("**/auth/access_token");
    await confirm(page);
    await asked;
    await visit(page, "Licenses");
    const renewed = page.waitForResponse("**/auth/access_token");
    renewal.open();
    await renewed;
    await visit(page, "Changes");
    await says(page, one, "Refused");
    assert.equal(puts, 1, "once only");
    assert.equal(await sent(), 0, "and that one reached nobody");
  }));

  it("made while its page was closed is known to the log, and can be taken back", () => drafted(async (page, one) => {
    const made = gate();
    let puts = 0;
    await page.route(licenses(one), async (route) => {
      if (route.request().method() === "PUT") puts += 1;
      if (route.request().method() !== "PUT" || puts > 1) return route.continue();
      await route.fetch();
      // The reply never reaches the page.
      return made.open();
    });
    await confirm(page);
    await made.opened;
    await page.reload();
    await signInToDemo(page);
    await visit(page, "Changes");
    await page.getByRole("button", { name: "Change log 1", exact: true }).click();
    await page.getByRole("grid", { name: "Change log" }).getByText("unclear", { exact: false }).waitFor();
    await page.getByRole("button", { name: "Draft 1", exact: true }).click();
    await send(page);
    await summary(page, /^1 limit is as wanted\.$/);
    await says(page, one, "Applied; its reply was lost");
    assert.equal(await sent(), 1, "it was not sent again");
    await page.getByRole("button", { name: "Change log 1", exact: true }).waitFor();
    await page.getByRole("button", { name: "Draft the undo" }).click();
    await send(page);
    assert.deepEqual(await draas.limits(one), one.now);
  }));

  it("is sent by one tab of two", () => drafted(async (page, one) => {
    const reply = gate();
    await page.route(licenses(one), async (route) => {
      if (route.request().method() === "PUT") await reply.opened;
      await route.continue();
    });
    const other = await page.context().newPage();
    await other.goto(seatree.url);
    await signInToDemo(other);
    await visit(other, "Changes");
    const asked = page.waitForRequest((request) => request.method() === "PUT");
    await confirm(page);
    await asked;
    await confirm(other);
    await summary(other, "Another tab of this page is sending: nothing was sent from here.");
    reply.open();
    await summary(page, /^1 limit is as wanted\.$/);
    assert.equal(await sent(), 1);
  }));
});
