// The page of services for everybody: by axe, wide and narrow, light and dark; with names that mean harm.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { violations } from "../support/axe.mjs";
import { open, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { details, list, openDetails } from "../support/services.mjs";
import { signInToDemo } from "../support/steps.mjs";

const NAMES = {
  markup: "<img src=x onerror=alert(document.title)>",
  script: "</bdi></span><script>fetch('https://example.invalid/stolen')</script>",
  formula: '=HYPERLINK("https://example.invalid","Invoice")',
  backwards: "\u202Egnp.ecioVni\u202C",
  arabic: "شركة النور للاتصالات",
  emoji: "👩‍👩‍👧‍👦 Family Ü",
  long: "W".repeat(900),
  words: "many words in one name ".repeat(40).trim(),
};

let seatree, browser;

before(async () => {
  const sandbox = ["--services", "24", "--contradictions", "on", "--live-leads", "1"];
  [seatree, browser] = await together([startSeatree({ sandbox }), startBrowser()]);
});

async function nothingInTheWay(page, width) {
  const widest = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.ok(widest <= width, `the page is ${widest} px wide`);
  assert.deepEqual(await violations(page), []);
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of [1440, 390]) {
    describe(`${colorScheme}, ${width} px wide, nothing is in the way of`, { concurrency: 1 }, () => {
      let tab, page;

      before(async () => {
        const viewport = { width, height: width > 1000 ? 900 : 844 };
        tab = await open(browser, `${seatree.url}#/services`, { colorScheme, viewport, reducedMotion: "reduce" });
        page = tab.page;
        await signInToDemo(page);
        await list(page).waitFor();
      });

      after(() => tab.close());

      it("the list", () => nothingInTheWay(page, width));

      it("the details of a service with a factor that is off", async () => {
        const { name } = seatree.truth.live_platform.services[8];
        await page.getByRole("searchbox", { name: "Filter by name or id" }).fill(name.slice(0, 12));
        await openDetails(page, name);
        await nothingInTheWay(page, width);
        await details(page).getByText("What the figures cannot tell").click();
        await nothingInTheWay(page, width);
      });

      it("a filter that leaves nothing", async () => {
        await details(page).getByRole("button", { name: "Close the details" }).click();
        await page.getByRole("searchbox", { name: "Filter by name or id" }).fill("no such customer");
        await page.getByText("No service matches what you look for.").waitFor();
        await nothingInTheWay(page, width);
        await page.getByRole("searchbox", { name: "Filter by name or id" }).fill("");
      });

      it("what is sorted", async () => {
        if (width > 1000) await list(page).getByRole("button", { name: "Licensed", exact: true }).click();
        else await page.getByRole("combobox", { name: "Sort by" }).selectOption({ label: "Licensed" });
        await page.waitForFunction(() => location.hash.includes("sort=licensed.desc"));
        await nothingInTheWay(page, width);
      });

      it("the page, which complained of nothing", () => assert.deepEqual(tab.faults(), []));
    });
  }
}

describe("a hostile platform", () => {
  const uuid = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

  before(async () => {
    const set = async (fault) => {
      const rule = { ...fault, content_type: "application/json" };
      const reply = await fetch(`${seatree.addresses.live}/_sandbox/faults`, { method: "POST", body: JSON.stringify(rule) });
      assert.ok(reply.ok, await reply.text());
    };
    // Of several rules the one set first wins.
    await set({
      path_contains: "licenseinfo",
      body: JSON.stringify([{
        acquiredLicenses: 10, currentlyLicensed: 12, totalMonitoredUsers: NAMES.markup,
        managedUsersDirectRouting: 7, managedUsersByTemplate: 5, lastUpdate: NAMES.script,
        licenseSettingsFlagsLevel: NAMES.markup, LicenseFactors: { [NAMES.markup]: false, [NAMES.long]: true },
      }]),
    });
    await set({
      path_contains: "/customer",
      body: JSON.stringify(Object.values(NAMES).map((name, number) => ({
        UmpCustomerGuid: uuid(number + 1), CustomerFullName: name, CustomerShortName: name, LicenseType: 2,
      }))),
    });
  });

  for (const [width, height] of [[1440, 900], [390, 844]]) {
    it(`is shown as text, in its place, ${width} px wide`, async () => {
      const tab = await open(browser, `${seatree.url}#/services`, { viewport: { width, height } });
      const { page } = tab;
      const asked = [];
      page.on("request", (request) => asked.push(request.url()));
      await signInToDemo(page);
      const labels = list(page).locator(".grid-space > [role=row]:not([hidden]) .label");
      await labels.first().waitFor();
      assert.deepEqual(await labels.allTextContents(), Object.values(NAMES));
      const heights = await list(page).locator(".grid-space > [role=row]:not([hidden])")
        .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
      assert.equal(new Set(heights).size, 1);
      for (const number of [0, 1, 6, 7]) {
        await labels.nth(number).click();
        await details(page).getByText(`"${NAMES.markup}" is off.`).waitFor();
        const wide = await details(page).evaluate((panel) => panel.scrollWidth - panel.clientWidth);
        assert.equal(wide, 0, "nothing stands out at the side");
        assert.deepEqual(await violations(page), []);
        await details(page).getByRole("button", { name: "Close the details" }).click();
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      assert.equal(await page.locator("main img, main script, main style").count(), 0);
      assert.deepEqual(asked.filter((url) => /example\.invalid|\/x$/.test(url)), []);
      assert.deepEqual(tab.faults(), []);
      await tab.close();
    });
  }
});
