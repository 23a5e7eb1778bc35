// Everything by keyboard alone: no test here touches a mouse.
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { onPage, open, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { startSeatree } from "../support/seatree.mjs";
import { focusedIndex, panel, press, settled } from "../support/steps.mjs";

/** The index of the tree's first row, below two rows of header. */
const FIRST = 3;

/** More tab stops than any page here has. */
const FAR = 60;

let seatree, browser;

before(async () => {
  [seatree, browser] = await together([startSeatree(), startBrowser()]);
});

/** Tabs until this has the focus, and checks that one can see that it has. */
async function tabTo(page, target, key = "Tab") {
  for (let stops = 0; stops < FAR; stops += 1) {
    if (await isFocused(page, target)) return assertSeen(page);
    await page.keyboard.press(key);
  }
  return assert.fail(`${FAR} tab stops did not lead to ${target}`);
}

async function isFocused(page, target) {
  return (await target.and(page.locator(":focus")).count()) > 0;
}

/** The focus is on the screen, with an outline around it. */
async function assertSeen(page) {
  const seen = await page.evaluate(() => {
    const at = document.activeElement;
    const { top, bottom, left, right } = at.getBoundingClientRect();
    const style = getComputedStyle(at);
    return {
      what: at.outerHTML.slice(0, 200),
      inSight: top >= 0 && left >= 0 && bottom <= innerHeight + 1 && right <= innerWidth + 1,
      marked: (getComputedStyle(at, "::after").outlineStyle === "solid") || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
        || style.boxShadow !== "none",
    };
  });
  assert.ok(seen.inSight, `out of sight: ${seen.what}`);
  assert.ok(seen.marked, `no mark of the focus: ${seen.what}`);
}

async function focusedRow(page) {
  return page.evaluate(() => {
    const row = document.activeElement.closest("[role=row]");
    return {
      index: Number(row.getAttribute("aria-rowindex")),
      level: Number(row.getAttribute("aria-level")),
      expanded: row.getAttribute("aria-expanded"),
    };
  });
}

/** Presses a key that opens or closes the focused row. */
async function toggle(page, key, expanded) {
  await page.keyboard.press(key);
  await page.locator(`[role=row][aria-expanded=${expanded}]:focus`).waitFor();
}

const link = (page, name) =>
  page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name });

describe("by keyboard alone", () => {
  let tab, page;

  before(async () => {
    tab = await open(browser, seatree.url);
    page = tab.page;
    await page.getByRole("button", { name: "Sign in to the demo" }).waitFor();
  });

  const row = () => page.getByRole("treegrid", { name: "Licenses" }).getByRole("row");
  const rowCount = async () =>
    Number(await page.getByRole("treegrid", { name: "Licenses" }).getAttribute("aria-rowcount"));

  it("the first stop skips to the content", async () => {
    await page.keyboard.press("Tab");
    assert.ok(await isFocused(page, page.getByRole("link", { name: "Skip to the content" })));
    await page.keyboard.press("Enter");
    await page.locator("main:focus").waitFor();
  });

  it("the demonstration is signed in to", async () => {
    await tabTo(page, page.getByRole("button", { name: "Sign in to the demo" }));
    await page.keyboard.press("Enter");
    for (const name of ["Netaxis DRaaS", "Live Platform", "CUCM Berlin"]) await settled(page, name);
  });

  it("the tree is one stop, on its first row", async () => {
    await tabTo(page, row());
    assert.deepEqual(await focusedRow(page), { index: FIRST, level: 1, expanded: "true" });
    await page.keyboard.press("Tab");
    assert.ok(!await isFocused(page, row()));
    await page.keyboard.press("Shift+Tab");
    assert.equal(await focusedIndex(page), FIRST);
  });

  it("arrows open a node, walk along its cells and close it", async () => {
    const rows = await rowCount();
    await press(page, "ArrowDown", FIRST + 1);
    await toggle(page, "ArrowLeft", false);
    const closed = await rowCount();
    assert.ok(closed < rows, `${closed} of ${rows} rows`);
    await toggle(page, "ArrowRight", true);
    assert.equal(await rowCount(), rows);
    const cells = row().and(page.locator(`[aria-rowindex="${FIRST + 1}"]`)).getByRole("gridcell");
    await page.keyboard.press("ArrowRight");
    await cells.first().and(page.locator(":focus")).waitFor();
    await assertSeen(page);
    await page.keyboard.press("ArrowRight");
    await cells.nth(1).and(page.locator(":focus")).waitFor();
    await page.keyboard.press("End");
    await cells.last().and(page.locator(":focus")).waitFor();
    await press(page, "ArrowDown", FIRST + 2);
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowLeft");
    await row().and(page.locator(":focus")).waitFor();
    assert.deepEqual(await focusedRow(page), { index: FIRST + 2, level: 3, expanded: "false" });
    await toggle(page, "ArrowRight", true);
    assert.ok(await rowCount() > rows);
    await press(page, "ArrowDown", FIRST + 3);
    assert.equal((await focusedRow(page)).level, 4);
    await press(page, "ArrowLeft", FIRST + 2);
    await toggle(page, "ArrowLeft", false);
    assert.equal(await rowCount(), rows);
    await press(page, "ArrowLeft", FIRST + 1);
  });

  it("Enter shows the details of the focused row, and Escape in them comes back to it", async () => {
    await page.keyboard.press("Enter");
    const details = page.getByRole("complementary", { name: "Details" });
    const copy = details.getByRole("button", { name: "Copy the link to this place" });
    await copy.waitFor();
    await tabTo(page, copy);
    await page.keyboard.press("Escape");
    await details.waitFor({ state: "hidden" });
    await row().and(page.locator(":focus")).waitFor();
    assert.equal(await focusedIndex(page), FIRST + 1);
  });

  it("End, Home and the page keys go by what is open, not by what is drawn", async () => {
    const rows = await rowCount();
    await press(page, "End", rows);
    await assertSeen(page);
    await press(page, "ArrowUp", rows - 1);
    await press(page, "Home", FIRST);
    await assertSeen(page);
    const down = await press(page, "PageDown");
    assert.ok(down > 10 && down < rows, `row ${down}`);
    await assertSeen(page);
    await press(page, "PageUp", FIRST);
  });

  it("the other pages are gone to, and their rows walked", async () => {
    for (const [name, grid, second] of [["Services", "Services", 4], ["Clusters", "Licensed users", 3]]) {
      await tabTo(page, link(page, name), "Shift+Tab");
      await page.keyboard.press("Enter");
      const rows = page.getByRole("grid", { name: grid }).locator(".grid-space > [role=row]");
      await rows.first().waitFor();
      await tabTo(page, rows);
      await press(page, "ArrowDown", second);
      const last = Number(await page.getByRole("grid", { name: grid }).getAttribute("aria-rowcount"));
      await press(page, "End", last);
      await assertSeen(page);
    }
    assert.equal(await link(page, "Clusters").getAttribute("aria-current"), "page");
  });

  it("a control within a row is reached, and keeps its keys", async () => {
    await tabTo(page, link(page, "Services"), "Shift+Tab");
    await page.keyboard.press("Enter");
    const again = page.getByRole("grid", { name: "Services" }).getByRole("button", { name: /^Read .* again$/ });
    await again.first().waitFor();
    await tabTo(page, again);
    const asked = page.waitForResponse((reply) => reply.url().startsWith(seatree.addresses.live));
    await page.keyboard.press("Enter");
    await asked;
  });

  it("a connection's form is reached and left, and the focus returns to its opener", async () => {
    const opener = page.getByRole("button", { name: "Connections", exact: true });
    await tabTo(page, opener, "Shift+Tab");
    await page.keyboard.press("Enter");
    await panel(page).waitFor();
    assert.equal(await panel(page).locator(":focus").count(), 1, "the focus is in the dialog");
    await tabTo(page, panel(page).getByRole("button", { name: "Edit" }));
    await page.keyboard.press("Enter");
    await page.getByRole("form", { name: "Connection" }).waitFor();
    await tabTo(page, page.getByLabel("Name", { exact: true }));
    await page.keyboard.press("End");
    await page.keyboard.type(" Europe");
    assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Netaxis DRaaS Europe");
    await page.keyboard.press("Escape");
    await panel(page).waitFor({ state: "hidden" });
    assert.ok(await isFocused(page, opener), "the focus is on the opener");
    // Nothing was saved.
    await settled(page, "Netaxis DRaaS");
  });

  it("the dialog keeps the focus while it is open", async () => {
    await page.keyboard.press("Enter");
    await panel(page).waitFor();
    for (let stops = 0; stops < FAR; stops += 1) {
      await page.keyboard.press("Tab");
      // Between the last and the first stop the browser's own controls have it.
      const outside = await page.evaluate(() =>
        document.activeElement !== document.body && !document.activeElement.closest("dialog"));
      assert.ok(!outside, "the focus left the dialog");
    }
    await page.keyboard.press("Escape");
    await panel(page).waitFor({ state: "hidden" });
  });

  it("the page complained of nothing", () => assert.deepEqual(tab.faults(), []));
});

describe("a form by keyboard", () => {
  it("is sent with Enter, and a mistake leads to its field", () =>
    onPage(browser, seatree.url, {}, async (page) => {
      await tabTo(page, page.getByRole("button", { name: "Connections", exact: true }));
      await page.keyboard.press("Enter");
      await tabTo(page, panel(page).getByRole("button", { name: "Add a connection" }));
      await page.keyboard.press("Enter");
      await tabTo(page, page.getByLabel("Name", { exact: true }));
      await page.keyboard.press("Enter");
      await page.getByRole("alert").filter({ hasText: "need mending" }).waitFor();
      await page.locator("[aria-invalid=true]:focus").waitFor();
    }));
});
