// The services of a Live Platform: figures, order, filter, factors, details, and the address bar.
import assert from "node:assert/strict";
import { after, before, beforeEach, describe, it } from "node:test";
import { onPage, open, startBrowser, written } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import {
  details, expectedCells, list, namesAre, openDetails, shownNames, shownRows, typeName,
} from "../support/services.mjs";
import { signInToDemo, visit } from "../support/steps.mjs";

/** High enough for every row to be in the document. */
const TALL = { viewport: { width: 1600, height: 1400 } };

let seatree, browser, services, readable;

before(async () => {
  const sandbox = ["--services", "24", "--contradictions", "on"];
  [seatree, browser] = await together([startSeatree({ sandbox }), startBrowser()]);
  services = seatree.truth.live_platform.services;
  readable = services.filter((service) => service.readable);
});

const names = (services) => services.map(({ name }) => name);
const sum = (all) => all.reduce((total, each) => total + each, 0);

/** In an order, what is unknown last, equal ones as they came. */
function sorted(value, descending) {
  const known = readable.filter((service) => value(service) !== null);
  const rest = services.filter((service) => !known.includes(service));
  const order = (a, b) => (value(a) < value(b) ? -1 : Number(value(a) > value(b)));
  known.sort((a, b) => (descending ? order(b, a) : order(a, b)));
  return names([...known, ...rest]);
}

async function openServices(page) {
  await signInToDemo(page);
  await visit(page, "Services");
  await list(page).waitFor();
}

describe("the list", () => {
  let tab, page;

  before(async () => {
    tab = await open(browser, seatree.url, TALL);
    page = tab.page;
    await openServices(page);
  });

  after(() => tab.close());

  beforeEach(async () => {
    if (await details(page).count()) {
      await details(page).getByRole("button", { name: "Close the details" }).click();
    }
    await page.getByRole("searchbox", { name: "Filter by name or id" }).fill("");
    for (const chip of await page.getByRole("group", { name: "Findings" }).locator("[aria-pressed=true]").all()) {
      await chip.click();
    }
    await page.getByRole("combobox", { name: "License type" }).selectOption({ label: "All types" });
  });

  const chip = (words) => page.getByRole("group", { name: "Findings" }).getByRole("button", { name: words });
  const header = (name) => list(page).getByRole("columnheader", { name, exact: true });

  it("has each service's figures as the platform holds them", async () => {
    const rows = await shownRows(page);
    assert.deepEqual(rows.map(({ name }) => name), names(services));
    for (const [at, service] of services.entries()) {
      if (!service.readable) continue;
      assert.deepEqual(rows[at].cells.slice(0, 6), expectedCells(service), service.name);
      assert.equal(rows[at].cells[6], written(service.monitored));
    }
  });

  it("adds up what is shown, and says of how many services that is", async () => {
    const row = list(page).locator(".sums");
    const of = (figure) => sum(readable.map(figure));
    const says = async (words, figures) => {
      await row.getByRole("rowheader", { name: words }).waitFor();
      const cells = (await row.getByRole("gridcell").allInnerTexts()).map((text) => text.trim());
      assert.deepEqual(cells.slice(1, 4), figures.map(written));
    };
    const { acquired, licensed } = seatree.truth.live_platform;
    await says(`All ${services.length} services ${readable.length} read`, [acquired, licensed, acquired - licensed]);
    assert.equal(of((service) => service.acquired), acquired);
    const off = of((service) => service.not_counted);
    await row.getByText(`${written(off)} not counted`).waitFor();
    await chip("over limit").click();
    const over = readable.filter((service) => service.licensed > service.acquired);
    const figures = [over.map((s) => s.acquired), over.map((s) => s.licensed)].map(sum);
    await says(new RegExp(`^${over.length} of ${services.length} services`), [...figures, figures[0] - figures[1]]);
  });

  for (const [column, value] of [
    ["Acquired", (s) => s.acquired],
    ["Licensed", (s) => s.licensed],
    ["Available", (s) => s.acquired - s.licensed],
    ["Utilization", (s) => (s.acquired > 0 ? s.licensed / s.acquired : null)],
    ["Factors, by what they do not count", (s) => s.not_counted],
    ["Monitored users", (s) => s.monitored],
    ["Counted, how long ago", (s) => -Date.parse(s.last_update)],
  ]) {
    it(`sorts by "${column}", unknown ones last, and gives the platform's order back`, async () => {
      const button = header(column).getByRole("button");
      await button.click();
      await header(column).and(page.locator("[aria-sort=descending]")).waitFor();
      await namesAre(page, sorted(value, true));
      await button.click();
      await header(column).and(page.locator("[aria-sort=ascending]")).waitFor();
      await namesAre(page, sorted(value, false));
      await button.click();
      await header(column).and(page.locator(":not([aria-sort])")).waitFor();
      await namesAre(page, names(services));
    });
  }

  it("sorts names without regard to accents, from the first letter", async () => {
    const plain = (name) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    await header("Service").getByRole("button").click();
    await header("Service").and(page.locator("[aria-sort=ascending]")).waitFor();
    const shown = (await shownNames(page)).filter((name) => /^[A-Za-z]/.test(plain(name)));
    const first = shown.map((name) => plain(name)[0]);
    assert.deepEqual(first, [...first].sort());
    await header("Service").getByRole("button").click();
    await header("Service").getByRole("button").click();
    await namesAre(page, names(services));
  });

  it("filters by words of a name, marks them, and by a whole id", async () => {
    const field = page.getByRole("searchbox", { name: "Filter by name or id" });
    const wanted = readable[9];
    const word = wanted.name.split(" ")[0];
    await field.fill(word.toUpperCase());
    const plain = (name) => name.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    await namesAre(page, names(services).filter((name) => plain(name).includes(plain(word))));
    assert.equal(await list(page).locator("mark").first().innerText(), word);
    await field.fill(wanted.guid.toUpperCase());
    await namesAre(page, [wanted.name]);
    await field.fill("no such customer");
    await page.getByText("No service matches what you look for.").waitFor();
    await page.getByRole("button", { name: "Show all services" }).click();
    await namesAre(page, names(services));
    assert.equal(await field.inputValue(), "");
  });

  it("filters by type, with types that no manual names among them", async () => {
    const types = page.getByRole("combobox", { name: "License type" });
    for (const type of new Set(services.map((service) => service.license_type))) {
      const of = services.filter((service) => service.license_type === type);
      await types.selectOption({ label: `${typeName(type)} (${of.length})` });
      await namesAre(page, names(of));
    }
  });

  it("filters by finding: as many as the button counts, and each says so", async () => {
    const share = (s) => s.licensed / s.acquired;
    for (const [words, sign, is] of [
      ["over limit", "over limit", (s) => s.licensed > s.acquired],
      ["near limit", "near limit", (s) => s.licensed > 0 && share(s) >= 0.8 && share(s) <= 1],
      ["idle", "idle", (s) => s.acquired > 0 && s.licensed === 0],
      ["sums off", "sums do not add up", (s) => s.unexplained > 0],
      ["stale", "stale", (s) => Date.now() - Date.parse(s.last_update) > 48 * 3_600_000],
    ]) {
      const of = readable.filter(is);
      if (!of.length) {
        assert.equal(await chip(words).count(), 0, words);
        continue;
      }
      await chip(words).click();
      await namesAre(page, names(of));
      assert.equal((await chip(words).innerText()).replace(/\s+/g, " "), `${of.length} ${words}`);
      for (const row of await shownRows(page)) assert.ok(row.findings.includes(sign), row.name);
      await chip(words).click();
    }
    await chip("failed").click();
    await namesAre(page, names(services.filter((service) => !service.readable)));
  });

  it("filters by factors that are switched off, whose users are not counted", async () => {
    const off = readable.filter(({ counted }) => Object.values(counted).includes(false));
    assert.ok(off.length > 0);
    await chip("factor off").click();
    await namesAre(page, names(off));
    for (const row of await shownRows(page)) assert.match(row.cells[5], /not counted|factor is off/);
  });

  it("the details say what is counted, what is not, and by which rule", async () => {
    for (const service of readable.slice(0, 12)) {
      const panel = await openDetails(page, service.name);
      const table = panel.getByRole("table", { name: "What is counted" });
      const says = async (factor, configured, counted, words) => {
        const row = table.getByRole("row").filter({ has: page.getByText(factor, { exact: true }) });
        const expected = `${written(counted ? configured : 0)} (${written(configured)})`;
        assert.equal(await row.getByRole("cell").last().innerText(), expected, `${service.name}: ${factor}`);
        await row.getByText(words).waitFor();
      };
      const { factors, counted } = service;
      const words = (isOn) => (isOn ? "switched on" : "switched off: not counted");
      const first = service.license_type === 4 || service.license_type === 5
        ? ["Operator Connect", factors.operator_connect] : ["Direct Routing", factors.direct_routing];
      await says(...first, true, "always on");
      await says("LifeCycle Management", factors.life_cycle, counted.life_cycle, words(counted.life_cycle));
      await says("User interface", factors.user_interface, counted.user_interface, words(counted.user_interface));
      await says("Service numbers", factors.service_numbers, counted.service_numbers, words(counted.service_numbers));
      const together = service.licensed - service.unexplained;
      await panel.getByText(service.unexplained
        ? `Together ${written(together)}, but ${written(service.licensed)} are licensed`
        : `Together ${written(together)}, as licensed`).waitFor();
      await panel.getByText("Each user counts once, under the first factor that applies.").waitFor();
    }
  });

  it("the details give the reasons of a count that differs", async () => {
    const off = readable.find(({ counted }) => !counted.service_numbers);
    let panel = await openDetails(page, off.name);
    await panel.getByRole("listitem").filter({ hasText: "Service numbers is off." })
      .filter({ hasText: `${written(off.factors.service_numbers)} configured, none of them counted` }).waitFor();
    await panel.getByText("What the figures cannot tell").click();
    await panel.getByText("CriteriaToRejectAsServiceNumbers").waitFor();
    const unexplained = readable.find((service) => service.unexplained > 0);
    panel = await openDetails(page, unexplained.name);
    await panel.getByRole("listitem").filter({ hasText: "The sum does not add up." })
      .filter({ hasText: `${unexplained.unexplained} more than they explain` }).waitFor();
    const unnamed = services.find(({ license_type: type }) => type === 9);
    panel = await openDetails(page, unnamed.name);
    await panel.getByText("No page of the vendor names type 9.").waitFor();
  });

  it("a service leads to its node in the tree", async () => {
    const panel = await openDetails(page, readable[4].name);
    await panel.getByRole("button", { name: "Show in the tree" }).click();
    await page.locator("[role=treegrid] [role=row]:focus").getByText(readable[4].name, { exact: true }).waitFor();
    await visit(page, "Services");
  });

  it("the page complained of nothing", () => assert.deepEqual(tab.faults(), []));
});

describe("by keyboard", () => {
  it("rows, details, filter and headers are reached and left", () =>
    onPage(browser, seatree.url, TALL, async (page) => {
      await openServices(page);
      await list(page).locator(".grid-space [tabindex='0']").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await details(page).getByRole("heading", { level: 2, name: services[1].name, exact: true }).waitFor();
      // The details follow the focus, which stays in the list.
      await page.keyboard.press("ArrowDown");
      await details(page).getByRole("heading", { level: 2, name: services[2].name, exact: true }).waitFor();
      await page.keyboard.press("Escape");
      await details(page).waitFor({ state: "detached" });
      assert.equal(await page.locator("[role=row]:focus bdi.label").innerText(), services[2].name);
      await page.keyboard.press("ArrowRight");
      await page.locator("[role=rowheader]:focus").waitFor();
      await page.keyboard.press("ArrowLeft");
      await page.locator("[role=row]:focus").waitFor();

      await page.keyboard.press("/");
      const field = page.getByRole("searchbox", { name: "Filter by name or id" });
      await field.and(page.locator(":focus")).waitFor();
      await page.keyboard.type(readable[5].guid);
      await namesAre(page, [readable[5].name]);
      await page.keyboard.press("Enter");
      await page.locator("[role=row]:focus").getByText(readable[5].name, { exact: true }).waitFor();
      await field.fill("");

      await list(page).getByRole("button", { name: "Service", exact: true }).focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      await page.locator(":focus").and(list(page).getByRole("button", { name: "Acquired" })).waitFor();
      await page.keyboard.press("Enter");
      await namesAre(page, sorted((service) => service.acquired, true));
      await page.locator(":focus").and(list(page).getByRole("button", { name: "Acquired" })).waitFor();
    }));
});

describe("the address bar", () => {
  const says = (page, ...parts) =>
    page.waitForFunction((parts) => parts.every((part) => location.hash.includes(part)), parts);

  it("shows a colleague the same services, and the focused one", () =>
    onPage(browser, seatree.url, TALL, async (page) => {
      await openServices(page);
      await page.getByRole("group", { name: "Findings" }).getByRole("button", { name: "factor off" }).click();
      await list(page).getByRole("button", { name: "Licensed", exact: true }).click();
      const wanted = readable.filter(({ counted }) => Object.values(counted).includes(false))[1];
      await openDetails(page, wanted.name);
      await says(page, "factor=off", "sort=licensed.desc", `at=live/${wanted.guid}`, "details");
      const before = await shownNames(page);
      const address = page.url();
      const { live_platform: live } = seatree.truth.sign_in;
      assert.ok(!address.includes(live.token));
      await onPage(browser, address, TALL, async (other) => {
        await signInToDemo(other);
        await namesAre(other, before);
        await details(other).getByRole("heading", { level: 2, name: wanted.name, exact: true }).waitFor();
        await other.locator("[role=row]:focus").getByText(wanted.name, { exact: true }).waitFor();
      });
    }));

  it("goes back step by step, and keeps the list while another page is visited", () =>
    onPage(browser, seatree.url, TALL, async (page) => {
      await openServices(page);
      const chip = page.getByRole("group", { name: "Findings" }).getByRole("button", { name: "factor off" });
      await chip.click();
      await says(page, "factor=off");
      const off = await shownNames(page);
      await list(page).getByRole("button", { name: "Acquired", exact: true }).click();
      await says(page, "sort=acquired.desc");
      const both = await shownNames(page);
      await visit(page, "Licenses");
      await visit(page, "Services");
      await namesAre(page, both);
      await says(page, "factor=off", "sort=acquired.desc");
      await page.goBack();
      await page.getByRole("treegrid", { name: "Licenses" }).waitFor();
      await page.goBack();
      await namesAre(page, both);
      await page.goBack();
      await namesAre(page, off);
      await page.goBack();
      await namesAre(page, names(services));
      await chip.and(page.locator("[aria-pressed=false]")).waitFor();
    }));

  it("with nonsense shows what of it makes sense", () =>
    onPage(browser, `${seatree.url}#/services?sort=nothing&type=x&find=over,what&at=live/none&q`, TALL, async (page) => {
      await signInToDemo(page);
      await namesAre(page, names(readable.filter((s) => s.licensed > s.acquired)));
    }));
});
