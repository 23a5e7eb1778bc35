// Clusters of every age: what each can tell is shown, and why not the rest.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { onPage, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { USERS, settled, signInToDemo, visit } from "../support/steps.mjs";

let seatree, browser;

before(async () => {
  const start = startSeatree({ sandbox: ["--users", "60"], releases: ["14.0", "9.1", "8.5"] });
  [seatree, browser] = await together([start, startBrowser()]);
});

/** The page of one cluster, once all were read. */
const onCluster = (name, work) => onPage(browser, seatree.url, {}, async (page) => {
  await signInToDemo(page);
  for (const other of ["CUCM 9.1", "CUCM 8.5"]) await settled(page, other);
  await visit(page, "Clusters");
  await page.getByRole("group", { name: "Cluster" }).getByRole("button", { name }).click();
  await work(page);
});

/** The rows of a table of figures, by name. */
async function figures(page, name) {
  const rows = await page.getByRole("table", { name }).getByRole("row").all();
  const cells = await Promise.all(rows.slice(1).map(async (row) => [
    await row.getByRole("rowheader").innerText(),
    (await row.getByRole("cell").allInnerTexts()).map((text) => text.trim()),
  ]));
  return Object.fromEntries(cells);
}

describe("a cluster of release 9.1", () => {
  it("shows totals and users from its database, marked as such", () =>
    onCluster("CUCM 9.1", async (page) => {
      await page.getByText("by SQL", { exact: false }).first().waitFor();
      const cluster = seatree.truth.cucm_clusters[1];
      const read = await figures(page, "Licenses required per type");
      for (const [type, count] of Object.entries(cluster.total)) {
        assert.equal(read[type]?.[0], String(count), type);
      }
      const users = page.getByRole(USERS.role, { name: USERS.name });
      // Its table has a row for everybody who requires a license, and for some who do not.
      const listed = Number(await users.getAttribute("aria-rowcount")) - 1;
      assert.ok(listed >= cluster.users - cluster.without_license && listed <= cluster.users, `${listed}`);
      await page.getByText(`${listed} users listed`).waitFor();
      // What the release does not tell is unknown, and not "none".
      const license = users.getByRole("row").nth(1).getByRole("gridcell").nth(2);
      assert.equal((await license.innerText()).trim(), "–");
    }));

  it("explains a user as far as its database tells", () => onCluster("CUCM 9.1", async (page) => {
    await page.getByRole(USERS.role, { name: USERS.name }).getByRole("row").nth(2).click();
    const why = page.getByRole("complementary", { name: "Why this license" });
    await why.getByText("CUCM 9.1 has no operation for this; it came with 10.5.").waitFor();
    await why.getByText("The cluster does not say which license this user requires.").waitFor();
  }));

  it("is filtered, having no search, also when another cluster was searched before", () =>
    onCluster("CUCM Berlin", async (page) => {
      await page.getByRole("button", { name: "Search on the cluster" }).click();
      await page.getByRole("search", { name: "Search on the cluster" }).waitFor();
      await page.getByRole("group", { name: "Cluster" }).getByRole("button", { name: "CUCM 9.1" }).click();
      const users = page.getByRole(USERS.role, { name: USERS.name });
      await users.getByRole("row").nth(3).waitFor();
      assert.equal(await page.getByRole("button", { name: "Search on the cluster" }).count(), 0);
      await page.getByLabel("SNR").selectOption("unknown");
      await page.getByText("Nobody here is what you look for.").waitFor();
    }));

  it("says why it has no Smart Licensing status", () => onCluster("CUCM 9.1", async (page) => {
    await page.getByText("What this cluster can tell").click();
    const line = page.getByRole("listitem").filter({ hasText: "Smart Licensing status" });
    await line.filter({ hasText: "it came with 12.5" }).waitFor();
  }));
});

describe("a cluster of release 8.5", () => {
  it("shows its device license units, owned and used", () =>
    onCluster("CUCM 8.5", async (page) => {
      const read = await figures(page, "Device license units");
      const [authorized, used, remaining] = read.Phones.map((text) => Number(text.replace(/\D/g, "")));
      assert.ok(authorized > 0 && used > 0, JSON.stringify(read));
      assert.equal(authorized - used, remaining);
      // There are no licensed users to list, and no empty grid in their place.
      assert.equal(await page.getByRole(USERS.role, { name: USERS.name }).count(), 0);
    }));

  it("lists what its users were enabled for", () => onCluster("CUCM 8.5", async (page) => {
    await page.getByRole("button", { name: "List them" }).click();
    const { users } = seatree.truth.cucm_clusters[2];
    await page.getByText(`${users} users, read at`).waitFor();
    const grid = page.getByRole("grid", { name: "Capabilities of the users" });
    assert.equal(await grid.getAttribute("aria-rowcount"), String(users + 1));
    const texts = (await grid.getByRole("row").nth(1).getByRole("gridcell").allInnerTexts()).map((text) => text.trim());
    assert.ok(texts.every((text) => ["enabled", "no"].includes(text)), texts.join());
  }));
});
