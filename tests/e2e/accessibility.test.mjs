// Every screen, in both themes, on a desk and on a phone.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { violations } from "../support/axe.mjs";
import { open, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree, startSite } from "../support/seatree.mjs";
import { sideways } from "../support/sideways.mjs";
import {
  TREE, chip, closePanel, edit, expectAlert, filterBy, focusGrid, openPanel, panel, signInToDemo,
  signInWithPassword, visit,
} from "../support/steps.mjs";

let seatree, bare, browser;

before(async () => {
  [seatree, bare, browser] = await together([startSeatree(), startSite(), startBrowser()]);
});

/** The screens, in an order in which each leads to the next. */
const SCREENS = {
  "the start, signed out": async (page) => {
    await page.getByRole("button", { name: "Sign in to the demo" }).waitFor();
  },
  "an error in the connections panel": async (page) => {
    await openPanel(page);
    const connection = panel(page).getByRole("article", { name: "Netaxis DRaaS" });
    await signInWithPassword(connection, "demo", "not this");
    await expectAlert(connection, "Not signed in, or no longer", "Sign in again");
    await connection.getByText("Technical details").click();
  },
  "the start with a connection that failed": (page) => closePanel(page),
  "the licenses": (page) => signInToDemo(page),
  "the details of a node": async (page) => {
    await focusGrid(page, TREE);
    for (let rows = 0; rows < 3; rows += 1) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Details" })
      .getByRole("button", { name: "Copy the link to this place" }).waitFor();
  },
  "rows selected and a column sorted": async (page) => {
    await page.keyboard.press("Escape");
    await page.getByRole("complementary", { name: "Details" }).waitFor({ state: "hidden" });
    await focusGrid(page, TREE);
    await page.keyboard.press("Shift+ArrowDown");
    const header = page.getByRole("button", { name: "Teams users in use", exact: true });
    if (await header.isVisible()) await header.click();
  },
  "a cell with the focus": async (page) => {
    await focusGrid(page, TREE);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
  },
  "what a name finds": async (page) => {
    await filterBy(page, "telecom");
    await page.locator("[role=row]:not([hidden]) mark").first().waitFor();
  },
  "what nothing matches": async (page) => {
    await filterBy(page, "no such customer");
    await page.getByText("Nothing here matches what you look for.").waitFor();
  },
  "what a finding leaves, without hierarchy": async (page) => {
    await filterBy(page, "");
    await chip(page, "over limit").click();
    await page.getByRole("button", { name: "Flat list" }).click();
    await page.locator("[role=row][aria-level='1'][aria-rowindex='5']").waitFor();
  },
  "the filter dialog with a range": async (page) => {
    await page.getByRole("button", { name: /^Filter/ }).and(page.locator("[aria-haspopup]")).click();
    const dialog = page.getByRole("dialog", { name: "Filter" });
    await dialog.getByRole("button", { name: "Add a range" }).click();
    await dialog.getByRole("spinbutton", { name: "at least" }).fill("3");
  },
  "the columns dialog": async (page) => {
    await closeDialog(page);
    // A phone shows one column; who wants to choose those of a wider screen runs the command.
    const button = page.getByRole("button", { name: "Columns", exact: true });
    if (await button.isVisible()) {
      await button.click();
    } else {
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox", { name: "Name, id or command" }).fill("Choose columns");
      await page.getByRole("option", { name: "Choose columns" }).waitFor();
      await page.keyboard.press("Enter");
    }
    await page.getByRole("button", { name: "Use the usual columns" }).waitFor();
  },
  "the list of keys": async (page) => {
    await closeDialog(page);
    await focusGrid(page, TREE);
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).getByText("Select all rows shown").waitFor();
  },
  "the palette": async (page) => {
    await closeDialog(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("listbox", { name: "Choices" }).getByRole("option").first().waitFor();
  },
  "the palette with names": async (page) => {
    await page.keyboard.type("le");
    await page.getByRole("option", { name: "Lefèvre" }).first().waitFor();
  },
  "the palette without a choice": async (page) => {
    await page.keyboard.type("zzz");
    await page.getByText("Nothing by this name").waitFor();
    await check(page, page.viewportSize().width);
    await closeDialog(page);
    await page.getByRole("button", { name: "Clear filters" }).click();
  },
  "the services": (page) => visit(page, "Services"),
  "the clusters": (page) => visit(page, "Clusters"),
  "the connections panel": (page) => openPanel(page),
  "the form of a connection": async (page) => {
    await edit(panel(page).getByRole("article", { name: "CUCM Berlin" }));
  },
  "the form with mistakes": async (page) => {
    const form = page.getByRole("form", { name: "Connection" });
    await form.getByLabel("Name", { exact: true }).fill("");
    await form.getByLabel("Address", { exact: true }).fill("nowhere");
    await form.getByRole("button", { name: "Save" }).click();
    await expectAlert(form, "need mending", "");
  },
};

describe("on every screen nothing is in the way:", { concurrency: 2 }, () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1440, 390]) {
      describe(`${colorScheme}, ${width} px wide:`, { concurrency: 1 }, () => {
        let tab, first;
        const profile = () => ({
          colorScheme, viewport: { width, height: width > 1000 ? 900 : 844 }, reducedMotion: "reduce",
          hasTouch: width < 1000,
        });

        before(async () => {
          tab = await open(browser, seatree.url, { ...profile(), refusals: [seatree.addresses.draas] });
          first = await open(browser, bare.url, { ...profile(), refusals: [`${bare.url}seatree.json`] });
        });

        after(() => Promise.all([tab.close(), first.close()]));

        it("the first run", async () => {
          await first.page.getByRole("heading", { name: "Every seat in one tree" }).waitFor();
          await check(first.page, width);
        });

        it("a set-up file with a mistake", async () => {
          await first.page.route("**/seatree.json", (route) => route.fulfill({ json: { version: 99 } }));
          await first.page.reload();
          await first.page.getByRole("alert").filter({ hasText: "version" }).waitFor();
          await check(first.page, width);
        });

        for (const [name, reach] of Object.entries(SCREENS)) {
          it(name, async () => {
            await reach(tab.page);
            await check(tab.page, width);
          });
        }

        it("the page complained of nothing", () => {
          assert.deepEqual([...tab.faults(), ...first.faults()], []);
        });
      });
    }
  }
});

async function closeDialog(page) {
  await page.keyboard.press("Escape");
  await page.locator("dialog[open]").waitFor({ state: "detached" });
}

async function check(page, width) {
  assert.deepEqual([...await sideways(page, width), ...await violations(page)], []);
}
