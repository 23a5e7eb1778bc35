// Every screen of changing limits, in both themes, on a desk and on a phone; and all of it by keyboard.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { violations } from "../support/axe.mjs";
import { changeOf, draft, line, platform, says, send } from "../support/limits.mjs";
import { onPage, open, startBrowser, written } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { sideways } from "../support/sideways.mjs";
import { TREE, filterBy, findRow, runFromPalette, signInToDemo, visit } from "../support/steps.mjs";

let seatree, browser, draas, all;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
  draas = platform(seatree);
  all = await draas.subscriptions();
});

const dialog = (page) => page.locator("dialog[open]");
const close = async (page) => {
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
};

/** The screens, in an order in which each leads to the next. */
const SCREENS = {
  "the page without changes": async (page) => {
    await visit(page, "Changes");
    await page.getByText("No changes are drafted.").waitFor();
  },
  "the log without entries": async (page) => {
    await page.getByRole("button", { name: /^Change log/ }).click();
    await page.getByText("No change was sent from this browser yet.").waitFor();
  },
  "the form in the details, with a mistake": async (page, one) => {
    await visit(page, "Licenses");
    await filterBy(page, `#${one.id}`);
    await (await findRow(page, TREE, one.name)).focus();
    await page.keyboard.press("F2");
    const field = page.getByRole("textbox", { name: "New limit of Teams users" });
    await field.and(page.locator(":focus")).waitFor();
    await page.keyboard.type("many");
    await page.keyboard.press("Enter");
    await page.getByText("Enter a whole number").waitFor();
  },
  "the form with a drafted limit below what is in use": async (page, one) => {
    await page.getByRole("textbox", { name: "New limit of Teams users" }).fill("1");
    await page.keyboard.press("Enter");
    await page.getByText(`${written(one.teams.assigned)} → 1 in the draft`).waitFor();
  },
  "the dialog with one rule for many": async (page) => {
    await runFromPalette(page, "Expand everything");
    await page.getByRole("button", { name: "Close the details" }).click();
    await runFromPalette(page, "Change limits of the selection");
    await dialog(page).getByRole("radio", { name: "Subtract" }).check();
    await dialog(page).getByRole("textbox", { name: "Seats" }).fill("1000000");
    await dialog(page).getByText("fewer seats than are taken away").waitFor();
  },
  "the dialog that moves seats": async (page) => {
    await dialog(page).getByRole("button", { name: "Move seats from one to another instead" }).click();
    await dialog(page).getByRole("textbox", { name: "Seats" }).fill("1");
    await dialog(page).getByRole("button", { name: "Add 2 changes to the draft" }).waitFor();
  },
  "the dialog that reclaims seats": async (page) => {
    await close(page);
    await runFromPalette(page, "Reclaim idle seats");
    await dialog(page).getByRole("textbox", { name: "Seats to free" }).fill("3");
    await dialog(page).getByText("Frees 3 seats in").waitFor();
  },
  "the dialog that imports, with bad lines": async (page) => {
    await close(page);
    await runFromPalette(page, "Import limits", "Import limits from CSV");
    await dialog(page).getByLabel("Or paste it here").fill("1,2\nabc,msTeamsUsers,1\n999999999,msTeamsUsers,1");
    await dialog(page).getByText("3 cannot be used").waitFor();
  },
  "the draft": async (page, one, others) => {
    await close(page);
    await draft(page, others.map((other) => line(other, "msTeamsUsers", other.teams.assigned + 1)));
    await says(page, one, "Below the");
  },
  "a change with what it does": async (page, one) => {
    await changeOf(page, one).click();
    await page.getByRole("complementary", { name: "About the change" }).getByText("Sums above").waitFor();
  },
  "the sums above": async (page) => {
    await page.getByRole("complementary", { name: "About the change" })
      .getByRole("button", { name: "Close", exact: true }).click();
    await page.getByRole("button", { name: /^Sums above/ }).click();
    await page.getByRole("grid", { name: "Sums above" }).waitFor();
  },
  "the question before sending": async (page, one) => {
    await page.getByRole("button", { name: "Send…" }).click();
    await dialog(page).getByText(`1 limit goes below what is in use: ${one.name} #${one.id}`).waitFor();
  },
  "the results, with a refusal": async (page, one, others) => {
    await close(page);
    await page.getByRole("button", { name: /^Draft/ }).first().click();
    await draas.rehearse(one, { status: 400, body: '{"error":{"reason":"below what is in use"}}' });
    await send(page);
    await page.getByText("Reading the sums above again").waitFor({ state: "hidden" });
    await says(page, others[0], "Applied");
    await changeOf(page, one).click();
    await page.getByText("The platform does not take this limit.").waitFor();
  },
  "the log": async (page) => {
    await page.getByRole("complementary", { name: "About the change" })
      .getByRole("button", { name: "Close", exact: true }).click();
    await page.getByRole("button", { name: /^Change log/ }).click();
    await page.getByRole("grid", { name: "Change log" }).waitFor();
  },
};

describe("while limits are changed nothing is in the way:", { concurrency: 2 }, () => {
  for (const [number, [colorScheme, width]] of
    [["light", 1440], ["dark", 1440], ["light", 390], ["dark", 390]].entries()) {
    it(`${colorScheme}, ${width} px wide`, async () => {
      const profile = {
        colorScheme, viewport: { width, height: width > 1000 ? 900 : 844 }, reducedMotion: "reduce",
        hasTouch: width < 1000, refusals: [seatree.addresses.draas],
      };
      // Each has subscriptions of its own.
      const used = all.filter(({ teams }) => teams.inUse > 2 && teams.inUse < teams.assigned);
      const [one, ...others] = used.slice(number * 4, number * 4 + 4);
      await onPage(browser, seatree.url, profile, async (page) => {
        await signInToDemo(page);
        for (const [name, reach] of Object.entries(SCREENS)) {
          await reach(page, one, others);
          assert.deepEqual([...await sideways(page, width), ...await violations(page)], [], name);
        }
      });
    });
  }
});

describe("by keyboard alone", () => {
  it("a limit is drafted, reviewed, sent and taken back", async () => {
    const tab = await open(browser, seatree.url, { refusals: [seatree.addresses.draas] });
    const { page } = tab;
    await signInToDemo(page);
    const one = all.filter(({ teams }) => teams.inUse > 2)[40];
    const before = await draas.limits(one);
    await filterBy(page, `#${one.id}`);
    await (await findRow(page, TREE, one.name)).focus();
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: "New limit of Teams users" }).and(page.locator(":focus")).waitFor();
    await page.keyboard.type(String(before.teams + 2));
    await page.keyboard.press("Enter");
    await page.getByText("in the draft").waitFor();
    await runFromPalette(page, "Go to Changes");
    await reach(page, page.getByRole("button", { name: "Send…" }));
    await page.keyboard.press("Enter");
    await reach(page, page.getByRole("dialog").getByRole("button", { name: "Send 1 change" }));
    await page.keyboard.press("Enter");
    await page.getByText("1 limit is as wanted.").waitFor();
    assert.equal((await draas.limits(one)).teams, before.teams + 2);
    await reach(page, page.getByRole("button", { name: "Draft the undo" }));
    await page.keyboard.press("Enter");
    await says(page, one, "Ready");
    // One is taken out by its key, and the focus stays on the page.
    await reach(page, page.locator(".change-list .grid-space [tabindex='0']"));
    await page.keyboard.press("Delete");
    await page.getByText("No changes are drafted.").waitFor();
    await page.locator("#main:focus").waitFor();
    assert.deepEqual(tab.faults(), []);
    await tab.close();
  });
});

/** Moves the focus on by Tab until it is there. */
async function reach(page, target) {
  await target.waitFor();
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`not reached by Tab: ${target}`);
}
