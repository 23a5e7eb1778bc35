// Connections made, tested, kept, changed and removed by hand.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { onPage, open, startBrowser, written } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startProxy } from "../support/proxy.mjs";
import { startSeatree, startSite } from "../support/seatree.mjs";
import {
  TREE, closePanel, edit, expectAlert, findRow, openPanel, panel, settled, signInWithPassword,
  signInWithToken,
} from "../support/steps.mjs";
import { startUpstream } from "../support/upstream.mjs";

// A port where nothing listens on a machine like this.
const NOBODY = "http://127.0.0.1:9";
const KEY = "key-of-the-proxy";

// Each test has a page of its own, and mostly waits.
const APART = { concurrency: 3 };

let seatree, bare, browser;

before(async () => {
  [seatree, bare, browser] = await together([startSeatree(), startSite(), startBrowser()]);
});

/** The values of a connection to the sandbox's DRaaS, by their fields' labels. */
const draasFields = () => ({
  Name: "Our DRaaS",
  Address: seatree.addresses.draas,
  Instance: seatree.truth.draas.instance,
  "Path prefix": seatree.truth.draas.prefix,
  "UUID of that group, distributor, reseller or tenant": seatree.truth.draas.group.uuid,
});

async function fill(form, fields) {
  for (const [label, value] of Object.entries(fields)) {
    await form.getByLabel(label, { exact: true }).fill(value);
  }
}

async function typed(form) {
  const fields = form.getByRole("textbox");
  return Promise.all((await fields.all()).map((field) => field.inputValue()));
}

async function addConnection(page) {
  await panel(page).getByRole("button", { name: "Add a connection" }).click();
  return page.getByRole("form", { name: "Connection" });
}

const save = (form) => form.getByRole("button", { name: "Save" }).click();

const connection = (page, name) => panel(page).getByRole("article", { name });

/** Waits for one line of a test's result. */
async function step(result, what, answer) {
  const words = result.page().getByText(`: ${answer}`, { exact: true });
  await result.getByRole("listitem").filter({ hasText: what }).filter({ has: words }).waitFor();
}

const kept = (page) => page.evaluate(() =>
  JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, document.cookie]));

describe("a connection made on a page without any", () => {
  let tab, page, form;

  // The page's origin is the one that the upstreams let in; only its set-up file is missing.
  before(async () => {
    tab = await open(browser, "about:blank", {
      refusals: [`${seatree.url}seatree.json`, seatree.addresses.draas],
      confirm: (question) => question.includes("Remove the connection"),
    });
    page = tab.page;
    await page.route("**/seatree.json", (route) => route.fulfill({ status: 404, body: "" }));
    await page.goto(seatree.url);
  });

  after(() => tab.close());

  it("begins with one button", async () => {
    await page.getByRole("button", { name: "Connect a system" }).click();
    form = page.getByRole("form", { name: "Connection" });
    await form.getByRole("heading", { name: "New connection" }).waitFor();
  });

  it("has its mistakes beside their fields, and keeps what was typed", async () => {
    await fill(form, { ...draasFields(), Name: "", Address: "nowhere", Instance: "" });
    const uuid = "UUID of that group, distributor, reseller or tenant";
    await fill(form, { [uuid]: "12345" });
    const before = await typed(form);
    await save(form);
    await expectAlert(form, "fields need mending", "");
    // The note is tied to its field, so that a screen reader tells both.
    const wrong = form.locator("[aria-invalid=true]");
    await wrong.first().waitFor();
    const notes = await wrong.evaluateAll((fields) => Object.fromEntries(fields.map((field) => [
      field.labels[0].textContent, document.getElementById(field.getAttribute("aria-describedby")).textContent,
    ])));
    assert.match(notes.Name, /Give the connection a name/);
    assert.ok(notes.Address, JSON.stringify(notes));
    assert.deepEqual(await typed(form), before);
    await fill(form, { Name: "Our DRaaS", Address: seatree.addresses.draas });
    await save(form);
    await form.locator("[aria-invalid=true]").nth(1).waitFor();
    assert.deepEqual(
      await form.locator("[aria-invalid=true]").evaluateAll((all) => all.map((field) => field.labels[0].textContent)),
      ["Instance", uuid],
    );
    await fill(form, draasFields());
  });

  it("is tested before it is saved", async () => {
    await form.getByRole("button", { name: "Test" }).click();
    const result = form.getByRole("status", { name: "Result of the test" });
    await step(result, `${seatree.addresses.draas} answers this page`, "yes");
    await step(result, `${seatree.addresses.draas} speaks as DRaaS`, "yes");
  });

  it("is saved, signed in to and read", async () => {
    await save(form);
    const { username, password } = seatree.truth.sign_in.draas;
    await signInWithPassword(connection(page, "Our DRaaS"), username, password);
    await connection(page, "Our DRaaS").getByText("Read at").waitFor();
    await closePanel(page);
    const row = await findRow(page, TREE, seatree.truth.draas.group.name, 2);
    await row.getByText(written(seatree.truth.draas.teams.assigned)).waitFor();
  });

  it("is still there after a reload, without secrets", async () => {
    const { password } = seatree.truth.sign_in.draas;
    assert.ok(!(await kept(page)).includes(password), "no password is kept");
    await page.reload();
    await openPanel(page);
    await connection(page, "Our DRaaS").getByText("Not signed in").waitFor();
    assert.equal(await connection(page, "Our DRaaS").getByLabel("Password").inputValue(), "");
    form = await edit(connection(page, "Our DRaaS"));
    for (const [label, value] of Object.entries(draasFields())) {
      assert.equal(await form.getByLabel(label, { exact: true }).inputValue(), value);
    }
  });

  it("is changed, and a cancelled change is none", async () => {
    await fill(form, { Name: "Nobody's" });
    await form.getByRole("button", { name: "Cancel" }).click();
    form = await edit(connection(page, "Our DRaaS"));
    await fill(form, { Name: "Their DRaaS" });
    await save(form);
    await connection(page, "Their DRaaS").waitFor();
    await page.reload();
    await openPanel(page);
    await connection(page, "Their DRaaS").waitFor();
    assert.equal(await panel(page).getByRole("article").count(), 1);
  });

  it("is removed when asked twice, for good", async () => {
    await connection(page, "Their DRaaS").getByRole("button", { name: "Remove" }).click();
    await connection(page, "Their DRaaS").waitFor({ state: "detached" });
    await page.reload();
    await page.getByRole("heading", { name: "Every seat in one tree" }).waitFor();
  });

  it("made the page complain of nothing", () => assert.deepEqual(tab.faults(), []));
});

describe("a connection from the set-up file", () => {
  it("is removed only here, when the question is answered with yes", async () => {
    const answers = [false, true];
    const confirm = (question) => question.includes("Live Platform") && answers.shift();
    await onPage(browser, seatree.url, { confirm }, async (page) => {
      await openPanel(page);
      const remove = connection(page, "Live Platform").getByRole("button", { name: "Remove" });
      await remove.click();
      assert.deepEqual(answers, [true]);
      assert.equal(await panel(page).getByRole("article").count(), 3);
      await remove.click();
      await connection(page, "Live Platform").waitFor({ state: "detached" });
      await page.reload();
      await openPanel(page);
      await connection(page, "CUCM Berlin").waitFor();
      assert.equal(await panel(page).getByRole("article").count(), 2);
    });
  });
});

describe("the Test button", APART, () => {
  const test = (name, address, refusals, expected) =>
    onPage(browser, seatree.url, { refusals }, async (page) => {
      await openPanel(page);
      const form = await edit(connection(page, name));
      await fill(form, { Address: address });
      await form.getByRole("button", { name: "Test" }).click();
      await expected(form, form.getByRole("status", { name: "Result of the test" }));
    });

  for (const name of ["Live Platform", "CUCM Berlin"]) {
    it(`reaches ${name} without signing in`, () => {
      const { live, cucm } = seatree.addresses;
      const address = name === "CUCM Berlin" ? cucm : `${live}/tenantui`;
      return test(name, address, [live, seatree.edge.url], async (_, result) => {
        await step(result, "answers this page", "yes");
        await step(result, `speaks as ${name === "CUCM Berlin" ? "CUCM" : name}`, "yes");
      });
    });
  }

  it("says that nobody answers, and loses nothing", () =>
    test("Netaxis DRaaS", NOBODY, [NOBODY], async (form, result) => {
      await step(result, `${NOBODY} answers this page`, "no");
      await expectAlert(form, `No answer from ${NOBODY}`, "a wrong address or port");
      assert.equal(await form.getByLabel("Address", { exact: true }).inputValue(), NOBODY);
    }));

  for (const [name, kind, other] of [
    ["Netaxis DRaaS", "DRaaS", "live"], ["Live Platform", "Live Platform", "draas"],
  ]) {
    it(`tells another product from a ${kind}`, () => {
      const address = seatree.addresses[other];
      return test(name, address, [address], async (_, result) => {
        await step(result, "answers this page", "yes");
        await step(result, `speaks as ${kind}`, "no");
      });
    });
  }

  it("tells a page for people from an upstream", async () => {
    const upstream = await startUpstream((request, response) => {
      response.writeHead(200, {
        "access-control-allow-origin": "*", "access-control-allow-headers": "*, authorization",
        "content-type": "text/html",
      }).end("<!doctype html><title>Welcome</title>");
    });
    await test("Live Platform", upstream.url, [], async (form, result) => {
      await step(result, "speaks as Live Platform", "no");
      await expectAlert(form, "a page for people", "Something else may answer");
    });
    await upstream.stop();
  });
});

describe("a proxy", APART, () => {
  const header = { name: "x-requested-with", value: KEY };

  /** Sends a connection through a proxy by its form, and gives the panel's card of it. */
  async function sendThrough(page, name, style, fields) {
    await openPanel(page);
    const form = await edit(connection(page, name));
    await form.getByLabel("How requests get there").selectOption(style);
    await fill(form, { ...fields, "Extra header": "X-Requested-With", "Its value": KEY });
    await save(form);
    return connection(page, name);
  }

  /** What the proxy was asked: every request had the header, and led to an address of these. */
  function assertAsked(proxy, addresses) {
    assert.ok(proxy.asked.length > 0);
    for (const { address, header: value } of proxy.asked) {
      assert.equal(value, KEY);
      assert.ok(addresses.some((each) => address.startsWith(each)), address);
    }
  }

  const origin = () => new URL(seatree.url).origin;

  it("that takes the address as a prefix reads a DRaaS", async () => {
    const proxy = await startProxy("prefix", { origin: origin(), header });
    const { draas } = seatree.addresses;
    await onPage(browser, seatree.url, {}, async (page) => {
      const card = await sendThrough(page, "Netaxis DRaaS", "proxy-prefix", {
        "Address of the proxy or edge": proxy.url,
      });
      await card.getByText(`Called through ${proxy.url}`).waitFor();
      const { username, password } = seatree.truth.sign_in.draas;
      await signInWithPassword(card, username, password);
      await card.getByText("Read at").waitFor();
      await closePanel(page);
      const row = await findRow(page, TREE, seatree.truth.draas.group.name, 2);
      await row.getByText(written(seatree.truth.draas.teams.in_use)).waitFor();
      assert.ok(!(await kept(page)).includes(KEY), "the header's value is kept only when asked for");
    });
    const { group } = seatree.truth.draas;
    assertAsked(proxy, [`${draas}/api/`, `${draas}/draas/`]);
    assert.ok(proxy.asked.some(({ method, address }) => method === "GET" && address.includes(`/groups/${group.uuid}/licenses`)));
    await proxy.stop();
  });

  it("that takes the address as a parameter reads a Live Platform, and its key is kept when asked for", async () => {
    const proxy = await startProxy("query", { origin: origin(), header, parameter: "apiurl" });
    const { live_platform: platform, sign_in: signIn } = seatree.truth;
    await onPage(browser, seatree.url, {}, async (page) => {
      await sendThrough(page, "Live Platform", "proxy-query", {
        "Address of the proxy or edge": `${proxy.url}/fetch`, "Query parameter": "apiurl",
      });
      let card = connection(page, "Live Platform");
      const form = await edit(card);
      await form.getByLabel(/Keep the header's value/).check();
      await save(form);
      await page.reload();
      await openPanel(page);
      card = connection(page, "Live Platform");
      await signInWithToken(card, signIn.live_platform.token);
      await card.getByText("Read at").waitFor();
      const figures = page.getByRole("region", { name: "Key figures" });
      await figures.getByText(written(platform.licensed), { exact: true }).waitFor();
      const left = await kept(page);
      assert.ok(left.includes(KEY) && !left.includes(signIn.live_platform.token), left);
    });
    assertAsked(proxy, [`${seatree.addresses.live}/tenantui/api/`]);
    await proxy.stop();
  });

  it("mounted for a CUCM reads its users", async () => {
    const { cucm } = seatree.addresses;
    const proxy = await startProxy("mount", { origin: origin(), header, upstream: cucm, path: "/cucm" });
    await onPage(browser, seatree.url, {}, async (page) => {
      const card = await sendThrough(page, "CUCM Berlin", "mount", {
        "Address of the proxy or edge": `${proxy.url}/cucm`,
      });
      const { username, password } = seatree.truth.sign_in.cucm;
      await signInWithPassword(card, username, password);
      await card.getByText("Read at").waitFor();
      await closePanel(page);
      await settled(page, "CUCM Berlin");
      await page.goto(`${seatree.url}#/clusters`);
      await page.getByText(`${written(seatree.truth.cucm.users)} users listed`).waitFor();
    });
    assertAsked(proxy, [`${cucm}/axl/`]);
    await proxy.stop();
  });

  it("that misses its header refuses, and that is told as the proxy's refusal", async () => {
    const proxy = await startProxy("prefix", { origin: origin(), header });
    await onPage(browser, seatree.url, { refusals: [proxy.url] }, async (page) => {
      await openPanel(page);
      let form = await edit(connection(page, "Netaxis DRaaS"));
      await form.getByLabel("How requests get there").selectOption("proxy-prefix");
      await fill(form, { "Address of the proxy or edge": proxy.url });
      await form.getByRole("button", { name: "Test" }).click();
      await expectAlert(form, "The proxy on the way refused", "the extra header it wants");
    });
    await proxy.stop();
  });
});

describe("an address of a proxy", () => {
  it("that is none is told beside its field", () => onPage(browser, bare.url, {
    refusals: [`${bare.url}seatree.json`],
  }, async (page) => {
    await openPanel(page);
    const form = await addConnection(page);
    await fill(form, draasFields());
    await form.getByLabel("How requests get there").selectOption("edge");
    await fill(form, { "Extra header": "Authorization" });
    await save(form);
    for (const label of ["Address of the proxy or edge", "Extra header"]) {
      await form.getByLabel(label, { exact: true }).and(form.locator("[aria-invalid=true]")).waitFor();
    }
  }));
});
