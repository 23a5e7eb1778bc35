// What goes wrong for people: each one a readable sentence with a next step, and nothing lost.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { startEdge } from "../support/edge.mjs";
import { onPage, startBrowser, written } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSandbox } from "../support/sandbox.mjs";
import { edgeConfiguration, startSeatree, startSite } from "../support/seatree.mjs";
import {
  card, closePanel, edit, expectAlert, openPanel, panel, settled, signInToDemo, signInWithPassword,
  signInWithToken, visit,
} from "../support/steps.mjs";
import { startUpstream } from "../support/upstream.mjs";

// A port where nothing listens on a machine like this.
const NOBODY = "http://127.0.0.1:9";

// Each test has a page of its own, and mostly waits.
const APART = { concurrency: 3 };

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
});

/** Does something on the page, and expects no complaint but requests refused by one address. */
const withRefusals = (address, work, at = seatree) =>
  onPage(browser, at.url, { refusals: address ? [address] : [] }, work);

/** An upstream that lets the page in and answers everything with this. */
function answering(type, body) {
  return startUpstream((request, response) => {
    const cors = {
      "access-control-allow-origin": request.headers.origin ?? "*",
      "access-control-allow-headers": "authorization, content-type, soapaction, accept",
      "access-control-allow-methods": "GET, POST, PUT",
    };
    if (request.method === "OPTIONS") return response.writeHead(204, cors).end();
    return response.writeHead(200, { ...cors, "content-type": type }).end(body);
  });
}

/** Changes fields of a connection through its form, and gives its card. */
async function change(page, name, fields) {
  const form = await edit(await card(page, name));
  for (const [label, value] of Object.entries(fields)) {
    await form.getByLabel(label, { exact: true }).fill(value);
  }
  await form.getByRole("button", { name: "Save" }).click();
  return panel(page).getByRole("article", { name });
}

async function useToken(connection, token = "some-token") {
  await connection.getByRole("button", { name: "Machine token" }).click();
  await signInWithToken(connection, token);
}

describe("a wrong password", APART, () => {
  for (const [name, username, refusedBy] of [
    ["Netaxis DRaaS", "demo", () => seatree.addresses.draas],
    ["CUCM Berlin", "axl-reader", () => seatree.edge.url],
  ]) {
    it(`for ${name} is told, and what was typed stays`, () =>
      withRefusals(refusedBy(), async (page) => {
        const connection = await card(page, name);
        await signInWithPassword(connection, username, "not this");
        await expectAlert(connection, "Not signed in, or no longer", "Sign in again");
        assert.equal(await connection.getByLabel("User name").inputValue(), username);
        assert.equal(await connection.getByLabel("Password").inputValue(), "not this");
      }));
  }

  it("typed again rightly reads the tree", () =>
    withRefusals(seatree.addresses.draas, async (page) => {
      const { username, password } = seatree.truth.sign_in.draas;
      const connection = await card(page, "Netaxis DRaaS");
      await signInWithPassword(connection, username, "not this");
      await expectAlert(connection, "Not signed in, or no longer", "Sign in again");
      await signInWithPassword(connection, username, password);
      await connection.getByText("Read at").waitFor();
      assert.equal(await connection.getByRole("alert").filter({ hasText: /./ }).count(), 0);
    }));
});

describe("a sign-in without all that it needs", () => {
  it("says what is missing, and asks nobody", () => withRefusals(null, async (page) => {
    const connection = await card(page, "Netaxis DRaaS");
    await signInWithPassword(connection, "demo", "");
    await expectAlert(connection, "Enter user name and password first", "");
    assert.equal(await connection.getByLabel("User name").inputValue(), "demo");
    await connection.getByText("Not signed in").waitFor();
  }));
});

describe("an account that", APART, () => {
  const as = (username, work) => withRefusals(seatree.addresses.draas, async (page) => {
    const connection = await card(page, "Netaxis DRaaS");
    await signInWithPassword(connection, username, seatree.truth.sign_in.draas.password);
    await work(connection);
  });

  it("asks for a second factor gets a form for the code, and may mistype it", () =>
    as("demo-2fa", async (connection) => {
      const form = connection.getByRole("form", { name: "Code for Netaxis DRaaS" });
      await form.getByText("authenticator app").waitFor();
      assert.equal(await connection.getByLabel("Password").isVisible(), false);
      const code = form.getByLabel("Code", { exact: true });
      await code.fill("000 000");
      await form.getByRole("button", { name: "Send code" }).click();
      await expectAlert(connection, "The code was refused", "The password is not asked for again");
      assert.equal(await code.inputValue(), "000 000");
      await code.fill("123456");
      await code.press("Enter");
      await connection.getByText("Read at").waitFor();
      assert.equal(await form.count(), 0);
    }));

  it("starts the sign-in over keeps what was typed before the code", () =>
    as("demo-2fa", async (connection) => {
      const form = connection.getByRole("form", { name: "Code for Netaxis DRaaS" });
      await form.getByRole("button", { name: "Start over" }).click();
      await connection.getByText("Not signed in").waitFor();
      assert.equal(await connection.getByLabel("User name").inputValue(), "demo-2fa");
    }));

  it("may not read the group is told the role it lacks", () => as("demo-limited", (connection) =>
    expectAlert(connection, "groups.instance.licenses.list", "Ask the upstream's administrator")));
});

describe("an access token that ran out", () => {
  it("does not keep the session from ending when one signs out", () =>
    withRefusals(seatree.addresses.draas, async (page) => {
      const connection = await card(page, "Netaxis DRaaS");
      const { username, password } = seatree.truth.sign_in.draas;
      await signInWithPassword(connection, username, password);
      await connection.getByText("Read at").waitFor();
      await fetch(`${seatree.addresses.draas}/_sandbox/expire-tokens`, { method: "POST" });
      const ended = page.waitForResponse((reply) => reply.url().includes("/auth/logout") && reply.ok());
      await connection.getByRole("button", { name: "Sign out" }).click();
      await connection.getByText("Not signed in").waitFor();
      await ended;
    }));

  it("is renewed without asking anybody", () =>
    withRefusals(seatree.addresses.draas, async (page) => {
      await signInToDemo(page);
      const expired = await fetch(`${seatree.addresses.draas}/_sandbox/expire-tokens`, { method: "POST" });
      assert.ok(expired.ok);
      const answers = [];
      page.on("response", (reply) => {
        if (reply.url().includes("/licenses")) answers.push(reply.status());
      });
      const connection = await card(page, "Netaxis DRaaS");
      const read = page.waitForResponse((reply) => reply.url().includes("/licenses") && reply.ok());
      await connection.getByRole("button", { name: "Read again" }).click();
      await read;
      await connection.getByText("Read at").waitFor();
      assert.deepEqual(answers, [401, 200]);
    }));
});

describe("an address where", APART, () => {
  it("nothing listens gives the likely causes", () => withRefusals(NOBODY, async (page) => {
    const connection = await change(page, "Netaxis DRaaS", { Address: NOBODY });
    await useToken(connection);
    await expectAlert(connection, `No answer from ${NOBODY}`, "a wrong address or port");
  }));

  for (const [what, type, body, sentence, next] of [
    ["a page for people answers", "text/html", "<!doctype html><title>Log in</title>",
      "a page for people", "Something else may answer at this address"],
    ["the JSON is cut off", "application/json", '{"group":{"name":"Netaxis","distributors":[{"na',
      "cut off", "Check address, route and instance"],
    ["an error comes under 200", "application/json", '{"error":"no such instance"}',
      "no such instance", "Check this connection's settings"],
    ["the JSON is something else", "application/json", '{"hello":"world"}',
      "The reply is not", "Something else may answer"],
    ["nothing comes under 200", "application/json", "", "The reply is not", "Something else may answer"],
  ]) {
    it(`${what} gives one sentence, and can be mended`, async () => {
      const upstream = await answering(type, body);
      await withRefusals(null, async (page) => {
        let connection = await change(page, "Netaxis DRaaS", { Address: upstream.url });
        await useToken(connection);
        await expectAlert(connection, sentence, next);
        await closePanel(page);
        connection = await change(page, "Netaxis DRaaS", { Address: seatree.addresses.draas });
        await useToken(connection, seatree.truth.sign_in.draas.machine_token);
        await connection.getByText("Read at").waitFor();
      });
      await upstream.stop();
    });
  }
});

describe("a Live Platform that", APART, () => {
  it("answers its list with an error under 200 is not taken for empty", async () => {
    const upstream = await answering("application/json", '{"Message":"Error: tenant is locked"}');
    await withRefusals(null, async (page) => {
      const connection = await change(page, "Live Platform", { Address: upstream.url });
      await signInWithToken(connection, "some-token");
      await expectAlert(connection, "tenant is locked", "Check this connection's settings");
    });
    await upstream.stop();
  });

  it("takes the token for wrong says so", () =>
    withRefusals(seatree.addresses.live, async (page) => {
      const connection = await card(page, "Live Platform");
      await signInWithToken(connection, "not-this");
      await expectAlert(connection, "Not signed in, or no longer", "Sign in again");
      assert.equal(await connection.getByLabel("Bearer token").inputValue(), "not-this");
    }));
});

describe("a cluster that", APART, () => {
  const signIn = (connection) => {
    const { username, password } = seatree.truth.sign_in.cucm;
    return signInWithPassword(connection, username, password);
  };

  it("does not speak the version set is told with those it speaks", () =>
    withRefusals(seatree.edge.url, async (page) => {
      const connection = await change(page, "CUCM Berlin", { "AXL version": "8.5" });
      await signIn(connection);
      await expectAlert(connection, "does not speak version 8.5 of its interface, only", "Choose one of the server's versions");
      await connection.getByRole("alert").filter({ hasText: "14.0" }).waitFor();
    }));

  it("has a certificate that the browser does not trust is told as a likely cause", () =>
    withRefusals(seatree.addresses.cucm, async (page) => {
      const form = await edit(await card(page, "CUCM Berlin"));
      await form.getByLabel("How requests get there").selectOption("direct");
      await form.getByRole("button", { name: "Test" }).click();
      await expectAlert(form, `No answer from ${seatree.addresses.cucm}`, "a certificate this machine does not trust");
    }));

  it("has a certificate that the edge does not trust is told as that", async () => {
    const foreign = await startSandbox(["--serve", "cucm"]);
    const origin = new URL(seatree.url).origin;
    const edge = await startEdge({
      configuration: edgeConfiguration(origin, seatree.addresses), authority: foreign.certificate,
    });
    await withRefusals(edge.url, async (page) => {
      const connection = await change(page, "CUCM Berlin", { "Address of the proxy or edge": edge.url });
      await signIn(connection);
      await expectAlert(connection, "does not trust the upstream's certificate", "trustedCertificates");
    });
    await Promise.all([edge.stop(), foreign.stop()]);
  });

  it("the edge does not know is told to be looked for at the edge", () => withRefusals(seatree.edge.url, async (page) => {
    const connection = await change(page, "CUCM Berlin", { "The edge's name for the upstream": "nobody" });
    await signIn(connection);
    await expectAlert(connection, `No answer from ${seatree.edge.url}`, "Likely causes");
  }));
});

describe("an upstream that stops", () => {
  it("keeps its tree on the page, and shows its error while the other two stay usable", async () => {
    const own = await startSeatree();
    const { group, teams } = own.truth.draas;
    await withRefusals(own.addresses.draas, async (page) => {
      await signInToDemo(page);
      await own.draas.stop();
      const connection = await card(page, "Netaxis DRaaS");
      await connection.getByRole("button", { name: "Read again" }).click();
      await expectAlert(connection, `No answer from ${own.addresses.draas}`, "Likely causes");
      await closePanel(page);
      const row = page.getByRole("treegrid", { name: "Licenses" }).getByRole("row", { name: group.name });
      await row.filter({ hasText: written(teams.assigned) }).first().waitFor();
    }, own);
    await withRefusals(own.addresses.draas, async (page) => {
      await page.getByRole("button", { name: "Sign in to the demo" }).click();
      for (const name of ["Netaxis DRaaS", "Live Platform", "CUCM Berlin"]) await settled(page, name);
      await openPanel(page);
      const connection = panel(page).getByRole("article", { name: "Netaxis DRaaS" });
      await expectAlert(connection, `No answer from ${own.addresses.draas}`, "Likely causes");
      await closePanel(page);
      await visit(page, "Services");
      const services = page.getByRole("grid", { name: "Services" });
      await services.getByRole("row", { name: own.truth.live_platform.services[0].name }).waitFor();
      await visit(page, "Clusters");
      await page.getByText(`${written(own.truth.cucm.users)} users listed`).waitFor();
    }, own);
    await own.stop();
  });
});

describe("a set-up file", APART, () => {
  const withFile = async (settings, refusals, work) => {
    const site = await startSite();
    if (settings) await site.configure(settings);
    await onPage(browser, site.url, { refusals: refusals.map((path) => site.url + path) }, work);
    await site.stop();
  };

  it("with a mistake names the field, and connections can still be added", () => {
    const connection = { id: "a", name: "A", kind: "dras", address: "https://a.example.net" };
    const settings = { version: 1, connections: [connection] };
    return withFile(settings, [], async (page) => {
      await expectAlert(page, 'connections[0].kind: "dras" is none of', "Mend it on the host");
      await page.getByRole("button", { name: "Connect a system" }).click();
      await page.getByRole("form", { name: "Connection" }).waitFor();
    });
  });

  it("that is no JSON says where", () => withFile('{"version": 1,', [], (page) =>
    expectAlert(page, /seatree\.json|line 1/, "Mend it on the host")));

  it("that is missing leads to the first screen", () => withFile(null, ["seatree.json"], async (page) => {
    await page.getByRole("heading", { name: "Every seat in one tree" }).waitFor();
    assert.equal(await page.getByRole("alert").filter({ hasText: /./ }).count(), 0);
  }));
});
