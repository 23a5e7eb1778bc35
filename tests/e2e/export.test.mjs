// Exports: what the browser saves is what the upstreams hold, and no spreadsheet runs any of it.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { violations } from "../support/axe.mjs";
import { csvRows, saved, unzipped } from "../support/files.mjs";
import { onPage, open, startBrowser, written } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { TREE, findRow, signInToDemo } from "../support/steps.mjs";

/** Names that the sandbox gives tenants, as they were sent. */
const AWKWARD = [
  "<img src=x onerror=alert(document.title)>",
  '=HYPERLINK("https://example.invalid","Invoice")',
  'Smith & "Sons" </script> Ltd',
  "شركة النور للاتصالات",
  "-2+3 'n' Signs",
];
const guarded = (name) => (/^[=+\-@]/.test(name) ? `'${name}` : name);

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
});

async function openDialog(page) {
  await page.getByRole("button", { name: "Export", exact: true }).click();
  return page.getByRole("dialog", { name: "Export" });
}

/** Chooses rows and a format in the open dialog, and takes what is saved. */
async function exported(page, rows, format) {
  const dialog = page.getByRole("dialog", { name: "Export" });
  await dialog.getByRole("radio", { name: rows }).check();
  await dialog.getByRole("radio", { name: format }).check();
  return saved(page, () => dialog.getByRole("button", { name: "Export", exact: true }).click());
}

/** How many rows the dialog says it wrote, and where. */
async function told(page, name) {
  const status = page.getByRole("dialog", { name: "Export" }).getByRole("status");
  const words = status.filter({ hasText: `written to ${name}` });
  await words.waitFor();
  return Number((await words.innerText()).match(/^([\d,]+) rows? /)[1].replaceAll(",", ""));
}

describe("everything that was read", () => {
  let page, dialog, nodes;

  before(async () => {
    const { draas, live_platform: live, cucm } = seatree.truth;
    const types = Object.values(cucm.required).filter((required) => required > 0).length;
    nodes = 3 + draas.nodes + live.services.length + types;
    ({ page } = await open(browser, seatree.url));
    await signInToDemo(page);
    dialog = await openDialog(page);
  });

  it("is counted before it is written", async () => {
    await dialog.getByRole("radio", { name: `All rows ${written(nodes)}` }).waitFor();
  });

  it("is a CSV with the upstreams' figures and names that are only names", async () => {
    const { name, bytes } = await exported(page, /^All rows/, /^CSV/);
    assert.match(name, /^seatree-licenses-\d{4}-\d\d-\d\d\.csv$/);
    assert.equal(await told(page, name), nodes);
    const text = bytes.toString("utf8");
    assert.equal(text[0], "\u{feff}", "Excel needs a byte order mark");
    const rows = csvRows(text.slice(1));
    assert.equal(rows.length, nodes);

    const { group, teams, sip, deep_tenant: deep } = seatree.truth.draas;
    const figures = (row) => [
      row["Teams users assigned"], row["Teams users in use"], row["Teams users available"],
      row["SIP channels assigned"],
    ];
    const expected = ({ assigned, in_use }, channels) =>
      [assigned, in_use, assigned - in_use, channels.assigned].map(String);
    const of = (kind, title) => rows.find((row) => row.Kind === kind && row.Name === guarded(title));
    assert.deepEqual(figures(of("group", group.name)), expected(teams, sip));
    const tenant = of("tenant", deep.path.at(-1));
    assert.deepEqual(figures(tenant), expected(deep.teams, deep.sip));
    assert.equal(tenant.Group, guarded(group.name));
    assert.equal(tenant.Tenant, tenant.Name);

    const names = new Set(rows.map((row) => row.Name));
    for (const awkward of AWKWARD) assert.ok(names.has(guarded(awkward)), awkward);
    for (const row of rows) {
      for (const [title, cell] of Object.entries(row)) {
        const isFigure = /assigned|in use|available|acquired|licensed|required/.test(title);
        assert.match(cell, isFigure ? /^(-?\d+)?$/ : /^(?![=+\-@\t\r])/, `${title} of ${row.Name}`);
      }
    }

    const live = rows.filter((row) => row.Kind === "service");
    const acquired = live.reduce((sum, row) => sum + Number(row["Live Platform users acquired"]), 0);
    assert.equal(acquired, seatree.truth.live_platform.acquired);
    for (const row of rows.filter((row) => row.Kind === "license type")) {
      assert.equal(row["Teams users assigned"], "", "what is not known is empty, not 0");
    }
  });

  it("is JSON with every name as it was sent", async () => {
    const { name, bytes } = await exported(page, /^All rows/, /^JSON/);
    assert.equal(await told(page, name), nodes);
    const { rows, sources, row_count: count } = JSON.parse(bytes);
    assert.deepEqual([rows.length, count, sources.length], [nodes, nodes, 3]);
    const { services, readable } = seatree.truth.live_platform;
    for (const { kind, state, read_at: readAt, address } of sources) {
      const failed = kind === "live-platform" && readable < services.length;
      assert.equal(state, failed ? "partly read" : "complete", kind);
      assert.match(readAt, /^\d{4}-\d\d-\d\dT[\d:]{8}Z$/);
      assert.ok(!/[?#@]/.test(address), address);
    }
    const names = new Set(rows.map((row) => row.name));
    for (const awkward of AWKWARD) assert.ok(names.has(awkward), awkward);
    const required = Object.fromEntries(rows.filter((row) => row.kind === "license type")
      .map((row) => [row.name, row.licenses.required.required]));
    const sum = (all) => Object.values(all).reduce((total, each) => total + each, 0);
    assert.equal(sum(required), sum(seatree.truth.cucm.required));
  });

  it("is a spreadsheet without a formula", async () => {
    const { name, bytes } = await exported(page, /^All rows/, /XLSX/);
    assert.equal(await told(page, name), nodes);
    const files = unzipped(bytes);
    const sheet = files.get("xl/worksheets/sheet1.xml");
    assert.equal(sheet.match(/<row /g).length, nodes + 1);
    assert.ok(!/<f[ >]/.test(sheet), "a formula");
    assert.ok(sheet.includes("&lt;img src=x onerror=alert(document.title)&gt;"));
    assert.ok(sheet.includes('state="frozen"') && sheet.includes("<autoFilter"));
    assert.ok(files.get("xl/worksheets/sheet2.xml").includes("Netaxis DRaaS"));
  });
});

it("a selection is written as it was selected", async () => {
  await onPage(browser, seatree.url, {}, async (page) => {
    await signInToDemo(page);
    const { group } = seatree.truth.draas;
    const row = await findRow(page, TREE, group.name, 2);
    await row.focus();
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowDown");
    await openDialog(page);
    const { name, bytes } = await exported(page, /^Selected rows 3/, /^CSV/);
    assert.equal(await told(page, name), 3);
    const rows = csvRows(bytes.toString("utf8").slice(1));
    assert.equal(rows.length, 3);
    assert.equal(rows[0].Name, guarded(group.name));
    assert.deepEqual(rows.map((row) => row.Group), Array(3).fill(guarded(group.name)));
  });
});

it("what matches a filter is written whether it is in sight or not", async () => {
  await onPage(browser, seatree.url, {}, async (page) => {
    await signInToDemo(page);
    await page.getByRole("searchbox", { name: "Filter by name or id" }).fill("hyperlink");
    await page.getByRole("row").filter({ hasText: "HYPERLINK" }).first().waitFor();
    const dialog = await openDialog(page);
    assert.ok(await dialog.getByRole("radio", { name: /^Rows that match/ }).isChecked());
    const rowsOf = async (rows) => JSON.parse((await exported(page, rows, /^JSON/)).bytes);
    const matching = await rowsOf(/^Rows that match/);
    const all = await rowsOf(/^All rows/);
    const expected = all.rows.filter(({ name }) => name.toLowerCase().includes("hyperlink"));
    assert.ok(expected.length > 0);
    assert.deepEqual(matching.rows, expected);
    assert.match(matching.scope, /filter: .*hyperlink/);
  });
});

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390]) {
    it(`nothing is in the way in the dialog: ${colorScheme}, ${width} px wide`, async () => {
      const profile = { colorScheme, viewport: { width, height: 844 }, reducedMotion: "reduce" };
      await onPage(browser, seatree.url, profile, async (page) => {
        await signInToDemo(page);
        const dialog = await openDialog(page);
        await dialog.getByRole("radio", { name: /^All rows/ }).waitFor();
        assert.deepEqual(await violations(page), []);
        const wider = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
        assert.equal(wider, 0, "nothing stands out at the side");
        const { name } = await exported(page, /^All rows/, /^CSV/);
        await told(page, name);
        assert.deepEqual(await violations(page), []);
      });
    });
  }
}

it("what is copied can be pasted: a line for each row, a tab between cells", async () => {
  const profile = { permissions: ["clipboard-read", "clipboard-write"] };
  await onPage(browser, seatree.url, profile, async (page) => {
    await signInToDemo(page);
    const dialog = await openDialog(page);
    await dialog.getByRole("radio", { name: /^Rows as shown/ }).check();
    await dialog.getByRole("radio", { name: /^Copy/ }).check();
    await dialog.getByRole("button", { name: "Export", exact: true }).click();
    const status = dialog.getByRole("status").filter({ hasText: "copied" });
    await status.waitFor();
    const count = Number((await status.innerText()).match(/^([\d,]+)/)[1].replaceAll(",", ""));
    const text = await page.evaluate(() => navigator.clipboard.readText());
    const lines = text.replaceAll("\r\n", "\n").trimEnd().split("\n").map((line) => line.split("\t"));
    assert.equal(lines.length, count + 1);
    assert.ok(lines.every((line) => line.length === lines[0].length));
    assert.equal(lines[0][0], "Connection");
  });
});
