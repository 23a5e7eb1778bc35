// What goes wrong for people: each one a readable sentence with a next step, and nothing lost.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { open, startBrowser, startSeatree } from "../support/page.mjs";
import { card, closePanel, settled, signInToDemo, visit } from "../support/steps.mjs";
import { startSandbox } from "../support/sandbox.mjs";
import { startUpstream } from "../support/upstream.mjs";

// The browser itself reports every refused request; that is the test's doing, not a fault.
const REFUSED = [/Failed to load resource/, /blocked by CORS policy/, /net::ERR/];

let seatree, browser;

before(async () => {
  [seatree, browser] = await Promise.all([startSeatree(), startBrowser()]);
});

after(async () => {
  await browser?.close();
  await seatree?.stop();
});

/** Opens the page, does something on it, and expects no fault but refused requests. */
async function onPage(work, at = seatree) {
  const tab = await open(browser, at.url, { expected: REFUSED });
  try {
    await work(tab.page);
    assert.deepEqual(tab.faults(), []);
  } finally {
    await tab.close();
  }
}

/** An upstream that lets the page in and answers everything with this. */
function answering(status, type, body) {
  return startUpstream((request, response) => {
    const origin = request.headers.origin ?? "*";
    response.writeHead(request.method === "OPTIONS" ? 204 : status, {
      "access-control-allow-origin": origin,
      "access-control-allow-headers": "authorization, content-type, soapaction, accept",
      "access-control-allow-methods": "GET, POST, PUT",
      "content-type": type,
    });
    response.end(request.method === "OPTIONS" ? undefined : body);
  });
}

/** Points a connection elsewhere through the form, as a person would. */
async function pointElsewhere(page, name, address) {
  const connection = await card(page, name);
  await connection.getByRole("button", { name: "Edit" }).click();
  const form = page.getByRole("form", { name: "Connection" });
  await form.getByLabel("Address", { exact: true }).fill(address);
  await form.getByRole("button", { name: "Save" }).click();
  return page.getByRole("dialog").getByRole("article", { name });
}

async function signInWithToken(connection, token = "some-token") {
  await connection.getByRole("button", { name: "Machine token" }).click();
  await connection.getByLabel("Bearer token").fill(token);
  await connection.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function expectAlert(where, sentence, nextStep) {
  const alert = where.getByRole("alert").filter({ hasText: sentence });
  await alert.waitFor();
  await alert.getByText(nextStep).first().waitFor();
}

describe("a wrong password", () => {
  it("is told, and what was typed stays", () => onPage(async (page) => {
    const connection = await card(page, "Netaxis DRaaS");
    await connection.getByLabel("User name").fill("demo");
    await connection.getByLabel("Password").fill("not this");
    await connection.getByRole("button", { name: "Sign in", exact: true }).click();
    await expectAlert(connection, "Not signed in, or no longer", "Sign in again");
    assert.equal(await connection.getByLabel("User name").inputValue(), "demo");
    assert.equal(await connection.getByLabel("Password").inputValue(), "not this");
  }));

  it("of a cluster is told too", () => onPage(async (page) => {
    const connection = await card(page, "CUCM Berlin");
    await connection.getByLabel("User name").fill("axl-reader");
    await connection.getByLabel("Password").fill("not this");
    await connection.getByRole("button", { name: "Sign in", exact: true }).click();
    await expectAlert(connection, "Not signed in, or no longer", "Sign in again");
    assert.equal(await connection.getByLabel("Password").inputValue(), "not this");
  }));
});

describe("an account that", () => {
  it("asks for a second factor is told what to do instead", () => onPage(async (page) => {
    const connection = await card(page, "Netaxis DRaaS");
    await connection.getByLabel("User name").fill("demo-2fa");
    await connection.getByLabel("Password").fill(seatree.truth.sign_in.draas.password);
    await connection.getByRole("button", { name: "Sign in", exact: true }).click();
    await expectAlert(connection, "asks for a second factor", "machine token");
  }));

  it("may not read the group is told the role it lacks", () => onPage(async (page) => {
    const connection = await card(page, "Netaxis DRaaS");
    await connection.getByLabel("User name").fill("demo-limited");
    await connection.getByLabel("Password").fill(seatree.truth.sign_in.draas.password);
    await connection.getByRole("button", { name: "Sign in", exact: true }).click();
    await expectAlert(connection, "groups.instance.licenses.list", "administrator");
  }));
});

describe("an address where", () => {
  it("nothing listens gives the likely causes", () => onPage(async (page) => {
    const connection = await pointElsewhere(page, "Netaxis DRaaS", "http://127.0.0.1:9");
    await signInWithToken(connection);
    await expectAlert(connection, "No answer from http://127.0.0.1:9", "wrong address or port");
  }));

  for (const [what, type, body, sentence, next] of [
    ["a page for people answers", "text/html", "<!doctype html><title>Log in</title>",
      "a page for people", "Something else may answer at this address"],
    ["the JSON is cut off", "application/json", '{"group":{"name":"Netaxis","distributors":[{"na',
      "cut off", "Check address, route and instance"],
    ["an error comes under 200", "application/json", '{"error":"no such instance"}',
      "no such instance", "Check this connection's settings"],
    ["the JSON is something else", "application/json", '{"hello":"world"}',
      "not a license reply", "Something else may answer"],
  ]) {
    it(`${what} gives one sentence`, async () => {
      const upstream = await answering(200, type, body);
      try {
        await onPage(async (page) => {
          const connection = await pointElsewhere(page, "Netaxis DRaaS", upstream.url);
          await signInWithToken(connection);
          await expectAlert(connection, sentence, next);
        });
      } finally {
        await upstream.stop();
      }
    });
  }
});

describe("a Live Platform that", () => {
  it("answers its list with an error under 200 is not taken for empty", async () => {
    const upstream = await answering(200, "application/json", '{"Message":"Error: tenant is locked"}');
    try {
      await onPage(async (page) => {
        const connection = await pointElsewhere(page, "Live Platform", upstream.url);
        await connection.getByLabel("Bearer token").fill("some-token");
        await connection.getByRole("button", { name: "Sign in", exact: true }).click();
        await expectAlert(connection, "tenant is locked", "Check this connection's settings");
      });
    } finally {
      await upstream.stop();
    }
  });
});

describe("a cluster that", () => {
  it("does not speak the version set is told with those it speaks", async () => {
    const other = await startSeatree({
      config: (file) => {
        file.connections[2].version = "8.5";
        return file;
      },
    });
    try {
      await onPage(async (page) => {
        await page.getByRole("button", { name: "Sign in to the demo" }).click();
        await settled(page, "CUCM Berlin");
        const connection = await card(page, "CUCM Berlin");
        await expectAlert(connection, "does not speak version 8.5 of its interface, only 14.0", "automatic");
      }, other);
    } finally {
      await other.stop();
    }
  });

  it("has a certificate nobody trusts is told as that", () => onPage(async (page) => {
    // Straight to the cluster: the browser neither trusts it nor says so.
    const connection = await card(page, "CUCM Berlin");
    await connection.getByRole("button", { name: "Edit" }).click();
    const form = page.getByRole("form", { name: "Connection" });
    await form.getByLabel("How requests get there").selectOption("direct");
    await form.getByRole("button", { name: "Test" }).click();
    await expectAlert(form, `No answer from ${seatree.cucm.cucm}`, "certificate");
  }));

  it("the edge does not trust is told as that", async () => {
    const foreign = await startSandbox(["--serve", "cucm"]);
    const own = await startSeatree({ trust: () => foreign.certificate });
    try {
      await onPage(async (page) => {
        await page.getByRole("button", { name: "Sign in to the demo" }).click();
        await settled(page, "CUCM Berlin");
        const connection = await card(page, "CUCM Berlin");
        await expectAlert(connection, "does not trust the upstream's certificate", "trustedCertificates");
      }, own);
    } finally {
      await Promise.all([own.stop(), foreign.stop()]);
    }
  });
});

describe("an upstream that stops", () => {
  it("shows its error while the other two stay usable", async () => {
    const own = await startSeatree();
    try {
      await onPage(async (page) => {
        await own.draas.stop();
        await page.getByRole("button", { name: "Sign in to the demo" }).click();
        for (const name of ["Netaxis DRaaS", "Live Platform", "CUCM Berlin"]) await settled(page, name);
        const connection = await card(page, "Netaxis DRaaS");
        await expectAlert(connection, "No answer from", "Likely causes");
        await closePanel(page);
        await visit(page, "Services");
        await page.getByRole("grid", { name: "Services" }).waitFor();
        await visit(page, "Clusters");
        await page.getByRole("grid", { name: "Licensed users" }).waitFor();
      }, own);
    } finally {
      await own.stop();
    }
  });

  it("after it was read keeps its tree on the page", async () => {
    const own = await startSeatree();
    try {
      await onPage(async (page) => {
        await signInToDemo(page);
        await own.draas.stop();
        const connection = await card(page, "Netaxis DRaaS");
        await connection.getByRole("button", { name: "Read again" }).click();
        await expectAlert(connection, "No answer from", "Likely causes");
        await closePanel(page);
        await page.getByRole("row", { name: own.truth.draas.group.name }).first().waitFor();
      }, own);
    } finally {
      await own.stop();
    }
  });
});

describe("an access token that ran out", () => {
  it("is renewed without asking anybody", () => onPage(async (page) => {
    await signInToDemo(page);
    const expired = await fetch(`${seatree.draas.draas}/_sandbox/expire-tokens`, { method: "POST" });
    assert.ok(expired.ok);
    const connection = await card(page, "Netaxis DRaaS");
    await connection.getByRole("button", { name: "Read again" }).click();
    await connection.getByText("Read at").waitFor();
  }));
});

describe("a set-up file", () => {
  it("with a mistake names the field, and connections can still be added", async () => {
    const own = await startSeatree({
      config: (file) => {
        file.connections[0].kind = "dras";
        return file;
      },
    });
    try {
      await onPage(async (page) => {
        await page.getByRole("alert").getByText('connections[0].kind: "dras" is none of').waitFor();
        await page.getByRole("button", { name: "Connect a system" }).click();
        await page.getByRole("form", { name: "Connection" }).waitFor();
      }, own);
    } finally {
      await own.stop();
    }
  });

  it("that is missing leads to the first screen", async () => {
    const own = await startSeatree({ config: () => null });
    try {
      await onPage(async (page) => {
        await page.getByRole("heading", { name: "Every seat in one tree" }).waitFor();
      }, own);
    } finally {
      await own.stop();
    }
  });
});
