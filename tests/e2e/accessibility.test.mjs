// Every screen, in both themes, on a desk and on a phone.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { violations } from "../support/axe.mjs";
import { open, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree, startSite } from "../support/seatree.mjs";
import {
  closePanel, edit, expectAlert, openPanel, panel, signInToDemo, signInWithPassword, visit,
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

async function check(page, width) {
  assert.deepEqual([...await sideways(page, width), ...await violations(page)], []);
}

/** What makes the page, or a dialog on it, scroll sideways. */
function sideways(page, width) {
  return page.evaluate((width) => {
    const wide = [document.documentElement, ...document.querySelectorAll("dialog[open]")]
      .filter((element) => element.scrollWidth > width);
    // What scrolls within an element of its own does no harm.
    const contained = (element) => {
      const parent = element.parentElement;
      return parent && !wide.includes(parent)
        && (getComputedStyle(parent).overflowX !== "visible" || contained(parent));
    };
    return wide.flatMap((root) => [...root.querySelectorAll("*")])
      .filter((element) => element.getBoundingClientRect().right > width && !contained(element))
      .map((element) => `wider than ${width} px: ${element.outerHTML.slice(0, 100)}`)
      .concat(wide.map((root) => `${root.tagName} scrolls sideways: ${root.scrollWidth} px`));
  }, width);
}
