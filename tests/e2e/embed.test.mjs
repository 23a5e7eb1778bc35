// Seatree's elements on a portal's page, whose policy is as strict as docs/embedding.md allows.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { newKey } from "../../crates/edge/deploy/mint-token.mjs";
import { violations } from "../support/axe.mjs";
import { giving, startHost, tag, told } from "../support/embed.mjs";
import { saved } from "../support/files.mjs";
import { onPage, startBrowser } from "../support/page.mjs";
import { together, until } from "../support/processes.mjs";
import { findRow, TREE, USERS } from "../support/steps.mjs";

let host, browser;

before(async () => {
  [host, browser] = await together([startHost(), startBrowser()]);
});

/** Shows elements on the portal's page, and expects no complaint of it. */
const on = (html, work, { token = host.token(), script = "", style = "", ...options } = {}) => {
  host.show({ html, style, script: giving(token) + script });
  return onPage(browser, host.url, options, work);
};

const tree = (page) => page.getByRole(TREE.role, { name: TREE.name });

/** Everything of the reseller, as the platform itself has it. */
async function ofReseller() {
  const { samples: { reseller }, instance } = host.truth.draas;
  const headers = { authorization: `Bearer ${host.truth.sign_in.draas.machine_token}` };
  const reply = await fetch(`${host.draas}/api/v01/draas/${instance}/resellers/${reseller.uuid}/licenses?detailed=true`, { headers });
  const nodes = [];
  const visit = (node) => {
    nodes.push(node);
    for (const below of Object.values(node)) if (Array.isArray(below)) below.forEach(visit);
  };
  visit((await reply.json()).reseller);
  return nodes;
}

/** A tenant of the reseller whose name no other has. */
async function someTenant() {
  const nodes = await ofReseller();
  return nodes.find(({ name, subscriptions }) => subscriptions && /^\w[\w &.]+$/.test(name) && nodes.filter((one) => one.name === name).length === 1);
}

describe("the tree on a portal's page", () => {
  it("shows a reseller's visitor exactly its part, and leaves the page alone", () => on(tag(host, "tree"), async (page) => {
    const nodes = await ofReseller();
    assert.equal((await told(page, "ready")).nodes, nodes.length);
    await page.getByLabel("Expand to").selectOption("Everything");
    // With the header's two rows and what stands above all of it.
    await page.waitForFunction((rows) => document.querySelector("seatree-tree").shadowRoot
      .querySelector("[role=treegrid]").ariaRowCount === String(rows), nodes.length + 3);
    await findRow(page, TREE, host.truth.draas.samples.reseller.name);
    const left = await page.evaluate(() => [location.href, localStorage.length, sessionStorage.length, document.cookie]);
    assert.deepEqual(left, [host.url, 0, 0, ""]);
    assert.deepEqual(await page.evaluate(() => told.filter(([event]) => event === "csp")), []);
  }));

  it("is told of every thing a portal may want to know", () => on(tag(host, "tree"), async (page) => {
    await told(page, "ready");
    const { name, uuid } = host.truth.draas.samples.reseller;
    await (await findRow(page, TREE, name)).click();
    const { id, kind, licenses } = await told(page, "select");
    assert.deepEqual([id, kind], [`reseller:${uuid}`, "reseller"]);
    assert.equal(licenses.sipTrunkChannels.inUse, null);
    assert.equal(typeof licenses.msTeamsUsers.available, "number");
    await page.waitForFunction(() => told.some(([event, counts]) => event === "finding" && counts.near > 0));
  }));

  it("does what its attributes and methods say", () => on(tag(host, "tree"), async (page) => {
    await told(page, "ready");
    const set = (name, value) => page.evaluate(([name, value]) => document.getElementById("tree").setAttribute(name, value), [name, value]);
    await set("filter", "find=near");
    await tree(page).page().getByText(/^\d+ matches$/).waitFor();
    await page.evaluate(() => document.getElementById("tree").removeAttribute("filter"));
    await page.getByText(/^\d+ matches$/).waitFor({ state: "detached" });
    await set("columns", "msTeamsUsers.inUse");
    await page.getByRole("columnheader", { name: "In use" }).waitFor();
    await page.getByRole("columnheader", { name: "Available" }).waitFor({ state: "detached" });
    await set("theme", "dark");
    await page.locator(".frame[data-theme=dark]").waitFor();
    await set("density", "dense");
    await set("height", "300");
    await page.waitForFunction(() => document.getElementById("tree").getBoundingClientRect().height === 300);
    // Without taking the focus from the page.
    const { name, uuid } = await someTenant();
    assert.equal(await page.evaluate((id) => document.getElementById("tree").reveal(id), `tenant:${uuid}`), true);
    await tree(page).getByText(name, { exact: true }).first().waitFor();
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    assert.equal(await page.evaluate(() => document.getElementById("tree").reveal("nonsense")), false);
    const file = await saved(page, () => page.evaluate(() => document.getElementById("tree").export("csv")));
    assert.match(file.name, /^seatree-licenses-.*\.csv$/);
    assert.ok(file.bytes.includes(name));
    await assert.rejects(page.evaluate(() => document.getElementById("tree").export("pdf")), /csv, xlsx and json/);
  }));

  it("takes another token once one has ended, and keeps its place", () => {
    const short = host.token({ exp: Math.floor(Date.now() / 1000) + 4 });
    return on(tag(host, "tree"), async (page) => {
      await told(page, "ready");
      const { name } = host.truth.draas.samples.reseller;
      const row = await findRow(page, TREE, name);
      await row.focus();
      await page.keyboard.press("ArrowRight");
      const { uuid } = host.truth.draas.samples.reseller;
      await until("the token's end", async () => {
        const headers = { authorization: `Bearer ${short}`, origin: host.origin };
        const { status } = await fetch(`${host.edge}/api/v1/node/reseller:${uuid}?upstream=draas`, { headers });
        return status === 401;
      });
      await page.evaluate(() => document.getElementById("tree").refresh());
      await told(page, "ready", "tree", 2);
      assert.deepEqual(await page.evaluate(() => told.filter(([event]) => event === "token-needed").map(([, { reason }]) => reason)), ["missing", "expired"]);
      assert.deepEqual(await page.evaluate(() => told.filter(([event]) => event === "error")), []);
      const focused = await page.evaluate(() => document.getElementById("tree").shadowRoot.activeElement?.innerText);
      assert.ok(focused.includes(name), focused);
    }, {
      token: short, refusals: [host.edge],
      script: `addEventListener("seatree-token-needed", ({ target, detail }) => {
        if (detail.reason === "expired") target.token = async () => ${JSON.stringify(host.token())};
      });`,
    });
  });

  it("says that a forged token was refused, and tries again when asked to", () => on(tag(host, "tree"), async (page) => {
    const [forged, good] = [host.token({}, newKey("portal")), host.token()];
    await page.evaluate(([forged, good]) => {
      let times = 0;
      document.getElementById("tree").token = () => (times++ ? good : forged);
    }, [forged, good]);
    const alert = page.getByRole("alert").filter({ hasText: "Your licenses could not be opened" });
    await alert.filter({ hasText: "Reload the page or sign in to the portal again" }).waitFor();
    await told(page, "error");
    assert.deepEqual(await page.evaluate(() => told.filter(([event]) => event === "ready")), []);
    assert.equal(await tree(page).count(), 0);
    await alert.getByRole("button", { name: "Try again" }).click();
    await told(page, "ready");
    await alert.waitFor({ state: "detached" });
    assert.deepEqual(await page.evaluate(() => told.filter(([event]) => event === "token-needed").map(([, { reason }]) => reason)), ["missing", "refused", "again"]);
  }, { token: "", refusals: [host.edge] }));

  it("reads nothing of another reseller", () => on(
    tag(host, "tree", { scope: `group:${host.truth.draas.group.uuid}` }),
    async (page) => {
      await page.getByRole("alert").waitFor();
      await told(page, "error");
      assert.deepEqual(await page.evaluate(() => told.filter(([event]) => event === "ready")), []);
    },
    { refusals: [host.edge] },
  ));
});

describe("limits on a portal's page", () => {
  const writing = () => ({ token: host.token({ permissions: ["read", "limits:write"] }) });
  const focusSubscription = async (page) => {
    await told(page, "ready");
    await page.getByLabel("Expand to").selectOption("Everything");
    const row = tree(page).getByRole("row").filter({ has: page.getByRole("img", { name: "subscription" }) }).first();
    await row.focus();
    await page.keyboard.press("F2");
  };
  const field = (page) => page.getByRole("textbox", { name: "New limit of Teams users" });

  it("are changed where the token permits it, reviewed and confirmed as on the page", () => on(tag(host, "tree", { height: 700 }), async (page) => {
    await focusSubscription(page);
    await field(page).fill("700");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "1 change is not sent yet: review it" }).click();
    await page.getByRole("button", { name: "Send…" }).click();
    await page.getByRole("dialog", { name: "Send these changes?" }).getByRole("button", { name: "Send 1 change" }).click();
    await page.getByText("1 limit is as wanted.").waitFor();
    await page.getByRole("button", { name: "Back to the licenses" }).click();
    await tree(page).getByText("700", { exact: true }).first().waitFor();
    assert.equal(await page.evaluate(() => location.href + localStorage.length), `${host.url}0`);
  }, writing()));

  it("are only looked at where the element says so", () => on(tag(host, "tree", { height: 700, "read-only": "" }), async (page) => {
    await focusSubscription(page);
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Details" }).getByRole("heading", { name: "Ids" }).waitFor();
    assert.equal(await field(page).count(), 0);
  }, writing()));
});

describe("what elements cost a page", () => {
  it("fetches nothing before an element is there, and all of it once", async () => {
    host.show({ html: "<main></main>", script: giving(host.token()) });
    await onPage(browser, host.url, {}, async (page) => {
      const asked = [];
      page.on("request", (request) => { if (request.url().startsWith(host.site)) asked.push(new URL(request.url()).pathname); });
      await page.reload({ waitUntil: "networkidle" });
      assert.deepEqual(asked, ["/embed.js"]);
      await page.evaluate(([html, token]) => {
        document.querySelector("main").innerHTML = html;
        for (const element of document.querySelectorAll("main > *")) element.token = token;
      }, [tag(host, "tree") + tag(host, "summary") + tag(host, "tree", { id: "other" }), host.token()]);
      for (const id of ["tree", "summary", "other"]) await told(page, "ready", id);
      assert.deepEqual(asked.filter((path, at) => asked.indexOf(path) !== at), []);
      for (const kind of [/_bg\.wasm$/, /^\/embed-\w+\.css$/]) assert.equal(asked.filter((path) => kind.test(path)).length, 1);
    });
  });

  it("leaves nothing behind when it is added and removed a hundred times", () => on("<main></main>", async (page) => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send("Performance.enable");
    const rounds = (count) => page.evaluate(async ([html, token, count]) => {
      const main = document.querySelector("main");
      for (let round = 0; round < count; round += 1) {
        main.innerHTML = html;
        const ready = new Promise((resolve) => { main.firstChild.addEventListener("seatree-ready", resolve); });
        main.firstChild.token = token;
        await ready;
        main.replaceChildren();
        await new Promise((resolve) => { setTimeout(resolve); });
      }
      told.length = 0;
    }, [tag(host, "tree"), host.token(), count]);
    const held = async () => {
      for (let turn = 0; turn < 3; turn += 1) {
        await cdp.send("HeapProfiler.collectGarbage");
        await page.evaluate(() => new Promise((resolve) => { requestIdleCallback(resolve); }));
      }
      const { metrics } = await cdp.send("Performance.getMetrics");
      const of = (name) => metrics.find((metric) => metric.name === name).value;
      return { heap: of("JSHeapUsedSize"), nodes: of("Nodes"), listeners: of("JSEventListeners") };
    };
    // What is made once is made by then.
    await rounds(10);
    const before = await held();
    await rounds(100);
    const after = await held();
    const grown = Object.entries(before).filter(([name, count]) => after[name] > count * 1.05);
    assert.deepEqual(grown, [], JSON.stringify({ before, after }));
  }));
});

describe("an element among others", () => {
  it("is entered and left by Tab, in order", () => on(
    `<button>Before</button>${tag(host, "tree")}<button>After</button>`,
    async (page) => {
      await told(page, "ready");
      await page.getByRole("button", { name: "Before" }).focus();
      const stops = [];
      for (let step = 0; step < 40; step += 1) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          const inside = document.activeElement.shadowRoot?.activeElement;
          return inside ? inside.closest(".tools, .grid-head, .grid-space, .status")?.className.split(" ")[0] : document.activeElement.textContent;
        });
        if (stops.at(-1) !== at) stops.push(at);
        if (at === "After") break;
      }
      assert.deepEqual(stops, ["tools", "grid-head", "grid-space", "status", "After"]);
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Shift+Tab");
      assert.equal(await page.evaluate(() => document.activeElement.shadowRoot.activeElement.getAttribute("role")), "row");
    },
  ));

  it("keeps what it shows when it is moved, hidden, narrowed, and shown again", () => on(
    `<main></main><aside hidden>${tag(host, "tree")}</aside>`,
    async (page) => {
      await told(page, "ready");
      await page.evaluate(() => document.querySelector("aside").removeAttribute("hidden"));
      const row = await findRow(page, TREE, host.truth.draas.samples.reseller.name);
      await row.focus();
      await page.evaluate(() => document.querySelector("main").append(document.getElementById("tree")));
      await row.waitFor();
      await page.evaluate(() => { document.querySelector("main").className = "narrow"; });
      await page.waitForFunction(() => document.getElementById("tree").shadowRoot
        .querySelector(".grid-space [role=row]:not([hidden])").getBoundingClientRect().height === 44);
      await page.evaluate(() => { document.querySelector("main").className = ""; });
      await page.waitForFunction(() => document.getElementById("tree").shadowRoot
        .querySelector(".grid-space [role=row]:not([hidden])").getBoundingClientRect().height === 32);
      assert.equal(await page.evaluate(() => told.filter(([event]) => event === "ready").length), 1);
    },
    { style: ".narrow { inline-size: 390px; }" },
  ));

  it("shows the summary's findings in the tree beside it", () => on(
    tag(host, "summary") + tag(host, "tree"),
    async (page) => {
      await told(page, "ready");
      await page.getByRole("heading", { name: /^To look at/ }).waitFor();
      const finding = page.locator(".embed-findings button").first();
      const name = await finding.locator("bdi").first().innerText();
      await finding.click();
      await tree(page).getByText(name, { exact: true }).first().waitFor();
    },
    { script: `document.getElementById("summary").addEventListener("seatree-select", ({ detail }) => document.getElementById("tree").reveal(detail.id));` },
  ));

  it("lists the users of a cluster with the edge's own credentials", () => on(tag(host, "users", { height: 700 }), async (page) => {
    await page.getByRole(USERS.role, { name: USERS.name }).getByRole("row").nth(3).waitFor();
    await told(page, "ready", "users");
  }));
});

describe("whoever looks at it", () => {
  for (const [how, options, html] of [
    ["light, wide", { colorScheme: "light" }, ""],
    ["dark, wide", { colorScheme: "dark" }, ""],
    ["light, on a phone", { viewport: { width: 390, height: 844 } }, ""],
  ]) {
    it(`axe finds nothing wrong: ${how}`, () => on(
      `<main><h1>Portal</h1>${tag(host, "summary")}${tag(host, "tree")}${tag(host, "users", { height: 640 })}${html}</main>`,
      async (page) => {
        for (const id of ["tree", "summary", "users"]) await told(page, "ready", id);
        await page.getByRole(USERS.role, { name: USERS.name }).getByRole("row").nth(3).waitFor();
        assert.deepEqual(await violations(page), []);
      },
      options,
    ));
  }
});
