// A DRaaS connection that does not say what to read: the account's own is found out.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { onPage, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSandbox, truth } from "../support/sandbox.mjs";
import { startSite } from "../support/seatree.mjs";
import { TREE, card, closePanel, expectAlert, findRow, signInWithPassword } from "../support/steps.mjs";

let site, draas, served, browser;

before(async () => {
  served = truth(["--size", "600"]);
  [site, browser] = await together([startSite(), startBrowser()]);
  draas = await startSandbox(["--serve", "draas", "--size", "600", "--origin", site.origin]);
  const connection = {
    id: "netaxis", name: "Netaxis DRaaS", kind: "draas", address: draas.draas,
    instance: served.draas.instance, prefix: served.draas.prefix, route: { style: "direct" },
  };
  await site.configure({ version: 1, connections: [connection] });
});

const signedIn = (username, work) =>
  onPage(browser, site.url, { refusals: [draas.draas] }, async (page) => {
    const connection = await card(page, "Netaxis DRaaS");
    await signInWithPassword(connection, username, served.sign_in.draas.password);
    await work(page, connection);
  });

describe("an account that administers", () => {
  it("a group reads all of it", () => signedIn("demo", async (page, connection) => {
    await connection.getByText("Read at").waitFor();
    await closePanel(page);
    await findRow(page, TREE, served.draas.group.name);
  }));

  it("a whole system reads every group", () => signedIn("demo-system", async (page, connection) => {
    await connection.getByText("Read at").waitFor();
    await closePanel(page);
    await findRow(page, TREE, served.draas.group.name);
  }));

  it("several things reads each of them, and none twice", () =>
    onPage(browser, site.url, {}, async (page) => {
      const asked = [];
      page.on("response", (reply) => {
        const level = reply.ok() && reply.url().match(/(\w+)\/[^/]+\/licenses\?detailed=true$/)?.[1];
        if (level) asked.push(level);
      });
      const connection = await card(page, "Netaxis DRaaS");
      await signInWithPassword(connection, "demo-several", served.sign_in.draas.password);
      await connection.getByText("Read at").waitFor();
      // The tenant stands below the distributor, and came with it.
      assert.deepEqual(asked, ["distributors", "resellers"]);
      await closePanel(page);
      await findRow(page, TREE, served.draas.samples.distributor.name, 2);
    }));

  it("nothing is told so", () => signedIn("demo-nobody", async (page, connection) => {
    await expectAlert(connection, "finding out what this account manages", "Ask the upstream's administrator");
    await connection.getByText("Technical details").click();
    await connection.getByText("administers nothing").waitFor();
  }));
});
