// Exports of services: what the browser saves is what the platform holds.
import assert from "node:assert/strict";
import { before, beforeEach, describe, it } from "node:test";
import { csvRows, saved, unzipped } from "../support/files.mjs";
import { open, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { list, shownNames } from "../support/services.mjs";
import { signInToDemo, visit } from "../support/steps.mjs";

let seatree, browser, services;

before(async () => {
  [seatree, browser] = await together([startSeatree({ sandbox: ["--services", "20"] }), startBrowser()]);
  services = seatree.truth.live_platform.services;
});

describe("an export of services", () => {
  let page, tab, dialog;

  before(async () => {
    tab = await open(browser, seatree.url, { viewport: { width: 1440, height: 1400 } });
    page = tab.page;
    await signInToDemo(page);
    await visit(page, "Services");
    await list(page).waitFor();
  });

  beforeEach(async () => {
    if (!await page.locator("dialog[open]").count()) {
      await page.getByRole("button", { name: "Export", exact: true }).click();
    }
    dialog = page.getByRole("dialog", { name: "Export" });
  });

  const exported = async (rows, format) => {
    await dialog.getByRole("radio", { name: rows }).check();
    await dialog.getByRole("radio", { name: format }).check();
    const file = await saved(page, () => dialog.getByRole("button", { name: "Export", exact: true }).click());
    await dialog.getByRole("status").filter({ hasText: `written to ${file.name}` }).waitFor();
    return file;
  };

  it("as CSV has each service's figures, and says of those not read why", async () => {
    const { name, bytes } = await exported(`All services ${services.length}`, /^CSV/);
    assert.match(name, /^seatree-services-\d{4}-\d\d-\d\d\.csv$/);
    await dialog.getByText("1 service was not read. The file says so.").waitFor();
    const rows = csvRows(bytes.toString("utf8").slice(1));
    assert.equal(rows.length, services.length);
    for (const [at, service] of services.entries()) {
      const row = rows[at];
      assert.equal(row["Service id"], service.guid);
      if (!service.readable) {
        assert.deepEqual([row.State, row.Acquired, row["Not counted"]], ["failed", "", ""]);
        assert.match(row.Reason, /license info/);
        continue;
      }
      const { factors } = service;
      assert.deepEqual({
        acquired: row.Acquired, licensed: row.Licensed, available: row.Available,
        direct: row["Direct Routing configured"], operator: row["Operator Connect configured"],
        lifeCycle: row["LifeCycle Management configured"], portal: row["User interface configured"],
        numbers: row["Service numbers configured"], off: row["Not counted"],
        monitored: row["Monitored users"], counted: row["Last update (UTC)"],
      }, {
        acquired: String(service.acquired), licensed: String(service.licensed),
        available: String(service.acquired - service.licensed),
        direct: String(factors.direct_routing), operator: String(factors.operator_connect),
        lifeCycle: String(factors.life_cycle), portal: String(factors.user_interface),
        numbers: String(factors.service_numbers), off: String(service.not_counted),
        monitored: String(service.monitored),
        counted: service.last_update.replace(/\.\d+\+00:00$/, "Z"),
      }, service.name);
      for (const cell of [row.Service, row["Short name"]]) assert.match(cell, /^(?![=+\-@])/);
    }
  });

  it("as a spreadsheet has a sheet of services and no formula", async () => {
    const { bytes } = await exported(/^All services/, /XLSX/);
    const files = unzipped(bytes);
    assert.ok(files.get("xl/workbook.xml").includes('name="Services"'));
    const sheet = files.get("xl/worksheets/sheet1.xml");
    assert.equal(sheet.match(/<row /g).length, services.length + 1);
    assert.ok(!/<f[ >]/.test(sheet), "a formula");
    assert.ok(files.get("xl/worksheets/sheet2.xml").includes("Live Platform"));
  });

  it("as shown has the services of the filter, in their order", async () => {
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("group", { name: "Findings" }).getByRole("button", { name: "factor off" }).click();
    await list(page).getByRole("button", { name: "Licensed", exact: true }).click();
    await list(page).locator("[aria-sort=descending]").waitFor();
    const shown = await shownNames(page);
    assert.ok(shown.length > 1 && shown.length < services.length);
    await page.getByRole("button", { name: "Export", exact: true }).click();
    assert.ok(await dialog.getByRole("radio", { name: `Services as shown, in this order ${shown.length}` }).isChecked());
    const { bytes } = await exported(/^Services as shown/, /^JSON/);
    const document = JSON.parse(bytes);
    assert.deepEqual(document.services.map(({ name }) => name), shown);
    assert.equal(document.row_count, shown.length);
    assert.match(document.scope, /filter: factor=off/);
    for (const { id, licenses } of document.services) {
      const service = services.find(({ guid }) => guid === id);
      const by = Object.fromEntries(licenses.factors.map((factor) => [factor.name, factor]));
      const numbers = by["Managed Service Numbers"];
      assert.equal(numbers.switch, service.counted.service_numbers ? "on" : "off");
      assert.equal(numbers.configured, service.factors.service_numbers);
      assert.equal(numbers.counted, service.counted.service_numbers ? numbers.configured : 0);
      assert.equal(by["Managed Users - By LifeCycle Management"].priority, 2);
    }
  });

  it("holds no secret", async () => {
    const { bytes } = await exported(/^All services/, /^JSON/);
    assert.ok(!bytes.toString("utf8").includes(seatree.truth.sign_in.live_platform.token));
  });

  it("leaves the page without a complaint", () => assert.deepEqual(tab.faults(), []));
});
