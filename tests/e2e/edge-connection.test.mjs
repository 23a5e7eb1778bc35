// An edge as a connection of its own: no account in the browser, only a visitor's token.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { violations } from "../support/axe.mjs";
import { changeOf, draft, line, platform, says, send } from "../support/limits.mjs";
import { cells, onPage, startBrowser, written } from "../support/page.mjs";
import { startPortal } from "../support/portal.mjs";
import { together } from "../support/processes.mjs";
import { sideways } from "../support/sideways.mjs";
import {
  TREE, card, closePanel, edit, expectAlert, filterBy, findRow, openPanel, openRow, panel, rowCount,
  rowsAre, settled, visit,
} from "../support/steps.mjs";

const NAME = "Your licenses";

let portal, browser, draas;

before(async () => {
  [portal, browser] = await together([startPortal(), startBrowser()]);
  draas = platform(portal);
});
after(() => portal?.stop());

const atPortal = (work, profile = {}) =>
  onPage(browser, portal.url, { refusals: [portal.edge.url], ...profile }, work);

/** Enters a token in the card of the connection. */
async function enter(page, token) {
  const connection = await card(page, NAME);
  await connection.getByLabel("Token", { exact: true }).fill(token);
  await connection.getByRole("button", { name: "Read with this token" }).click();
  return connection;
}

async function read(page, token = portal.token()) {
  await enter(page, token);
  await settled(page, NAME);
  await closePanel(page);
}

/** From now on the edge gets this token, whatever the page sends; null gives back what it sends. */
async function swap(page, token) {
  await page.unroute("**/api/v1/**");
  if (token === null) return;
  await page.route("**/api/v1/**", (route) => {
    const headers = route.request().headers();
    return route.continue({ headers: headers.authorization ? { ...headers, authorization: `Bearer ${token}` } : headers });
  });
}

const expandAll = (page) => page.getByRole("combobox", { name: "Expand to" }).selectOption({ label: "Everything" });

const readAgain = async (page) => {
  const connection = await card(page, NAME);
  await connection.getByRole("button", { name: "Read again" }).click();
};

const newToken = (page) => page.getByRole("form", { name: `New token for ${NAME}` });

/** A subscription of the reseller whose token is used, that no other test changes. */
async function own(nth) {
  const { uuid } = portal.truth.draas.samples.reseller;
  const inside = (await draas.subscriptions()).filter(({ path }) => path.some((one) => one.uuid === uuid));
  assert.ok(inside[nth], `the reseller has ${inside.length} subscriptions`);
  return { ...inside[nth], now: await draas.limits(inside[nth]) };
}

describe("a visitor's token", () => {
  it("shows exactly its part of the tree, with its figures", () => atPortal(async (page) => {
    const token = portal.token();
    const nodes = await portal.estate(token);
    await read(page, token);
    await page.getByRole("contentinfo").getByText(`${written(nodes.length + 1)} nodes`).waitFor();
    const [top] = nodes;
    const row = await findRow(page, TREE, top.name, 2);
    const teams = top.licenses.msTeamsUsers;
    assert.deepEqual((await cells(row)).slice(1, 4), [teams.assigned, teams.in_use, teams.available].map(written));
    await expandAll(page);
    await rowsAre(page, nodes.length + 1);
    for (const node of nodes.filter(({ kind }) => kind === "tenant").slice(0, 3)) {
      const [, assigned] = await cells(await findRow(page, TREE, node.name, node.level + 2));
      assert.equal(assigned, written(node.licenses.msTeamsUsers.assigned));
    }
    const figures = (await page.getByRole("region", { name: "Key figures" }).innerText()).replace(/\s+/g, " ");
    assert.ok(figures.includes(`${written(teams.in_use)} in use`), figures);
    await filterBy(page, portal.truth.draas.group.name);
    await page.getByText("Nothing here matches what you look for.").waitFor();
  }));

  it("opens the part that the connection names, and no other", () => atPortal(async (page) => {
    const all = portal.token({ scope: "upstream:draas" });
    const { tenant } = portal.truth.draas.samples;
    const form = await edit(await card(page, NAME));
    await form.getByLabel("Scope").fill("tenant 12");
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByText("must be group, distributor, reseller or tenant").waitFor();
    await form.getByLabel("Scope").fill(`tenant:${tenant.uuid}`);
    await form.getByRole("button", { name: "Save" }).click();
    await closePanel(page);
    await read(page, all);
    const nodes = await portal.estate(portal.token({ scope: `tenant:${tenant.uuid}` }));
    await page.getByRole("contentinfo").getByText(`${written(nodes.length + 1)} nodes`).waitFor();
    const other = portal.token({ scope: "tenant:11111111-1111-4111-8111-111111111111" });
    const connection = await card(page, NAME);
    await connection.getByRole("button", { name: "Sign out" }).click();
    await connection.getByLabel("Token", { exact: true }).fill(other);
    await connection.getByRole("button", { name: "Read with this token" }).click();
    await expectAlert(connection, "The token opens a part of the licenses", "Ask whoever gave you the token");
  }));

  it("that somebody else signed is refused, and stays in its field", () => atPortal(async (page) => {
    const forged = portal.forged();
    const connection = await enter(page, forged);
    await expectAlert(connection, "The edge does not take this token", "get a new one from where it came");
    assert.equal(await connection.getByLabel("Token", { exact: true }).inputValue(), forged);
    await connection.getByText("Technical details").click();
    await connection.getByText("its signature is not right").waitFor();
    await connection.getByLabel("Token", { exact: true }).fill("töken with a line\nbreak");
    await connection.getByRole("button", { name: "Read with this token" }).click();
    await expectAlert(connection, "Not signed in", "check user name, password or token");
  }));

  it("is nowhere but in requests to the edge", async () => {
    const token = portal.token();
    const asked = [];
    await atPortal(async (page) => {
      page.on("request", (request) => asked.push(request));
      await read(page, token);
      await enterForm(page);
      const kept = await page.evaluate(() => JSON.stringify([
        { ...localStorage }, { ...sessionStorage }, location.href, document.documentElement.outerHTML, document.cookie,
      ]));
      assert.ok(!kept.includes(token.slice(0, 40)), "kept by the page");
      await page.reload();
      await page.getByText("enter a token to read").waitFor();
    });
    const carrying = asked.filter((request) => JSON.stringify([request.url(), request.headers(), request.postData()]).includes(token));
    assert.ok(carrying.length > 0);
    assert.ok(carrying.every((request) => request.url().startsWith(`${portal.edge.url}/api/v1/`) && !request.url().includes(token)));
  });
});

/** Saves the connection once more, so that the browser keeps it. */
async function enterForm(page) {
  const form = await edit(await card(page, NAME));
  await form.getByLabel("Name", { exact: true }).fill(NAME);
  await form.getByRole("button", { name: "Save" }).click();
  await closePanel(page);
}

describe("a token that has ended", () => {
  it("is asked for anew above what was read, which stays with its place", () => atPortal(async (page) => {
    const subscription = await own(0);
    await read(page);
    await draft(page, [line(subscription, "msTeamsUsers", subscription.now.teams + 1)]);
    await visit(page, "Licenses");
    await expandAll(page);
    await filterBy(page, subscription.tenantName);
    await openRow(page, subscription.tenantName);
    const rows = await rowCount(page);
    await page.waitForURL(/at=portal\/tenant/);
    const place = page.url();

    await swap(page, portal.ended());
    await readAgain(page);
    const connection = panel(page).getByRole("article", { name: NAME });
    await expectAlert(connection, "The token has ended", "Enter a new token");
    await closePanel(page);
    const notice = newToken(page);
    await notice.getByText("The token has ended").waitFor();
    await notice.getByText("What was read stays below").waitFor();
    assert.equal(await rowCount(page), rows);
    assert.equal(page.url(), place);

    await swap(page, portal.forged());
    await notice.getByLabel("New token").fill("not yet the right one");
    await notice.getByRole("button", { name: "Go on" }).click();
    await notice.getByText("The edge does not take this token").waitFor();
    assert.equal(await notice.getByLabel("New token").inputValue(), "not yet the right one", "what was typed stays");

    await swap(page, null);
    const unchanged = page.waitForResponse((reply) => reply.url().includes("/estate") && reply.status() === 304);
    await notice.getByLabel("New token").fill(portal.token());
    await notice.getByLabel("New token").press("Enter");
    await unchanged;
    await settled(page, NAME);
    await notice.waitFor({ state: "hidden" });
    assert.equal(await rowCount(page), rows);
    assert.equal(page.url(), place);
    await findRow(page, TREE, subscription.tenantName);
    await page.getByRole("link", { name: "Changes 1", exact: true }).waitFor();
  }));

  it("while changes are sent leaves them in the draft", () => atPortal(async (page) => {
    const subscription = await own(1);
    await read(page);
    await draft(page, [line(subscription, "msTeamsUsers", subscription.now.teams + 1)]);
    await swap(page, portal.ended());
    await send(page);
    await says(page, subscription, "Not sent: could not be read");
    await newToken(page).getByText("The token has ended").waitFor();
    assert.deepEqual(await draas.limits(subscription), subscription.now);
    await swap(page, null);
    await newToken(page).getByLabel("New token").fill(portal.token());
    await newToken(page).getByRole("button", { name: "Go on" }).click();
    await settled(page, NAME);
    await send(page);
    await says(page, subscription, "Applied");
    assert.equal((await draas.limits(subscription)).teams, subscription.now.teams + 1);
  }));
});

describe("limits", () => {
  it("are changed through the edge, and the sums above read again", () => atPortal(async (page) => {
    const subscription = await own(2);
    await read(page);
    await draft(page, [line(subscription, "msTeamsUsers", subscription.now.teams + 3)]);
    await send(page);
    await says(page, subscription, "Applied");
    assert.equal((await draas.limits(subscription)).teams, subscription.now.teams + 3);
    await page.getByText("Reading the sums above again").waitFor({ state: "hidden" });
    await visit(page, "Licenses");
    await filterBy(page, `#${subscription.id}`);
    assert.equal((await cells(await findRow(page, TREE, subscription.name)))[1], written(subscription.now.teams + 3));
    const tenant = await cells(await findRow(page, TREE, subscription.tenantName));
    assert.equal(tenant[1], written((await draas.totals("tenants", subscription.tenant)).teams));
    // What was changed here is not what was read: reading again reads all.
    const whole = page.waitForResponse((reply) => reply.url().includes("/estate"));
    await readAgain(page);
    assert.equal((await whole).status(), 200);
    await settled(page, NAME);
  }));

  it("that somebody else changed at the platform meanwhile are held back", () => atPortal(async (page) => {
    const subscription = await own(3);
    await read(page);
    await draft(page, [line(subscription, "msTeamsUsers", subscription.now.teams + 1)]);
    await draas.change(subscription, subscription.now.teams + 40);
    await send(page);
    await says(page, subscription, "Changed by somebody else");
    assert.equal((await draas.limits(subscription)).teams, subscription.now.teams + 40);
  }));

  it("below what is in use are sent as meant, after the warning", () => atPortal(async (page) => {
    const inside = (await portal.estate(portal.token())).filter(({ kind }) => kind === "subscription");
    const used = inside.find(({ licenses }) => licenses.msTeamsUsers.in_use > 1 && licenses.msTeamsUsers.assigned >= licenses.msTeamsUsers.in_use);
    const [, tenant, id] = used.id.split(":");
    const subscription = (await draas.subscriptions()).find((one) => one.tenant === tenant && String(one.id) === id);
    await read(page);
    await draft(page, [line(subscription, "msTeamsUsers", used.licenses.msTeamsUsers.in_use - 1)]);
    await page.getByRole("button", { name: "Send…" }).click();
    const question = page.getByRole("dialog", { name: "Send these changes?" });
    await question.getByText("goes below what is in use").waitFor();
    await question.getByRole("button", { name: "Send 1 change" }).click();
    await says(page, subscription, "Applied");
    assert.equal((await draas.limits(subscription)).teams, used.licenses.msTeamsUsers.in_use - 1);
  }));

  it("a token for reading does not change is said before anything is sent", () => atPortal(async (page) => {
    const subscription = await own(4);
    const sent = await draas.counter();
    await read(page, portal.token({ permissions: ["read"] }));
    await draft(page, [line(subscription, "msTeamsUsers", subscription.now.teams + 1)]);
    await page.getByText("The token in use permits reading only").waitFor();
    assert.ok(await page.getByRole("button", { name: "Send…" }).isDisabled());
    await visit(page, "Licenses");
    await filterBy(page, `#${subscription.id}`);
    await (await findRow(page, TREE, subscription.name)).focus();
    await page.keyboard.press("Enter");
    const details = page.getByRole("complementary", { name: "Details" });
    await details.getByText("The token permits reading only").first().waitFor();
    assert.equal(await details.getByRole("button", { name: "Add to changes" }).count(), 0);
    assert.equal(await details.getByRole("button", { name: "Read billing ids" }).count(), 0);
    await details.getByRole("button", { name: "Show the reply" }).click();
    await details.getByText(`${portal.edge.url}/api/v1/limits/`).waitFor();
    assert.equal(await sent(), 0);
  }));
});

describe("a reply", () => {
  it("that was cut off is never taken for the whole tree", () => atPortal(async (page) => {
    let cut = 0.5;
    await page.route("**/api/v1/estate*", async (route) => {
      if (route.request().method() !== "GET" || cut === 1) return route.continue();
      const reply = await route.fetch();
      const body = await reply.body();
      return route.fulfill({ response: reply, body: body.subarray(0, Math.floor(body.length * cut)) });
    });
    const connection = await enter(page, portal.token());
    await expectAlert(connection, "it was cut off", "");
    await page.getByRole("banner").getByRole("button", { name: `${NAME} : failed` }).waitFor({ state: "attached" });
    // Without its last line, it may have been longer.
    cut = 0.9999;
    await connection.getByRole("button", { name: "Read again" }).click();
    await expectAlert(connection, "it was cut off", "");
    cut = 1;
    await connection.getByRole("button", { name: "Read again" }).click();
    await settled(page, NAME);
    await closePanel(page);
    const nodes = await portal.estate(portal.token());
    await page.getByRole("contentinfo").getByText(`${written(nodes.length + 1)} nodes`).waitFor();
  }));

  it("put off by the edge comes when it says", () => atPortal(async (page) => {
    let times = 0;
    await page.route("**/api/v1/estate*", (route) => {
      if (route.request().method() !== "GET" || (times += 1) > 1) return route.continue();
      return route.fulfill({
        status: 429, contentType: "application/problem+json",
        headers: { "retry-after": "1", "access-control-allow-origin": portal.origin, "access-control-expose-headers": "Retry-After" },
        body: JSON.stringify({ type: "urn:seatree:edge:rate-limited", title: "T", status: 429, detail: "d" }),
      });
    });
    await read(page);
    assert.equal(times, 2);
  }));
});

describe("the form", () => {
  it("adds an edge, tests it without a token, and says what is wrong", () => atPortal(async (page) => {
    await (await openPanel(page)).getByRole("button", { name: "Add a connection" }).click();
    const form = page.getByRole("form", { name: "Connection" });
    await form.getByLabel("Kind of system").selectOption("edge");
    assert.equal(await form.getByLabel("How requests get there").count(), 0, "an edge is asked directly");
    await form.getByLabel("Name", { exact: true }).fill("Another");
    await form.getByLabel("Address", { exact: true }).fill(portal.edge.url);
    await form.getByLabel("Upstream at the edge").fill("nobody");
    await form.getByRole("button", { name: "Test" }).click();
    await expectAlert(form, "The edge knows no such platform", "its name for the upstream");
    await form.getByLabel("Upstream at the edge").fill("draas");
    await form.getByRole("button", { name: "Test" }).click();
    const steps = form.getByRole("status", { name: "Result of the test" });
    await steps.getByText(`${portal.edge.url} speaks as Seatree edge`).waitFor();
    assert.equal(await steps.getByRole("alert").count(), 0);
    await form.getByRole("button", { name: "Save" }).click();
    await page.reload();
    await (await openPanel(page)).getByRole("article", { name: "Another" }).getByText("Seatree edge").first().waitFor();
  }));
});

describe("every screen of it", () => {
  const SCREENS = {
    "asks for a token": async (page) => {
      const connection = await card(page, NAME);
      await connection.getByLabel("Token", { exact: true }).waitFor();
    },
    "edits the connection": async (page) => {
      await edit(panel(page).getByRole("article", { name: NAME }));
    },
    "refuses a token": async (page) => {
      await page.getByRole("form", { name: "Connection" }).getByRole("button", { name: "Cancel" }).click();
      const connection = panel(page).getByRole("article", { name: NAME });
      await connection.getByLabel("Token", { exact: true }).fill(portal.forged());
      await connection.getByRole("button", { name: "Read with this token" }).click();
      await expectAlert(connection, "The edge does not take this token", "");
      await closePanel(page);
      await newToken(page).getByLabel("New token").waitFor();
    },
    "wants a new token": async (page) => {
      await newToken(page).getByLabel("New token").fill(portal.token({ permissions: ["read"] }));
      await page.keyboard.press("Enter");
      await settled(page, NAME);
      await swap(page, portal.ended());
      await readAgain(page);
      await closePanel(page);
      await newToken(page).getByText("The token has ended").waitFor();
    },
  };
  for (const width of [1440, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      it(`is accessible, ${width} px, ${colorScheme}`, () => atPortal(async (page) => {
        for (const [screen, reach] of Object.entries(SCREENS)) {
          await reach(page);
          assert.deepEqual(await violations(page), [], screen);
          assert.deepEqual(await sideways(page, width), [], screen);
        }
      }, { viewport: { width, height: 900 }, colorScheme }));
    }
  }

  it("works by keyboard alone", () => atPortal(async (page) => {
    await page.getByRole("button", { name: "Connections", exact: true }).focus();
    await page.keyboard.press("Enter");
    const field = panel(page).getByLabel("Token", { exact: true });
    for (let tabs = 0; tabs < 20 && !await field.evaluate((one) => one === document.activeElement); tabs += 1) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.insertText(portal.token());
    await page.keyboard.press("Enter");
    await settled(page, NAME);
    await page.keyboard.press("Escape");
    await panel(page).waitFor({ state: "hidden" });
    await swap(page, portal.ended());
    await readAgain(page);
    await expectAlert(panel(page), "The token has ended", "");
    await page.keyboard.press("Escape");
    await swap(page, null);
    const again = newToken(page).getByLabel("New token");
    await again.waitFor();
    await page.locator("main").focus();
    for (let tabs = 0; tabs < 5 && !await again.evaluate((one) => one === document.activeElement); tabs += 1) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.insertText(portal.token());
    await page.keyboard.press("Enter");
    await settled(page, NAME);
  }));
});
