// A person's browser, and what the page complains of in it.
import assert from "node:assert/strict";
import { after } from "node:test";
import { chromium } from "playwright-core";
import { fromEnvironment } from "./processes.mjs";

const CHROMIUM = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/** Long enough for a busy machine; nothing waits this long where all is well. */
const PATIENCE_MS = 20_000;

const browsers = [];
after(() => Promise.all(browsers.map(async (browser) => (await browser).close())));

/** A browser for one test file; it is closed when the file's tests are done. */
export function startBrowser() {
  const browser = chromium.launch({
    executablePath: fromEnvironment("SEATREE_CHROMIUM"), args: CHROMIUM,
  });
  browsers.push(browser);
  return browser;
}

/**
 * Opens the page in a profile of its own. `faults()` gives what the page or its console
 * complained of. The browser reports refused and failed requests itself: those to an address
 * that begins with one of `refusals` are a test's own doing, as is what `meant` finds in its words.
 * `confirm` answers the questions that
 * the page asks before it removes something.
 */
export async function open(browser, url, { refusals = [], meant = /^$/, confirm = () => false, ...profile } = {}) {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 }, locale: "en-US", timezoneId: "UTC", ...profile,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(`page: ${error.message}`));
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type()) || meant.test(message.text())) return;
    const refused = refusedAddress(message);
    if (refused && refusals.some((prefix) => refused.startsWith(prefix))) return;
    faults.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("dialog", (dialog) => {
    if (dialog.type() !== "confirm") faults.push(`${dialog.type()}: ${dialog.message()}`);
    return confirm(dialog.message()) ? dialog.accept() : dialog.dismiss();
  });
  await page.goto(url);
  return { page, faults: () => faults, close: () => context.close() };
}

/**
 * Opens the page, does something on it, and expects no complaint. Where that fails, the error
 * tells what the page showed.
 */
export async function onPage(browser, url, options, work) {
  const tab = await open(browser, url, options);
  try {
    await work(tab.page);
    assert.deepEqual(tab.faults(), [], "the page complained");
  } catch (error) {
    throw new Error(`${error.message}\n${await whatItShows(tab)}`, { cause: error });
  } finally {
    await tab.close();
  }
}

/** The address of a request that the browser says went wrong. */
function refusedAddress(message) {
  const text = message.text();
  if (text.startsWith("Failed to load resource:")) return message.location().url;
  return /^Access to fetch at '([^']+)' from origin '[^']+' has been blocked by CORS policy/.exec(text)?.[1];
}

async function whatItShows({ page, faults }) {
  // What lies behind a dialog is of no use to anybody.
  const front = page.locator("dialog[open], body:not(:has(dialog[open]))");
  const shown = await front.ariaSnapshot({ timeout: 2_000 }).catch(String);
  return `The page complained of: ${faults().join("; ") || "nothing"}\nIt showed:\n${shown.slice(0, 4_000)}`;
}

/** A number as the page writes it in English; null is what no upstream sent. */
export function written(number) {
  return number === null ? "–" : number.toLocaleString("en-US").replace("-", "−");
}

/** The texts of a row's cells. */
export async function cells(row) {
  return (await row.locator("[role=gridcell], [role=rowheader], [role=cell]").allInnerTexts())
    .map((text) => text.trim());
}
