// Sending limits: each once, after a confirmation, compared before and after; and what goes wrong.
import assert from "node:assert/strict";
import { before, beforeEach, describe, it } from "node:test";
import { csvRows, saved } from "../support/files.mjs";
import { changeOf, confirm, draft, line, platform, says, send } from "../support/limits.mjs";
import { cells, onPage, startBrowser, written } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { TREE, card, closePanel, filterBy, findRow, settled, signInToDemo, signInWithPassword, visit } from "../support/steps.mjs";

let seatree, browser, draas, all, sent;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
  draas = platform(seatree);
  all = (await draas.subscriptions()).filter(({ path }) => path.length === 4);
});

// What the platform is made to answer in one test must not reach another.
beforeEach(async () => {
  sent = await draas.counter();
});

const signedIn = (work, profile = {}) =>
  onPage(browser, seatree.url, { refusals: [seatree.addresses.draas], ...profile }, async (page) => {
    await signInToDemo(page);
    await work(page);
  });

/** Subscriptions of their own for each test, with their limits as they are now. */
let taken = 0;
async function some(count) {
  taken += count;
  return Promise.all(all.slice(taken - count, taken).map(async (one) => ({ ...one, now: await draas.limits(one) })));
}

/** Drafts one more Teams user for each. */
const more = (page, subscriptions) => draft(page, subscriptions.map((one) => line(one, "msTeamsUsers", one.now.teams + 1)));

/**
 * Loses the request of this number, once, before it leaves the machine. A connection that the
 * sandbox closes without a word would not do: a browser sends again what it had sent on one it had
 * used before.
 */
async function lose(page, method, { id }, number) {
  let seen = 0;
  await page.route(`**/subscriptions/${id}/licenses`, (route) => {
    if (route.request().method() === method) seen += 1;
    return route.request().method() === method && seen === number ? route.abort("connectionreset") : route.continue();
  });
}

const summary = (page, words) => page.locator(".sending").getByRole("status").getByText(words).waitFor();

describe("a draft", () => {
  it("is sent with one refusal and one concurrent change, then taken back", () => signedIn(async (page) => {
    const [fine, refused, overtaken, both] = await some(4);
    await draft(page, [
      ...[fine, refused, overtaken, both].map((one) => line(one, "msTeamsUsers", one.now.teams + 1)),
      line(both, "sipTrunkChannels", both.now.sip + 2),
    ]);
    await draas.rehearse(refused, { status: 400, body: '{"error":{"reason":"msTeamsUsers: <b>no</b> more seats"}}' });
    await draas.change(overtaken, overtaken.now.teams + 40);
    const others = await sent();
    await page.getByRole("button", { name: "Send…" }).click();
    const question = page.getByRole("dialog", { name: "Send these changes?" });
    await question.getByText("5 limits of 4 subscriptions").waitFor();
    await question.getByText(`${seatree.addresses.draas}, as demo`).waitFor();
    await question.getByRole("button", { name: "Cancel" }).click();
    assert.equal(await sent(), others, "nothing is sent without a confirmation");

    await send(page);
    await summary(page, /^3 limits are as wanted, 2 stay in the draft\.$/);
    assert.equal(await sent() - others, 3, "one for each subscription, none for the overtaken one");
    await says(page, fine, "Applied");
    await says(page, refused, "Refused: msTeamsUsers: <b>no</b> more seats.");
    await says(page, overtaken,
      `Changed by somebody else: ${written(overtaken.now.teams)} → ${written(overtaken.now.teams + 40)}`);
    assert.deepEqual(await draas.limits(both), { teams: both.now.teams + 1, sip: both.now.sip + 2 });
    assert.deepEqual(await draas.limits(refused), refused.now);
    await page.getByRole("link", { name: "Changes 2", exact: true }).waitFor();

    // The tree shows what was read again, also above.
    await page.getByText("Reading the sums above again").waitFor({ state: "hidden" });
    await visit(page, "Licenses");
    await filterBy(page, `#${both.id}`);
    assert.equal((await cells(await findRow(page, TREE, both.name)))[1], written(both.now.teams + 1));
    const tenant = await findRow(page, TREE, both.tenantName);
    assert.equal((await cells(tenant))[1], written((await draas.totals("tenants", both.tenant)).teams));

    // The failed ones can be settled; the applied ones are never sent again.
    await visit(page, "Changes");
    await changeOf(page, overtaken).click();
    await page.getByRole("button", { name: `Change it from ${written(overtaken.now.teams + 40)} instead` }).click();
    await send(page);
    await summary(page, /^2 limits are as wanted\.$/);
    assert.equal(await sent() - others, 5);
    assert.equal((await draas.limits(overtaken)).teams, overtaken.now.teams + 1);

    await page.getByRole("button", { name: "Draft the undo" }).click();
    await page.getByRole("link", { name: "Changes 2", exact: true }).waitFor();
    await send(page);
    await summary(page, /^2 limits are as wanted\.$/);
    assert.equal((await draas.limits(refused)).teams, refused.now.teams);
    assert.equal((await draas.limits(overtaken)).teams, overtaken.now.teams + 40, "as somebody else had it");
  }));

  it("is logged with who, when, from, to and result, as a file that runs nothing", () => signedIn(async (page) => {
    const [fine, refused] = await some(2);
    await more(page, [fine, refused]);
    await draas.rehearse(refused, { status: 400, body: '{"error":"=HYPERLINK(1)"}' });
    await send(page);
    await page.getByRole("button", { name: "Change log 2", exact: true }).click();
    const { name, bytes } = await saved(page, () => page.getByRole("button", { name: "Export CSV" }).click());
    assert.match(name, /^seatree-changes-\d{4}-\d\d-\d\d\.csv$/);
    const rows = csvRows(bytes.toString("utf8").replace(/^\ufeff/, ""));
    assert.equal(rows.length, 2);
    const of = ({ id }) => rows.find((row) => row["Subscription id"] === String(id));
    const { "When (UTC)": when, ...rest } = of(fine);
    assert.match(when, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.deepEqual([rest.Who, rest["Tenant UUID"], rest.License, rest.From, rest.To, rest.Result], [
      "demo", fine.tenant, "msTeamsUsers", String(fine.now.teams), String(fine.now.teams + 1), "applied",
    ]);
    assert.deepEqual([of(refused).Result, of(refused).Detail], ["refused", "'=HYPERLINK(1)."]);
    const json = await saved(page, () => page.getByRole("button", { name: "Export JSON" }).click());
    assert.equal(JSON.parse(json.bytes).changes.length, 2);
    await page.reload();
    await page.getByRole("button", { name: "Change log 2", exact: true }).waitFor();
  }));

  it("of an account that may change nothing names the role that is missing", () => signedIn(async (page) => {
    const limited = "demo-limited";
    const tenant = await draas.ownTenant(limited, seatree.truth.sign_in.draas.password);
    const one = (await draas.subscriptions()).find(({ tenant: of }) => of === tenant);
    await draft(page, [line(one, "msTeamsUsers", one.teams.assigned + 1)]);
    const connection = await card(page, "Netaxis DRaaS");
    await connection.getByRole("button", { name: "Sign out" }).click();
    await signInWithPassword(connection, limited, seatree.truth.sign_in.draas.password);
    // It may not read the group that the connection is about, but its own tenant.
    await settled(page, "Netaxis DRaaS");
    await closePanel(page);
    await send(page);
    const role = "tenants.instance.subscriptions.licenses.update";
    await says(page, one, `Refused: needs the role ${role}`);
    await changeOf(page, one).click();
    const panel = page.getByRole("complementary", { name: "About the change" });
    await panel.getByRole("alert").filter({ hasText: `Ask the upstream's administrator for the role ${role}.` }).waitFor();
    assert.equal((await draas.limits(one)).teams, one.teams.assigned);
  }));
});

describe("a connection lost in the middle of a batch", () => {
  it("loses nothing, and repeats nothing that was made", () => signedIn(async (page) => {
    const [fine, cut, unheard, away] = await some(4);
    await more(page, [fine, cut, unheard, away]);
    // Made, but the reply breaks off; made, but no page may read the reply; never made.
    await draas.rehearse(cut, { drop: "mid-body" });
    await draas.rehearse(unheard, { cors: false });
    await lose(page, "PUT", away, 1);
    await send(page);
    await summary(page, /^3 limits are as wanted, 1 stays in the draft\.$/);
    assert.equal(await sent(), 3, "one did not leave the machine");
    await says(page, cut, "Applied; its reply was lost");
    await says(page, unheard, "Applied; its reply was lost");
    await says(page, away, "Not made: still as before");
    await send(page);
    await summary(page, /^1 limit is as wanted\.$/);
    assert.equal(await sent(), 4, "only the one that was not made");
    for (const one of [fine, cut, unheard, away]) {
      assert.equal((await draas.limits(one)).teams, one.now.teams + 1, one.name);
    }
  }));

  it("after which nothing can be read leaves it unclear, until reading again tells", () => signedIn(async (page) => {
    const [one] = await some(1);
    await more(page, [one]);
    await lose(page, "GET", one, 2);
    await draas.rehearse(one, { drop: "mid-body" });
    await send(page);
    await says(page, one, "Not known whether it was made");
    await send(page);
    await says(page, one, "Applied; its reply was lost");
    assert.equal(await sent(), 1);
  }));

  it("before anything was sent stays a draft", () => signedIn(async (page) => {
    const [one] = await some(1);
    await more(page, [one]);
    await draas.set({ method: "GET", path_contains: `/subscriptions/${one.id}/licenses`, times: 1, status: 503 });
    await send(page);
    await says(page, one, "Not sent: could not be read");
    assert.equal(await sent(), 0);
  }));
});

describe("sending", () => {
  /** So that a batch is under way: every read of a limit waits. */
  const slowly = () => draas.set({ method: "GET", path_contains: "/subscriptions/", latency_ms: 700 });

  it("stops when asked to, and the rest stays in the draft", () => signedIn(async (page) => {
    const batch = await some(12);
    await more(page, batch);
    await slowly();
    await confirm(page);
    await page.getByRole("button", { name: "Stop", exact: true }).click();
    await summary(page, /^Stopped\. /);
    await page.getByText("still under way").waitFor({ state: "hidden" });
    const count = await sent();
    assert.ok(count <= 4, `${count} were sent`);
    const kept = await page.evaluate(() => JSON.parse(localStorage.getItem("seatree.draft")).changes.length);
    const made = (await Promise.all(batch.map(draas.limits))).filter(({ teams }, at) => teams !== batch[at].now.teams);
    assert.equal(kept, batch.length - made.length);
    assert.equal(made.length, count);
  }));

  it("ends with the page: nothing is sent once it was left", () => signedIn(async (page) => {
    const batch = await some(12);
    await more(page, batch);
    await slowly();
    await confirm(page);
    await page.getByText("Stay here: leaving this page stops the sending.").waitFor();
    await visit(page, "Licenses");
    const whenLeft = await sent();
    await visit(page, "Changes");
    await summary(page, /^Stopped\. /);
    await page.getByText("still under way").waitFor({ state: "hidden" });
    assert.equal(await sent(), whenLeft, "nothing after it");
    await confirm(page);
    await page.getByText(/^Sending: /).waitFor();
    await page.goto("about:blank");
    const left = await sent();
    // Reading takes less than this: what was still to be sent would have been by now.
    const [probe] = await some(1);
    await draas.limits(probe);
    await draas.limits(probe);
    assert.equal(await sent(), left, "nothing after the page was left");
  }));
});
