// The details of a node: what its upstream says of it word for word, and what it is billed under.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { violations } from "../support/axe.mjs";
import { saved } from "../support/files.mjs";
import { onPage, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { TREE, card, closePanel, expectAlert, findRow, signInToDemo } from "../support/steps.mjs";

// Each test has a page of its own, and mostly waits.
const APART = { concurrency: 3 };

let seatree, browser, sample;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
  sample = seatree.truth.draas.samples.subscription;
});

/** Does something with everything read, and expects no complaint but requests refused by DRaaS. */
const signedIn = (work, profile = {}) =>
  onPage(browser, seatree.url, { refusals: [seatree.addresses.draas], ...profile }, async (page) => {
    await signInToDemo(page);
    await work(page);
  });

/** Finds a node by the filter and opens its details. */
async function detailsOf(page, filter, name) {
  await page.getByRole("searchbox", { name: "Filter by name or id" }).fill(filter);
  const row = await findRow(page, TREE, name);
  await row.focus();
  const details = page.getByRole("complementary", { name: "Details" });
  if (!(await details.count())) await page.keyboard.press("Enter");
  await details.getByRole("heading", { name, exact: true }).waitFor();
  return details;
}

const ask = (details) => details.getByRole("button", { name: "Show the reply" }).click();
const reply = (details) => details.getByRole("region", { name: "Reply as received" });
const licensesOf = ({ tenant_uuid: tenant, id }) => `/tenants/${tenant}/subscriptions/${id}/licenses`;

/** Has DRaaS answer requests so, once. */
async function rehearse(path, effect) {
  const rule = JSON.stringify({ path_contains: path, times: 1, ...effect });
  const set = await fetch(`${seatree.addresses.draas}/_sandbox/faults`, { method: "POST", body: rule });
  assert.equal(set.status, 201, await set.text());
}

/** What DRaaS says to a request of the demonstration's account. */
async function said(path) {
  const { instance, prefix } = seatree.truth.draas;
  const token = seatree.truth.sign_in.draas.machine_token;
  const url = `${seatree.addresses.draas}/api/v01/${prefix}/${instance}${path}`;
  return (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).json();
}

describe("the source reply", APART, () => {
  it("of a subscription is what the platform says, with how it was asked", () => signedIn(async (page) => {
    const details = await detailsOf(page, sample.name, sample.name);
    await ask(details);
    assert.deepEqual(JSON.parse(await reply(details).innerText()), await said(licensesOf(sample)));
    await details.getByText(`GET ${seatree.addresses.draas}/api/v01/`).waitFor();
    await details.getByText(/^Status 200, [\d,]+ bytes, at \d\d:\d\d/).waitFor();
    assert.equal(await details.getByText("differs from").count(), 0);
  }));

  it("of a group is its own totals, not all that is below", () => signedIn(async (page) => {
    const { name, uuid } = seatree.truth.draas.group;
    const details = await detailsOf(page, uuid, name);
    await ask(details);
    const shown = JSON.parse(await reply(details).innerText());
    assert.deepEqual(shown, await said(`/groups/${uuid}/licenses`));
    assert.equal(shown.msTeamsUsers.assigned, seatree.truth.draas.teams.assigned);
  }));

  it("of a service is its license info", () => signedIn(async (page) => {
    const service = seatree.truth.live_platform.services.find(({ readable }) => readable);
    const details = await detailsOf(page, service.guid, service.name);
    await ask(details);
    const [info] = JSON.parse(await reply(details).innerText());
    assert.equal(info.acquiredLicenses, service.acquired);
    await details.getByText(`/customer/${service.guid}/licenseinfo`).waitFor();
  }));

  it("that is an error is shown beside what it means", () => signedIn(async (page) => {
    const service = seatree.truth.live_platform.services.find(({ readable }) => !readable);
    const details = await detailsOf(page, service.guid, service.name);
    await ask(details);
    await expectAlert(details, "refused while reading the license info", "Check this connection's settings");
    await reply(details).getByText('"Message": "Error: License information').waitFor();
  }));

  it("of a license type is told where its figure comes from, and of a connection nothing", () =>
    signedIn(async (page) => {
      let details = await detailsOf(page, "CUCM Berlin", "CUCM Berlin");
      await details.getByRole("heading", { name: "Ids" }).waitFor();
      assert.equal(await details.getByText("Source reply").count(), 0);
      const [type] = Object.entries(seatree.truth.cucm.required).find(([, required]) => required > 0);
      details = await detailsOf(page, type, type);
      await details.getByText("counted from the users that listLicensedUser lists").waitFor();
      assert.equal(await details.getByRole("button", { name: "Show the reply" }).count(), 0);
    }));

});

// What DRaaS is made to answer the next request must not reach that of another test.
describe("a source reply that", () => {
  it("holds tokens is shown without them", () => signedIn(async (page) => {
    const tokens = [];
    page.on("request", async (request) => {
      const sent = (await request.allHeaders()).authorization?.replace("Bearer ", "");
      if (sent) tokens.push(sent);
    });
    const details = await detailsOf(page, sample.name, sample.name);
    const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOjF9.c2lnbmVk";
    const body = `{"msTeamsUsers":{"assigned":1},"apiToken":"hunter2","note":"by ${jwt}","kept":1.50}`;
    await rehearse(licensesOf(sample), { body, content_type: "application/json" });
    await ask(details);
    const expected = '{\n  "msTeamsUsers": {\n    "assigned": 1\n  },\n  "apiToken": "…",\n' +
      '  "note": "by …",\n  "kept": 1.50\n}';
    await reply(details).waitFor();
    assert.equal(await reply(details).textContent(), expected);
    await details.getByText("Secrets taken out, shown as …: 2.").waitFor();
    assert.ok(tokens.length > 0, "the request had one");
    const panel = await details.innerText();
    for (const secret of [...tokens, jwt, "hunter2"]) assert.ok(!panel.includes(secret), panel);
  }));

  it("has other figures than the tree says so", () => signedIn(async (page) => {
    const details = await detailsOf(page, sample.name, sample.name);
    const body = '{"msTeamsUsers":{"assigned":987654}}';
    await rehearse(licensesOf(sample), { body, content_type: "application/json" });
    await ask(details);
    await details.getByText("It differs from what the tree shows: read again.").waitFor();
  }));

  it("is long is shown in part, and says so", () => signedIn(async (page) => {
    const details = await detailsOf(page, sample.name, sample.name);
    const body = JSON.stringify({ msTeamsUsers: { assigned: 1 }, more: Array(60_000).fill("tenant") });
    await rehearse(licensesOf(sample), { body, content_type: "application/json" });
    await ask(details);
    await details.getByText("These are the first 200 kB of it.").waitFor();
    const shown = await reply(details).textContent();
    assert.equal(new TextEncoder().encode(shown).length, 200_000);
  }));

  it("is refused for want of a role names the role", () => signedIn(async (page) => {
    const details = await detailsOf(page, sample.name, sample.name);
    await rehearse(licensesOf(sample), { status: 403 });
    await ask(details);
    await expectAlert(details, "tenants.instance.subscriptions.licenses.list", "Ask the upstream's administrator");
    await details.getByText(/^Status 403, /).waitFor();
  }));

  it("nobody is signed in for says so", () => signedIn(async (page) => {
    const connection = await card(page, "Netaxis DRaaS");
    await connection.getByRole("button", { name: "Sign out" }).click();
    await connection.getByText("Not signed in").waitFor();
    await closePanel(page);
    const details = await detailsOf(page, sample.name, sample.name);
    await ask(details);
    await expectAlert(details, "Not signed in", "Sign in again");
  }));

  it("wants a new token gets one", () => signedIn(async (page) => {
    const details = await detailsOf(page, sample.name, sample.name);
    await fetch(`${seatree.addresses.draas}/_sandbox/expire-tokens`, { method: "POST" });
    await ask(details);
    await details.getByText(/^Status 200, /).waitFor();
  }));

  it("is waited for no longer than its node is looked at", () => signedIn(async (page) => {
    const details = await detailsOf(page, sample.name, sample.name);
    await rehearse(licensesOf(sample), { latency_ms: 30_000 });
    const ended = page.waitForEvent("requestfailed", (request) => request.url().endsWith(licensesOf(sample)));
    await ask(details);
    await details.getByText("Asking…").waitFor();
    const { name, uuid } = seatree.truth.draas.group;
    await detailsOf(page, uuid, name);
    await ended;
    assert.equal(await reply(details).count(), 0);
  }));
});

const read = (details) => details.getByRole("button", { name: "Read billing ids" });
const shown = (details, id) => details.getByRole("code").getByText(id, { exact: true }).waitFor();

describe("billing ids", APART, () => {
  it("of a tenant's subscriptions come with one list", () => signedIn(async (page) => {
    const details = await detailsOf(page, sample.name, sample.name);
    await ask(details);
    await reply(details).waitFor();
    const lists = [];
    page.on("request", (request) => lists.push(new URL(request.url()).pathname));
    await read(details).click();
    await shown(details, sample.billing_id);
    assert.equal(await read(details).count(), 0);
    assert.deepEqual(lists.filter((path) => !path.endsWith("/subscriptions")), []);
    assert.ok(await reply(details).isVisible(), "what was asked before stays");
    await details.getByRole("button", { name: "Copy", exact: true }).nth(1).and(page.locator(":focus")).waitFor();
  }));

  for (const level of ["distributor", "reseller", "tenant"]) {
    it(`of a ${level} come from the list of its level`, () => signedIn(async (page) => {
      const { name, uuid, billing_id: billingId } = seatree.truth.draas.samples[level];
      const details = await detailsOf(page, uuid, name);
      await read(details).click();
      await shown(details, billingId);
    }));
  }

  it("of a level that the account may not list name the role it lacks", () => signedIn(async (page) => {
    const { name, uuid } = seatree.truth.draas.group;
    const details = await detailsOf(page, uuid, name);
    await read(details).click();
    await expectAlert(details, "groups.list", "Ask the upstream's administrator");
    await read(details).waitFor();
  }));

  it("then also go into what is exported", () => signedIn(async (page) => {
    const details = await detailsOf(page, sample.name, sample.name);
    await read(details).click();
    await shown(details, sample.billing_id);
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Export" });
    await dialog.getByRole("radio", { name: /^CSV/ }).check();
    const { bytes } = await saved(page, () => dialog.getByRole("button", { name: "Export", exact: true }).click());
    assert.ok(bytes.toString("utf8").includes(sample.billing_id));
  }));

  it("are asked for by nobody where there are none", () => signedIn(async (page) => {
    const details = await detailsOf(page, "Live Platform", "Live Platform");
    await details.getByRole("heading", { name: "Ids" }).waitFor();
    assert.equal(await read(details).count(), 0);
  }));
});

describe("billing ids that the upstream does not have", () => {
  it("are none until it has them", () => signedIn(async (page) => {
    const { billing_id: billingId, ...reseller } = seatree.truth.draas.samples.reseller;
    const details = await detailsOf(page, reseller.uuid, reseller.name);
    const item = { uuid: reseller.uuid, name: reseller.name, status: "active" };
    const body = JSON.stringify({ results: 1, pages: 1, page: 1, resellers: [item] });
    await rehearse("/resellers?", { body, content_type: "application/json" });
    await read(details).click();
    await details.getByText("none", { exact: true }).waitFor();
    // Asked again, it has one.
    await read(details).click();
    await shown(details, billingId);
  }));
});

describe("with a reply and a refusal, nothing is in anybody's way", APART, () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1440, 390]) {
      it(`${colorScheme}, ${width} px wide`, () => signedIn(async (page) => {
        const { name, uuid } = seatree.truth.draas.group;
        const details = await detailsOf(page, uuid, name);
        await ask(details);
        await reply(details).waitFor();
        await read(details).click();
        await details.getByRole("alert").waitFor();
        assert.deepEqual(await violations(page), []);
        const { scrollWidth, clientWidth } = await details.evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
        assert.ok(scrollWidth <= clientWidth, `${scrollWidth} px in ${clientWidth}`);
      }, { colorScheme, viewport: { width, height: 860 }, reducedMotion: "reduce" }));
    }
  }
});
