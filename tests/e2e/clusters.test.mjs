// The page of a cluster: who requires which license, why, and what would lower it.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { violations } from "../support/axe.mjs";
import { csvRows, saved } from "../support/files.mjs";
import { cells, onPage, startBrowser, written } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { misbehave } from "../support/sandbox.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { USERS, focusGrid, press, settled, signInToDemo, visit } from "../support/steps.mjs";

let seatree, browser, truth;

before(async () => {
  const start = startSeatree({ sandbox: ["--users", "3000", "--size", "200"] });
  [seatree, browser] = await together([start, startBrowser()]);
  truth = seatree.truth.cucm;
});

const grid = (page) => page.getByRole(USERS.role, { name: USERS.name });
const row = (page, index) => grid(page).locator(`[role=row][aria-rowindex="${index}"]`);
const why = (page) => page.getByRole("complementary", { name: "Why this license" });
const chip = (page, name) =>
  page.getByRole("group", { name: "License type" }).getByRole("button", { name, exact: false });
const tab = (page, name) => page.getByRole("tab", { name });

/** Waits until the grid says that it has so many users. */
const usersAre = (page, count) =>
  page.locator(`[role=grid][aria-label="Licensed users"][aria-rowcount="${count + 1}"]`).waitFor();

const filter = (page) => page.getByRole("searchbox", { name: "Filter by user id or name" });

/** The cluster's page, once everything that is shown of it has come. */
const onClusters = (work, options = {}) => onPage(browser, seatree.url, options, async (page) => {
  await signInToDemo(page);
  await visit(page, "Clusters");
  await page.getByText("Together").waitFor();
  await work(page);
});

/** What stands in one column of the rows in sight, from the first on. */
const column = (page, name) => grid(page).evaluate((grid, name) => {
  const heads = [...grid.querySelectorAll(".grid-head [role=columnheader]")];
  const at = heads.findIndex((head) => head.innerText.trim() === name);
  const rows = [...grid.querySelectorAll(".grid-space > [role=row]:not([hidden])")];
  rows.sort((one, other) => one.ariaRowIndex - other.ariaRowIndex);
  return rows.map((row) => row.children[at].innerText.trim());
}, name);

/** Waits until a column of the rows in sight holds what it should. */
async function columnHolds(page, name, holds) {
  for (let turns = 0; ; turns += 1) {
    const values = await column(page, name);
    if (values.length > 1 && holds(values)) return values;
    assert.ok(turns < 200, `${name}: ${values}`);
    await page.waitForFunction(() => new Promise(requestAnimationFrame));
  }
}

describe("the totals", () => {
  it("are those of users, of devices without an owner, and of Smart Licensing", () => onClusters(async (page) => {
    const table = page.getByRole("table", { name: "Licenses required per type" });
    for (const [type, total] of Object.entries(truth.total)) {
      const shown = await cells(table.getByRole("row").filter({ has: page.getByRole("rowheader", { name: type, exact: true }) }));
      const expected = [truth.required[type], truth.unassigned[type], total, total].map(written);
      assert.deepEqual(shown, [type, ...expected]);
    }
    const sum = Object.values(truth.total).reduce((one, other) => one + other);
    await page.getByText(`${written(sum)} licenses required`).waitFor();
  }));

  it("say that devices are not read where they cannot be", async () => {
    const fault = await misbehave(seatree.addresses.cucm, {
      upstream: "cucm", soap_action_contains: "listUnassignedDevice", status: 500,
    });
    await onPage(browser, seatree.url, { refusals: [seatree.edge.url] }, async (page) => {
      await signInToDemo(page);
      await visit(page, "Clusters");
      await page.getByText("their list could not be read").waitFor();
      const table = page.getByRole("table", { name: "Licenses required per type" });
      const shown = await cells(table.getByRole("row").filter({ hasText: "Essential" }));
      assert.deepEqual(shown.slice(1, 4), [written(truth.required.Essential), "–", "–"]);
      await tab(page, "Devices without an owner").click();
      await page.getByRole("alert").filter({ hasText: "Devices without an owner" }).waitFor();
      await fault.end();
      await page.getByRole("button", { name: "Go on reading" }).click();
      await page.getByText(`${written(truth.unassigned_devices)} devices, read at`).waitFor();
    });
  });
});

describe("the users", () => {
  it("are filtered by name without regard to case and accents", () => onClusters(async (page) => {
    await filter(page).fill("MULLER émile. EMI");
    await row(page, 2).getByText("émile.müller").waitFor();
    await page.getByText(`1 of ${written(truth.users)} users`).waitFor();
    await filter(page).fill("nobody by this name");
    await page.getByText("Nobody here is what you look for.").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await usersAre(page, truth.users);
    assert.equal(await filter(page).inputValue(), "");
  }));

  it("are filtered by license, devices and features together", () => onClusters(async (page) => {
    await chip(page, "CUWL Standard").click();
    await chip(page, "Enhanced Plus").click();
    await columnHolds(page, "License type", (types) =>
      types.every((type) => ["CUWL Standard", "Enhanced Plus"].includes(type)));
    await page.getByLabel("Devices, at least").fill("3");
    await page.getByLabel("Devices, at most").fill("4");
    await page.keyboard.press("Tab");
    await columnHolds(page, "Devices", (counts) => counts.every((count) => ["3", "4"].includes(count)));
    await page.getByLabel("SNR").selectOption("yes");
    await columnHolds(page, "SNR", (words) => words.every((word) => word === "yes"));
    await page.getByLabel("Ext. mobility").selectOption("no");
    await columnHolds(page, "Ext. mobility", (words) => words.every((word) => word === "no"));
    const types = await column(page, "License type");
    assert.ok(types.every((type) => type === "CUWL Standard"), types.join());
    await page.getByLabel("Ext. mobility").selectOption("unknown");
    await usersAre(page, 0);
  }));

  it("are as many with single number reach and without a license as there are", () => onClusters(async (page) => {
    await page.getByLabel("SNR").selectOption("yes");
    await usersAre(page, truth.single_number_reach);
    await page.getByRole("button", { name: "Clear filters" }).click();
    await chip(page, "none").click();
    await usersAre(page, truth.without_license);
  }));

  it("are sorted by a press on a column, in both directions and back", () => onClusters(async (page) => {
    const listed = await column(page, "User");
    const header = grid(page).getByRole("button", { name: "Devices" });
    await header.click();
    const most = await columnHolds(page, "Devices", ([first]) => Number(first) > 10);
    assert.deepEqual(most.map(Number), most.map(Number).toSorted((a, b) => b - a));
    assert.equal(await grid(page).getByRole("columnheader", { name: "Devices" }).getAttribute("aria-sort"), "descending");
    await header.click();
    await columnHolds(page, "Devices", ([first]) => first === "0");
    await header.click();
    await columnHolds(page, "User", (users) => users.join() === listed.join());
  }));

  it("are saved as they are shown, guarded, once it was said that names of people are in the file", () => {
    const asked = [];
    const confirm = (question) => asked.push(question) > 1;
    return onClusters(async (page) => {
      await filter(page).fill("promo");
      await usersAre(page, 1);
      // Asked and refused: nothing is written.
      await page.getByRole("button", { name: "Export" }).click();
      const file = await saved(page, () => page.getByRole("button", { name: "Export" }).click());
      assert.match(asked[0], /names and user ids of people/);
      assert.match(file.name, /^seatree-users-\d{4}-\d\d-\d\d\.csv$/);
      const text = file.bytes.toString("utf8");
      assert.ok(text.startsWith("\ufeff"), "a byte order mark");
      const rows = csvRows(text.slice(1));
      assert.equal(rows.length, 1);
      assert.equal(rows[0]["User id"], "promo100%");
      assert.ok(rows[0]["First name"].startsWith("'=HYPERLINK("), rows[0]["First name"]);
      assert.equal(rows[0].Cluster, "CUCM Berlin");
    }, { confirm });
  });
});

/** A license, how to find somebody who requires it, and the rule that is then told. */
const RULES = [
  ["Essential", {}, "this one is of class Essential", "Without the device: no license."],
  ["Basic", { snr: "no" }, "this one is of class Basic", "A device of class Essential in its place"],
  ["Basic", { most: "0" }, "Single number reach by itself requires Basic", "Single number reach off: no license."],
  ["Basic", { least: "1", snr: "yes" }, "Either the device is of class Basic", "Neither the device nor single number reach"],
  ["Enhanced", { snr: "no" }, "this one is of class Enhanced", "Without the device: no license."],
  ["Enhanced Plus", { snr: "no" }, "Two devices require Enhanced Plus", "One device less: Enhanced, or less"],
  ["CUWL Standard", { most: "3" }, "Three to ten devices require CUWL Standard", "One device less: Enhanced Plus."],
  ["CUWL Standard", { least: "11", most: "11" }, "The cluster counts 2 in all", "One device less: no additional license."],
  ["TelePresence Room", { most: "1", snr: "no" }, "covers a room system", "Without the device: no license."],
  ["none", {}, "Such a user requires no license", "Nothing that follows from these facts."],
];

describe("why a license is required", () => {
  for (const [license, { least = "", most = "", snr = "" }, rule, lower] of RULES) {
    it(`is told for ${license} (${[least && `at least ${least}`, most && `at most ${most}`, snr && `SNR ${snr}`].filter(Boolean).join(", ") || "any"})`, () =>
      onClusters(async (page) => {
        await page.getByRole("group", { name: "License type" })
          .getByRole("button", { name: new RegExp(`^\\s*${license}\\s+[\\d,]+$`) }).click();
        await page.getByLabel("Devices, at least").fill(least);
        await page.getByLabel("Devices, at most").fill(most);
        await page.keyboard.press("Tab");
        await page.getByLabel("SNR").selectOption(snr);
        await columnHolds(page, "License type", (types) => types.every((type) => type === license));
        const user = (await cells(row(page, 2)))[0];
        await row(page, 2).click();
        await why(page).getByRole("heading", { name: user }).waitFor();
        await why(page).getByText("As the cluster says at").waitFor();
        await why(page).getByText(rule).waitFor();
        await why(page).getByText(lower).waitFor();
        await why(page).getByText("AXL gives their number only").waitFor();
      }));
  }

  it("is asked of the cluster for the one user, and told as listed where that fails", async () => {
    const fault = await misbehave(seatree.addresses.cucm, {
      upstream: "cucm", soap_action_contains: "getLicensedUser", status: 500,
    });
    await onClusters(async (page) => {
      await row(page, 2).click();
      await why(page).getByRole("alert").filter({ hasText: "This user" }).waitFor();
      await why(page).getByText("As listed.").waitFor();
      await fault.end();
      await why(page).getByRole("button", { name: "Ask again" }).click();
      await why(page).getByText("As the cluster says at").waitFor();
    }, { refusals: [seatree.edge.url] });
  });

  it("is opened and closed by keyboard, and the focus comes back to the user", () => onClusters(async (page) => {
    await focusGrid(page, USERS);
    await press(page, "ArrowDown", 3);
    const user = (await cells(row(page, 3)))[0];
    await page.keyboard.press("Enter");
    await why(page).getByRole("heading", { name: user }).waitFor();
    assert.equal(await row(page, 3).getAttribute("aria-selected"), "true");
    await page.keyboard.press("Tab");
    await why(page).getByRole("button", { name: "Close the explanation" }).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("Escape");
    await why(page).waitFor({ state: "hidden" });
    await row(page, 3).and(page.locator(":focus")).waitFor();
  }));
});

describe("one device less", () => {
  it("lists what it would free, and shows whom", () => onClusters(async (page) => {
    await tab(page, "One device less").click();
    const table = page.getByRole("table", { name: "One device less, others stay" });
    const plus = table.getByRole("row").filter({ hasText: "Enhanced at most" });
    const [license, count, whose] = await cells(plus);
    assert.deepEqual([license, count, whose], ["Enhanced Plus", written(truth.required["Enhanced Plus"]), "2 devices"]);
    await plus.getByRole("button", { name: `Show ${count} users` }).click();
    await usersAre(page, truth.required["Enhanced Plus"]);
    await columnHolds(page, "Devices", (counts) => counts.every((count) => count === "2"));
    const names = await column(page, "Last name");
    const plain = (name) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    assert.deepEqual(names.map(plain), names.map(plain).toSorted());
    await page.getByRole("button", { name: "one device less: Enhanced Plus" }).click();
    await usersAre(page, truth.users);
  }));
});

describe("the devices without an owner", () => {
  it("are listed with the license that each requires", () => onClusters(async (page) => {
    await tab(page, "Devices without an owner").click();
    const devices = page.getByRole("grid", { name: "Devices without an owner" });
    assert.equal(await devices.getAttribute("aria-rowcount"), String(truth.unassigned_devices + 1));
    const first = await cells(devices.getByRole("row").nth(1));
    assert.equal(first.length, 5);
    assert.ok(Object.keys(truth.unassigned).includes(first[3]), first.join());
  }));
});

describe("a search on the cluster", () => {
  it("has its wildcards, and the filter only narrows what it found", () => onClusters(async (page) => {
    await page.getByRole("button", { name: "Search on the cluster" }).click();
    const form = page.getByRole("search", { name: "Search on the cluster" });
    await form.getByRole("button", { name: "Search" }).click();
    await form.getByText("Fill in at least one").waitFor();
    await form.getByLabel("User id").fill("svc_fax");
    const asked = page.waitForRequest((request) => request.postData()?.includes("<userId>svc_fax</userId>"));
    await page.keyboard.press("Enter");
    await asked;
    // The underscore is a wildcard there, and the page says so.
    await form.getByText(/The cluster found (1 user|2 users),/).waitFor();
    await form.getByText("_ stood for any one character").waitFor();
    await usersAre(page, await grid(page).getByRole("row").count() - 1);
    await form.getByLabel("User id").fill("");
    await form.getByLabel("Last name").fill("m%");
    await form.getByRole("button", { name: "Search" }).click();
    await form.getByText("The cluster found").waitFor();
    await columnHolds(page, "Last name", (names) => names.every((name) => /^m/i.test(name)));
    const found = Number(await grid(page).getAttribute("aria-rowcount")) - 1;
    await filter(page).fill("%");
    await usersAre(page, 0);
    await filter(page).fill("");
    await usersAre(page, found);
    await page.getByRole("button", { name: "All that were read" }).click();
    await usersAre(page, truth.users);
  }));
});

describe("the Smart Licensing status", () => {
  it("has registration, authorization and entitlements", () => onClusters(async (page) => {
    await tab(page, "Smart Licensing").click();
    const status = page.getByRole("group", { name: "Smart Licensing" });
    await status.getByText("Registered", { exact: true }).waitFor();
    await status.getByText("Authorized", { exact: true }).waitFor();
    const table = status.getByRole("table", { name: "Entitlements" });
    const shown = await cells(table.getByRole("row").filter({ hasText: "Enhanced Plus" }));
    assert.deepEqual(shown, ["Enhanced Plus", written(truth.total["Enhanced Plus"]), "in compliance"]);
  }));

  it("is asked for again where it failed, beside all else", async () => {
    const fault = await misbehave(seatree.addresses.cucm, {
      upstream: "cucm", soap_action_contains: "getSmartLicenseStatus", status: 500,
    });
    await onClusters(async (page) => {
      await tab(page, "Smart Licensing").click();
      await page.getByRole("alert").filter({ hasText: "Smart Licensing" }).waitFor();
      await fault.end();
      await page.getByRole("button", { name: "Ask again" }).click();
      await page.getByText("Authorized", { exact: true }).waitFor();
    }, { refusals: [seatree.edge.url] });
  });
});

describe("the tabs", () => {
  it("are walked with arrows", () => onClusters(async (page) => {
    await tab(page, "Users").focus();
    for (const name of ["One device less", "Devices without an owner", "Smart Licensing", "What this cluster can tell", "Users"]) {
      await page.keyboard.press("ArrowRight");
      await tab(page, name).and(page.locator(":focus[aria-selected=true]")).waitFor();
    }
    await page.keyboard.press("End");
    await page.getByRole("listitem").filter({ hasText: "Extension mobility of each user" }).waitFor();
  }));

  it("are in the address, and going back goes back", () => onClusters(async (page) => {
    await tab(page, "Smart Licensing").click();
    await page.getByText("Authorized", { exact: true }).waitFor();
    assert.match(page.url(), /#\/clusters\?show=smart$/);
    const link = page.url();
    await tab(page, "Devices without an owner").click();
    await page.goBack();
    await tab(page, "Smart Licensing").and(page.locator("[aria-selected=true]")).waitFor();
    await page.goBack();
    await grid(page).waitFor();
    assert.match(page.url(), /#\/clusters$/);
    // What is looked for is mostly the name of a person.
    await filter(page).fill("aerts");
    await page.getByText(/^[\d,]+ of 3,000 users$/).waitFor();
    assert.match(page.url(), /#\/clusters$/);
    await page.goto(link);
    await tab(page, "Smart Licensing").and(page.locator("[aria-selected=true]")).waitFor();
  }));
});

describe("nothing is in the way on the cluster's page,", { concurrency: 2 }, () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1440, 390]) {
      it(`${width} px wide, ${colorScheme}`, () => onClusters(async (page) => {
        const check = async (what) => assert.deepEqual(await violations(page), [], what);
        await check("users");
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(overflow <= 0, `${overflow} px to the side`);
        await row(page, 2).click();
        await why(page).getByText("As the cluster says at").waitFor();
        await check("why");
        await page.getByRole("button", { name: "Close the explanation" }).click();
        await page.getByRole("button", { name: "Search on the cluster" }).click();
        await check("search");
        for (const name of ["One device less", "Devices without an owner", "Smart Licensing", "What this cluster can tell"]) {
          await tab(page, name).click();
          await check(name);
        }
        await page.getByRole("button", { name: "Update usage" }).click();
        await page.getByRole("dialog", { name: "Update usage" }).waitFor();
        await check("update usage");
      }, { viewport: { width, height: 900 }, colorScheme }));
    }
  }
});
