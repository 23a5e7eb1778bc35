// Drafting limits: one by one, by a rule, by moving and reclaiming seats, from a file. Nothing is sent.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { CHANGES, changeOf, draft, line, platform, says } from "../support/limits.mjs";
import { cells, onPage, startBrowser, written } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { TREE, filterBy, findRow, runFromPalette, settled, signInToDemo, visit } from "../support/steps.mjs";

// Each test has a page of its own, and mostly waits.
const APART = { concurrency: 3 };

let seatree, browser, draas, all, sent;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
  draas = platform(seatree);
  all = await draas.subscriptions();
  sent = await draas.counter();
});

const signedIn = (work, profile = {}) => onPage(browser, seatree.url, profile, async (page) => {
  await signInToDemo(page);
  await work(page);
});

/** Finds a subscription in the tree by its number, and focuses its row. */
async function focusRow(page, { id, name }) {
  await filterBy(page, `#${id}`);
  const row = await findRow(page, TREE, name);
  await row.focus();
  return row;
}

const field = (page, license) => page.getByRole("textbox", { name: `New limit of ${license}` });
const dialogNamed = (page, name) => page.getByRole("dialog", { name });
const badge = (page, count) =>
  page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name: `Changes ${count}`, exact: true }).waitFor();

describe("a new limit", APART, () => {
  it("is drafted by keyboard, with its effect on every sum above", () => signedIn(async (page) => {
    const one = all.find(({ teams, path }) => teams.assigned > teams.inUse && path.length === 4);
    await focusRow(page, one);
    await page.keyboard.press("F2");
    await field(page, "Teams users").and(page.locator(":focus")).waitFor();
    await page.keyboard.type(String(one.teams.assigned + 7));
    await page.keyboard.press("Enter");
    await badge(page, 1);
    await visit(page, "Changes");
    const row = changeOf(page, one);
    const [, license, old, fresh, delta, inUse, available] = await cells(row);
    assert.deepEqual([license, old, fresh, delta, inUse, available], [
      "Teams users", written(one.teams.assigned), written(one.teams.assigned + 7), "+7",
      written(one.teams.inUse), written(one.teams.assigned + 7 - one.teams.inUse),
    ]);
    await page.getByRole("button", { name: /^Sums above/ }).click();
    const sums = page.getByRole("grid", { name: "Sums above" });
    await sums.waitFor();
    const shown = await sums.locator(".grid-space > [role=row]:not([hidden])").evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.innerText.trim())));
    const plurals = ["groups", "distributors", "resellers", "tenants"];
    const expected = await Promise.all(one.path.map(async ({ uuid }, level) =>
      (await draas.totals(plurals[level], uuid)).teams));
    const group = expected[0];
    const figures = [group, ...expected].map((now) => [written(now), written(now + 7), "+7"]);
    assert.deepEqual(shown.map((row) => row.slice(2, 5)), figures);
  }));

  it("that is none is told beside the field, and one below what is in use is warned of", () => signedIn(async (page) => {
    const one = all.find(({ teams }) => teams.inUse > 2);
    await focusRow(page, one);
    await page.keyboard.press("F2");
    const input = field(page, "Teams users");
    for (const [typed, words] of [
      ["", "Enter how many licenses to assign"], ["-3", "A limit cannot be negative"],
      ["2.5", "Enter a whole number"], [String(one.teams.assigned), "This is what it is already"],
    ]) {
      await input.fill(typed);
      await input.press("Enter");
      await page.getByText(words).waitFor();
      assert.equal(await input.getAttribute("aria-invalid"), "true");
    }
    await input.fill("1");
    await page.getByText(`Below the ${written(one.teams.inUse)} in use`).waitFor();
    await input.press("Enter");
    await page.getByText(`${written(one.teams.assigned)} → 1 in the draft`).waitFor();
    await page.getByRole("button", { name: "Take out" }).click();
    await page.getByText("in the draft").waitFor({ state: "hidden" });
    assert.equal(await page.getByRole("link", { name: /^Changes \d/ }).count(), 0);
  }));

  it("outlasts the page without a secret, and is found again when its system is read", () => signedIn(async (page) => {
    const one = all[5];
    await draft(page, [line(one, "msTeamsUsers", one.teams.assigned + 3)]);
    const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
    for (const secret of [seatree.truth.sign_in.draas.password, "Bearer", "eyJ"]) {
      assert.ok(!kept.includes(secret), secret);
    }
    await page.reload();
    await badge(page, 1);
    await says(page, one, "Its connection is not read");
    assert.ok(await page.getByRole("button", { name: "Send…" }).isDisabled(), "nobody is signed in");
    await visit(page, "Licenses");
    await signInToDemo(page);
    await visit(page, "Changes");
    await says(page, one, "Ready");
    assert.ok(await page.getByRole("button", { name: "Send…" }).isEnabled());
  }));

  it("is told when somebody else changed the limit meanwhile, and can be taken over", () => signedIn(async (page) => {
    const one = all.find(({ teams, id }) => teams.assigned > teams.inUse + 2 && id !== all[5].id && id !== all[0].id);
    const before = await sent();
    await draft(page, [line(one, "msTeamsUsers", one.teams.assigned + 3)]);
    await draas.change(one, one.teams.assigned + 1);
    await runFromPalette(page, "Read everything again");
    await says(page, one, `Is ${written(one.teams.assigned + 1)} now, not ${written(one.teams.assigned)}`);
    await changeOf(page, one).click();
    await page.getByRole("button", { name: `Change it from ${written(one.teams.assigned + 1)} instead` }).click();
    await says(page, one, "Ready");
    assert.equal(await sent(), before + 1, "only what somebody else sent");
    await settled(page, "Netaxis DRaaS");
  }));
});

describe("many limits", APART, () => {
  it("follow one rule, and those that cannot are left with the reason", () => signedIn(async (page) => {
    const { path, ...tenant } = seatree.truth.draas.deep_tenant;
    await filterBy(page, tenant.uuid);
    const row = await findRow(page, TREE, path.at(-1));
    await row.focus();
    await page.keyboard.press("Space");
    await page.getByRole("contentinfo").getByRole("button", { name: "Change limits" }).click();
    const dialog = dialogNamed(page, "Change limits");
    const below = all.filter(({ tenant: of }) => of === tenant.uuid);
    await dialog.getByText(`${tenant.subscriptions} subscription`).waitFor();
    await dialog.getByRole("radio", { name: "In use, and some headroom" }).check();
    await dialog.getByRole("textbox", { name: "Headroom in percent" }).fill("10");
    const limit = ({ teams }) => teams.inUse + Math.ceil(teams.inUse / 10);
    const changed = below.filter((one) => limit(one) !== one.teams.assigned);
    await dialog.getByRole("button", { name: /^Add/ }).click();
    await dialog.getByText("Nothing was sent.").waitFor();
    await dialog.getByRole("button", { name: "Review the draft" }).click();
    for (const one of changed) {
      assert.equal((await cells(changeOf(page, one)))[3], written(limit(one)), one.name);
    }
    await visit(page, "Licenses");
    await runFromPalette(page, "Change limits of the selection");
    await dialog.getByRole("radio", { name: "Subtract" }).check();
    await dialog.getByRole("textbox", { name: "Seats" }).fill("1000000");
    await dialog.getByText("fewer seats than are taken away").waitFor();
    await dialog.getByRole("radio", { name: "SIP channels" }).check();
    await dialog.getByRole("radio", { name: "In use, and some headroom" }).check();
    await dialog.getByText("the system does not count what is in use").waitFor();
    assert.ok(await dialog.getByRole("button", { name: "Add to the draft" }).isDisabled());
  }));

  it("that would lie below what is in use are counted before they are drafted", () => signedIn(async (page) => {
    const one = all.find(({ teams }) => teams.inUse > 2 && teams.assigned !== 1);
    await focusRow(page, one);
    await runFromPalette(page, "Change limits of the selection");
    const dialog = dialogNamed(page, "Change limits");
    await dialog.getByText("1 subscription in the focused row").waitFor();
    await dialog.getByRole("radio", { name: "Teams users" }).check();
    await dialog.getByRole("textbox", { name: "Seats" }).fill("1");
    await dialog.getByText("1 of these limits lies below what is in use").waitFor();
    await dialog.getByRole("textbox", { name: "Seats" }).fill(String(one.teams.inUse + one.teams.assigned));
    await dialog.getByText("of these limits").waitFor({ state: "hidden" });
  }));

  it("seats move between two subscriptions, and their sum stays", () => signedIn(async (page) => {
    const [one, other] = all.filter(({ teams }) => teams.assigned > 5).slice(8, 10);
    await focusRow(page, one);
    await page.keyboard.press("Space");
    await filterBy(page, `#${other.id}`);
    await (await findRow(page, TREE, other.name)).click({ modifiers: ["Control"] });
    await runFromPalette(page, "Move seats", "Move seats to another subscription");
    const dialog = dialogNamed(page, "Move seats");
    await dialog.getByRole("textbox", { name: "Seats" }).fill(String(one.teams.assigned + 1));
    await dialog.getByText("Not possible: fewer seats than are taken away").waitFor();
    await dialog.getByRole("textbox", { name: "Seats" }).fill("5");
    await dialog.getByRole("button", { name: "Add 2 changes to the draft" }).click();
    await dialog.getByRole("button", { name: "Review the draft" }).click();
    assert.equal((await cells(changeOf(page, one)))[3], written(one.teams.assigned - 5));
    assert.equal((await cells(changeOf(page, other)))[3], written(other.teams.assigned + 5));
  }));

  it("free idle seats from the idlest on, never below what is in use", () => signedIn(async (page) => {
    await runFromPalette(page, "Reclaim idle seats");
    const dialog = dialogNamed(page, "Reclaim idle seats");
    const group = all[0].path[0];
    await dialog.getByRole("radio", { name: group.name }).check();
    const idle = all.filter(({ teams }) => teams.inUse === 0).reduce((sum, { teams }) => sum + teams.assigned, 0);
    const wanted = idle + 50;
    await dialog.getByRole("textbox", { name: "Seats to free" }).fill(String(wanted));
    await dialog.getByText(`Frees ${written(wanted)} seats in`).waitFor();
    await dialog.getByRole("button", { name: /^Add/ }).click();
    await dialog.getByRole("button", { name: "Review the draft" }).click();
    const kept = await page.evaluate(() => JSON.parse(localStorage.getItem("seatree.draft")).changes);
    const freed = kept.reduce((sum, { old, new: fresh }) => sum + old - fresh, 0);
    assert.equal(freed, wanted);
    for (const { subscription, tenant, new: fresh } of kept) {
      const known = all.find(({ id, tenant: of }) => id === subscription && of === tenant);
      if (known) assert.ok(fresh >= known.teams.inUse, known.name);
    }
    await page.getByRole(CHANGES.role, { name: CHANGES.name }).getByText("Below the").waitFor({ state: "hidden" });
  }));

  it("come from a file whose bad lines are told one by one, before anything is drafted", () => signedIn(async (page) => {
    const [one, other] = all.slice(20, 22);
    await visit(page, "Changes");
    await page.getByRole("button", { name: "Import CSV" }).first().click();
    const dialog = dialogNamed(page, "Import limits");
    const text = "\ufeffSubscription id;License;New limit;Tenant UUID\r\n"
      + `${one.id};msTeamsUsers;${one.teams.assigned + 4};${one.tenant}\r\n`
      + `${other.id};SIP channels;${other.sip.assigned};\r\n`
      + `\r\n999999999;msTeamsUsers;3;\r\nabc;msTeamsUsers;3;\r\n${one.id};agents;3;\r\n${one.id};sip;-1;\r\n`
      + `${one.id};msTeamsUsers;9;${one.tenant}\r\n`;
    await dialog.getByLabel("CSV file").setInputFiles({
      name: "limits.csv", mimeType: "text/csv", buffer: Buffer.from(text),
    });
    await dialog.getByText("1 line changes a limit, 1 leaves it as it is, 5 cannot be used").waitFor();
    const told = await dialog.getByRole("list", { name: "Lines that cannot be used" }).getByRole("listitem").allInnerTexts();
    const expected = [
      /^Line 5\s+Subscription 999999999 is not among those read/, /^Line 6\s+"abc" is no subscription id/,
      /^Line 7\s+The subscription has no license "agents"/, /^Line 8\s+A limit cannot be negative/,
      /^Line 9\s+Line 2 sets this limit already/,
    ];
    assert.equal(told.length, expected.length, told.join("\n"));
    expected.forEach((words, at) => assert.match(told[at], words));
    assert.equal(await page.getByRole("link", { name: /^Changes \d/ }).count(), 0, "nothing is drafted yet");
    await dialog.getByRole("button", { name: "Add 1 change to the draft" }).click();
    await dialog.getByRole("button", { name: "Review the draft" }).click();
    assert.equal((await cells(changeOf(page, one)))[3], written(one.teams.assigned + 4));
  }));

  it("from a file take the place of those drafted before, and one that stays takes its change out", () => signedIn(async (page) => {
    const [one, other] = all.slice(22, 24);
    await draft(page, [one, other].map((each) => line(each, "msTeamsUsers", each.teams.assigned + 2)));
    await page.getByRole("button", { name: "Import CSV" }).first().click();
    const dialog = dialogNamed(page, "Import limits");
    const paste = (...lines) => dialog.getByLabel("Or paste it here").fill(lines.join("\n"));
    await paste(line(one, "msTeamsUsers", one.teams.assigned), line(other, "msTeamsUsers", other.teams.assigned + 3));
    await dialog.getByText("1 line changes a limit, 1 leaves it as it is; replaces 1 drafted change; "
      + "takes 1 drafted change out of the draft").waitFor();
    await dialog.getByRole("button", { name: "Add 1 change to the draft" }).click();
    await dialog.getByText("1 change added to the draft, 1 taken out. Nothing was sent.").waitFor();
    const kept = () => page.evaluate(() => JSON.parse(localStorage.getItem("seatree.draft")).changes.length);
    assert.equal(await kept(), 1);
    await paste(line(other, "msTeamsUsers", other.teams.assigned));
    await dialog.getByRole("button", { name: "Take 1 change out of the draft" }).click();
    await dialog.getByText("1 change taken out of the draft. Nothing was sent.").waitFor();
    assert.equal(await kept(), 0);
  }));

  it("from a file with a quotation mark that is not closed lack that line alone", () => signedIn(async (page) => {
    const [one, other] = all.slice(24, 26);
    await visit(page, "Changes");
    await page.getByRole("button", { name: "Import CSV" }).first().click();
    const dialog = dialogNamed(page, "Import limits");
    await dialog.getByLabel("Or paste it here").fill([
      `${one.id},"msTeamsUsers,25`, ...[one, other].map((each) => line(each, "msTeamsUsers", each.teams.assigned + 1)),
    ].join("\n"));
    await dialog.getByText("2 lines change a limit, 1 cannot be used").waitFor();
    const told = await dialog.getByRole("list", { name: "Lines that cannot be used" }).getByRole("listitem").allInnerTexts();
    assert.equal(told.length, 1, told.join("\n"));
    assert.match(told[0], /^Line 1\s+A quotation mark is not closed/);
    await dialog.getByRole("button", { name: "Add 2 changes to the draft" }).waitFor();
  }));

  it("are thrown away when the person confirms that", () => signedIn(async (page) => {
    await draft(page, all.slice(30, 33).map((one) => line(one, "msTeamsUsers", one.teams.assigned + 1)));
    await page.getByRole("button", { name: "Throw away" }).click();
    await page.getByText("No changes are drafted.").waitFor();
    assert.equal(await page.evaluate(() => JSON.parse(localStorage.getItem("seatree.draft")).changes.length), 0);
  }, { confirm: (question) => question.startsWith("Throw 3 changes of the draft away?") }));
});

describe("drafting", () => {
  it("sends nothing", async () => assert.equal(await sent(), 1, "the one was somebody else's"));
});
