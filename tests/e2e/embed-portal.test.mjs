// The example of a portal, with its visitors, its tokens and all of its elements.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { newKey } from "../../crates/edge/deploy/mint-token.mjs";
import { startPortal } from "../../examples/portal/portal.mjs";
import { AUDIENCE, ISSUER, startHost } from "../support/embed.mjs";
import { onPage, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { TREE, USERS } from "../support/steps.mjs";

const key = newKey("portal");
const settings = { port: 0, draas: "draas", cucm: "cucm", issuer: ISSUER, audience: AUDIENCE, key, visitors: [] };

let host, browser, portal;

before(async () => {
  portal = await startPortal(settings);
  [host, browser] = await together([startHost({ also: [new URL(portal.url).origin], key }), startBrowser()]);
  const { reseller, tenant } = host.truth.draas.samples;
  const visitor = (name, scope, { name: company }) =>
    ({ name, password: `${name}'s own`, company, scope, opens: `${scope} upstream:cucm` });
  Object.assign(settings, {
    seatree: host.site, edge: host.edge,
    visitors: [visitor("Rita", `reseller:${reseller.uuid}`, reseller), visitor("Theo", `tenant:${tenant.uuid}`, tenant)],
  });
});
after(() => portal?.stop());

const as = (name, work) => onPage(browser, portal.url, {}, async (page) => {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Password").fill(`${name}'s own`);
  await page.getByRole("button", { name: "Sign in" }).click();
  await work(page);
});

const tree = (page) => page.getByRole(TREE.role, { name: TREE.name });

/** Rows of the tree in sight, below what stands above all. */
const tops = (page) => tree(page).getByRole("row", { level: 2 });

describe("the example of a portal", () => {
  it("shows each visitor their own part, in all three elements", async () => {
    const { reseller, tenant } = host.truth.draas.samples;
    for (const [name, company, kind] of [["Rita", reseller.name, "reseller"], ["Theo", tenant.name, "tenant"]]) {
      await as(name, async (page) => {
        await tops(page).first().waitFor();
        assert.deepEqual(await tops(page).locator(".label").allInnerTexts(), [company]);
        assert.equal(await tops(page).locator(".kind").getAttribute("aria-label"), kind);
        await page.getByRole("region", { name: "Key figures" }).getByText("Teams users").waitFor();
        await page.getByRole(USERS.role, { name: USERS.name }).getByRole("row").nth(2).waitFor();
        // Neither the address nor the document holds a token.
        const shown = await page.evaluate(() => location.href + document.documentElement.outerHTML);
        assert.doesNotMatch(shown, /eyJ/);
      });
    }
  });

  it("shows the same in a frame, which gets its token by message", () => as("Rita", async (page) => {
    await page.getByRole("link", { name: "In a frame" }).click();
    const framed = page.frameLocator("iframe").getByRole(TREE.role, { name: TREE.name });
    await framed.getByText(host.truth.draas.samples.reseller.name, { exact: true }).first().waitFor();
    await page.waitForFunction(() => document.querySelector("iframe").height === "560");
  }));

  it("gives nobody else a token", async () => {
    const ask = (headers = {}) => fetch(new URL("token", portal.url), { method: "POST", headers });
    assert.equal((await ask()).status, 401);
    assert.equal((await ask({ origin: "https://elsewhere.example" })).status, 403);
    const signIn = await fetch(new URL("sign-in", portal.url), {
      method: "POST", body: new URLSearchParams({ name: "Rita", password: "Theo's own" }), redirect: "manual",
    });
    assert.equal(signIn.status, 403);
    assert.equal(signIn.headers.get("set-cookie"), null);
    await onPage(browser, portal.url, {}, (page) => page.getByRole("button", { name: "Sign in" }).waitFor());
  });
});
