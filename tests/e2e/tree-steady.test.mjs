// Nothing on the page jumps: what comes and goes has its place.
import assert from "node:assert/strict";
import { before, it } from "node:test";
import { onPage, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import {
  TREE, chip, filterBy, focusGrid, matches, press, rowsAre, rowCount, signInToDemo, tree,
} from "../support/steps.mjs";

/**
 * A fifth of what the web calls a little. It is not nothing, since an element that shows another row
 * than before, of another depth, counts as moved, and so does a button that makes room for a count.
 */
const NONE = 0.02;

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
});

/** Collects what moved by itself from now on, also right after a key or press. */
async function watch(page) {
  await page.addInitScript(() => {
    globalThis.shifts = [];
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries()) {
        globalThis.shifts.push({ value, hadRecentInput, of: sources.map(({ node, previousRect: from, currentRect: to }) =>
          [node?.outerHTML?.slice(0, 70) ?? "", from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height].join(" ")) });
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  await page.reload();
}

/** What moved since the last time, once two more frames were shown. */
async function moved(page, what, { butForPresses = false } = {}) {
  const shifts = await page.evaluate(() => new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => done(globalThis.shifts.splice(0))));
  }));
  const counted = shifts.filter(({ hadRecentInput }) => !(butForPresses && hadRecentInput));
  const sum = counted.reduce((sum, { value }) => sum + value, 0);
  assert.ok(sum <= NONE, `${what}: ${sum}: ${JSON.stringify(counted)}`);
}

for (const width of [1440, 390]) {
  it(`${width} px wide, nothing moves while data comes, nor for a sort or a filter`, () =>
    onPage(browser, seatree.url, { viewport: { width, height: 844 }, reducedMotion: "reduce" }, async (page) => {
      await watch(page);
      await page.getByRole("button", { name: "Sign in to the demo" }).waitFor();
      await moved(page, "the start");
      await signInToDemo(page);
      await chip(page, "over limit").waitFor();
      // The offer to sign in gives way when it is taken.
      await moved(page, "the load", { butForPresses: true });
      const everything = await rowCount(page);
      await chip(page, "over limit").click();
      await page.locator(".matches-place").getByText(/ matches$/).waitFor();
      await moved(page, "a filter by findings");
      await filterBy(page, "no such customer");
      await matches(page, 0);
      await moved(page, "nothing left");
      await page.getByRole("button", { name: "Show everything" }).click();
      await rowsAre(page, everything);
      await moved(page, "everything again");
      const sort = page.getByRole("button", { name: "Teams users in use", exact: true });
      if (await sort.isVisible()) {
        for (const way of ["descending", "ascending"]) {
          await sort.click();
          await tree(page).locator(`[aria-sort=${way}]`).waitFor();
          await moved(page, `sorted ${way}`);
        }
      }
      await page.getByRole("button", { name: "Flat list" }).click();
      await tree(page).locator("[role=row][aria-level='1'][aria-rowindex='7']").waitFor();
      await moved(page, "the flat list");
      await focusGrid(page, TREE);
      await press(page, "End");
      await press(page, "Home", 3);
      await page.keyboard.press("Space");
      await page.getByRole("contentinfo").getByText("Selection: 1 row").waitFor();
      await moved(page, "a walk and a selection");
    }));
}
