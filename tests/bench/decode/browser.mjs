// Contestants in Chromium: every turn in a new tab of a new profile, so in a process of its own.
import { createServer } from "node:http";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { forgetPeak, inUse } from "./peak.mjs";

const PAGE = fileURLToPath(new URL("page/", import.meta.url));
/** What a fetch stream gives at a time. */
const PIECE = 64 * 1024;
/** More than a renderer would take by chance meanwhile. */
const SIGN = 96 * 1024 * 1024;

const CHROMIUM = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

export class Browser {
  #browser;
  #server;
  #control;

  static async start({ executable, wasmFolder, dataFolder }) {
    const started = new Browser();
    started.#server = await serve(wasmFolder, dataFolder);
    started.#browser = await chromium.launch({ executablePath: executable, args: CHROMIUM });
    started.#control = await started.#browser.newBrowserCDPSession();
    return started;
  }

  version() {
    return `Chromium ${this.#browser.version()}`;
  }

  /** Decodes in a new tab, and once more there. */
  async time({ kind, name, data }) {
    return this.#inTab(async (page) => {
      await load(page, data);
      await collectGarbage(page);
      return [await decode(page, kind, name), await decode(page, kind, name)];
    });
  }

  /** Decodes in a new tab, and tells what memory that took. */
  async memory({ kind, name, data }) {
    return this.#inTab(async (page) => {
      const renderer = await this.#rendererOf(page);
      await load(page, data);
      const tab = await collectGarbage(page);
      await tab.send("Memory.simulatePressureNotification", { level: "critical" });
      const heapBefore = await heap(tab);
      const peak = await forgetPeak(renderer);
      const found = await decode(page, kind, name);
      const peakBytes = await peak();
      await collectGarbage(page);
      // WebAssembly's memory grows and never shrinks; what is in it is no part of the heap.
      const heldBytes = found.wasmBytes ?? await heap(tab) - heapBefore;
      return { ...found, peakBytes, heldBytes };
    });
  }

  async #inTab(work) {
    const context = await this.#browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(this.#server.url);
      await page.waitForFunction(() => globalThis.bench);
      return await work(page);
    } finally {
      await context.close();
    }
  }

  /**
   * The process of a tab. Chromium does not tell, and others wait to become the next tab's: so the
   * page takes a piece of memory that is seen from outside. Null where it is not seen.
   */
  async #rendererOf(page) {
    const { processInfo } = await this.#control.send("SystemInfo.getProcessInfo");
    const pids = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
    const before = await Promise.all(pids.map(inUse));
    await page.evaluate((size) => {
      globalThis.sign = new Uint8Array(size).fill(1);
    }, SIGN);
    const after = await Promise.all(pids.map(inUse));
    await page.evaluate(() => delete globalThis.sign);
    const [pid, ...others] = pids.filter((_, at) => after[at] - before[at] > SIGN * 0.9);
    return others.length === 0 ? pid ?? null : null;
  }

  async stop() {
    await this.#browser?.close();
    this.#server?.stop();
  }
}

const load = (page, data) =>
  page.evaluate(([url, piece]) => bench.load(url, piece), [`/data/${data}`, PIECE]);

const decode = (page, kind, name) =>
  page.evaluate((decoder) => bench.decode(decoder), `${kind}/${name}`);

async function collectGarbage(page) {
  const tab = await page.context().newCDPSession(page);
  await tab.send("HeapProfiler.collectGarbage");
  return tab;
}

/** Bytes of the page's objects and buffers; without the browser's own, such as a document's. */
async function heap(tab) {
  const { usedSize, backingStorageSize = 0 } = await tab.send("Runtime.getHeapUsage");
  return usedSize + backingStorageSize;
}

async function serve(wasmFolder, dataFolder) {
  const bundle = await build({
    entryPoints: [join(PAGE, "page.mjs")], bundle: true, format: "esm", target: "es2022",
    external: ["/wasm/*"], write: false, logLevel: "warning",
  });
  const script = bundle.outputFiles[0].text;
  const page = await readFile(join(PAGE, "index.html"));
  const server = createServer((request, response) => {
    const send = (type, body) => {
      response.writeHead(200, {
        "content-type": type,
        // With these the page's clock is exact.
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
      });
      if (typeof body.pipe === "function") body.pipe(response);
      else response.end(body);
    };
    const [, folder, name] = request.url.split("/");
    if (folder === "") return send("text/html", page);
    if (folder === "page.js") return send("text/javascript", script);
    if (folder === "wasm" && /^seatree_bench(_bg\.wasm|\.js)$/.test(name)) {
      const type = name.endsWith(".js") ? "text/javascript" : "application/wasm";
      return send(type, createReadStream(join(wasmFolder, name)));
    }
    if (folder === "data" && /^(tree|users)-\d+$/.test(name)) {
      return send("application/octet-stream", createReadStream(join(dataFolder, name)));
    }
    response.writeHead(404).end();
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    stop: () => server.close(),
  };
}
