// One run of one contestant: a browser and a profile of its own, which end with it.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { licensesPath } from "./server.mjs";
import { TEXT, TOPMOST } from "./truth.mjs";

const MEASURE = fileURLToPath(new URL("measure.js", import.meta.url));
const JUMPS = 200;
/** A million rows take a slow machine some time. */
const PATIENCE_MS = 180_000;

const CHROMIUM = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export async function run({ executable, origin, contestant, reply }) {
  const browser = await chromium.launch({ executablePath: executable, args: CHROMIUM });
  try {
    const context = await browser.newContext({
      viewport: { width: 1440, height: contestant.height ?? 900 }, locale: "en-US", timezoneId: "UTC",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.addInitScript({ path: MEASURE });
    if (contestant.adapter) await page.addInitScript({ path: contestant.adapter });
    await page.goto(`${origin}/${contestant.name}/`);
    await page.waitForFunction(() => globalThis.contestant && (contestant.ready?.() ?? true));
    // Parts that a page fetches ahead belong to its being up.
    await page.waitForLoadState("networkidle");
    const tab = new Tab(page, await context.newCDPSession(page), await browser.newBrowserCDPSession());
    const measured = await turn(tab, contestant, reply);
    if (faults.length > 0) throw new Error(faults.join("; "));
    return { browser: `Chromium ${browser.version()}`, ...measured };
  } catch (error) {
    throw new Error(`${contestant.name}, ${reply.data}: ${error.message}`, { cause: error });
  } finally {
    await browser.close();
  }
}

/** What there is to measure, in the order of the figures. */
async function turn(tab, contestant, reply) {
  const { page } = tab;
  const step = (name, ...given) =>
    page.evaluate(([name, given]) => measure.step(name, ...given), [name, given]);
  const check = new Check(page, contestant, reply);

  await tab.collectGarbage();
  const loop = (await page.evaluate(() => measure.loop())).ms;
  const load = await page.evaluate((url) => measure.load(url), licensesPath(reply.uuid));
  const afterLoad = await tab.memory("AfterLoad");
  if (!contestant.steps) return { loop, figures: { ...load, ...afterLoad } };

  const expandAllMs = await step("expandAll");
  await check.shows("expand all", reply.rows, reply.inOrder);
  const rowsInSight = await page.evaluate(() => measure.rowsInSight());
  const allExpanded = await tab.memory("AllExpanded");
  const sortMs = await step("sortByInUse");
  await check.shows("sort", reply.rows, reply.sorted);
  const filterMs = await step("filter", TEXT);
  const left = await check.shows("filter", reply.left);
  const clearFilterMs = await step("clearFilter");
  await check.shows("clear the filter", reply.rows, reply.sorted);
  const { frames, blank } = await page.evaluate((jumps) => measure.scroll(jumps), JUMPS);
  // Whole frames, whatever the clock's last digits say.
  const lasted = frames.map((ms) => Math.round(ms * 10) / 10).sort((a, b) => a - b);
  return {
    loop,
    figures: {
      ...load, ...afterLoad, expandAllMs, rowsInSight, ...allExpanded, sortMs, filterMs, clearFilterMs, left,
      scrollMedianMs: lasted[Math.floor(lasted.length / 2)],
      scrollSlowMs: lasted[Math.floor(lasted.length * 0.95)],
      scrollLongestMs: lasted.at(-1),
      scrollLongFrames: lasted.filter((ms) => ms > 50).length,
      scrollBlank: blank,
    },
  };
}

/** Right, or no contestant. */
class Check {
  constructor(page, contestant, reply) {
    Object.assign(this, { page, contestant, reply });
  }

  /** How many rows of the reply there are after a step, which must be `rows`. */
  async shows(step, rows, topmost) {
    const { above } = this.contestant;
    const there = await this.page.evaluate(() => contestant.rows()) - above.length;
    if (there !== rows) throw new Error(`${step}: ${there} rows, not ${rows}`);
    if (!topmost) return there;
    const names = await this.page.evaluate((count) => measure.topmost(count), TOPMOST);
    const expected = [...above, ...topmost].slice(0, TOPMOST);
    if (names.join("\n") !== expected.join("\n")) {
      throw new Error(`${step}: shows ${names.join(", ")} instead of ${expected.join(", ")}`);
    }
    return there;
  }
}

class Tab {
  #session;
  #control;

  constructor(page, session, control) {
    this.page = page;
    this.#session = session;
    this.#control = control;
  }

  async collectGarbage() {
    // What the first one lets go of may hold more.
    await this.#session.send("HeapProfiler.collectGarbage");
    await this.#session.send("HeapProfiler.collectGarbage");
  }

  /**
   * The page's memory: its heap and WebAssembly's memory; and all that its process has, shared parts
   * divided, where Linux tells.
   */
  async memory(when) {
    await this.collectGarbage();
    const { usedSize } = await this.#session.send("Runtime.getHeapUsage");
    const wasm = await this.page.evaluate(() => contestant.wasmBytes?.() ?? 0);
    return {
      [`heap${when}`]: usedSize,
      [`wasm${when}`]: wasm,
      [`memory${when}`]: usedSize + wasm,
      [`process${when}`]: await this.#process(),
    };
  }

  /** Of the renderers one may be a spare: the page's has more. */
  async #process() {
    const { processInfo } = await this.#control.send("SystemInfo.getProcessInfo");
    const renderers = processInfo.filter(({ type }) => type === "renderer");
    const sizes = await Promise.all(renderers.map(({ id }) => proportional(id)));
    return sizes.reduce((most, size) => size > most ? size : most, null);
  }
}

/** A process's proportional set size in bytes; null where Linux is not. */
async function proportional(pid) {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, "utf8").catch(() => "");
  const found = /^Pss:\s+(\d+) kB/m.exec(text);
  return found && Number(found[1]) * 1024;
}
