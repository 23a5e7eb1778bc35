// Contestants in Chromium: every turn in a new tab of a new profile, so in a process of its own.
import { createServer } from "node:http";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { forgetPeak } from "./peak.mjs";

const PAGE = fileURLToPath(new URL("page/", import.meta.url));
/** What a fetch stream gives at a time. */
const PIECE = 64 * 1024;

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

  /** Decodes once in a new tab, then `again` times more. */
  async turn({ kind, name, data, again }) {
    const before = await this.#renderers();
    const context = await this.#browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(this.#server.url);
      await page.waitForFunction(() => globalThis.bench);
      await page.evaluate(([url, piece]) => bench.load(url, piece), [`/data/${data}`, PIECE]);
      const tab = await context.newCDPSession(page);
      await tab.send("HeapProfiler.collectGarbage");
      const heapBefore = await heap(tab);
      const peak = await forgetPeak(await this.#busiest(before));
      const decode = () => page.evaluate((decoder) => bench.decode(decoder), `${kind}/${name}`);
      const first = await decode();
      first.peakBytes = await peak();
      await tab.send("HeapProfiler.collectGarbage");
      first.heapBytes = await heap(tab) - heapBefore;
      const later = [];
      for (let turn = 0; turn < again; turn += 1) later.push(await decode());
      return { first, later };
    } finally {
      await context.close();
    }
  }

  /** The processor time of each renderer. One of them only waits to become the next tab's. */
  async #renderers() {
    const { processInfo } = await this.#control.send("SystemInfo.getProcessInfo");
    const renderers = processInfo.filter(({ type }) => type === "renderer");
    return new Map(renderers.map(({ id, cpuTime }) => [id, cpuTime]));
  }

  /** The renderer that did most since then: the one that loaded the page. */
  async #busiest(before) {
    const spent = ([pid, time]) => time - (before.get(pid) ?? 0);
    const [first] = [...await this.#renderers()].sort((a, b) => spent(b) - spent(a));
    return first?.[0];
  }

  async stop() {
    await this.#browser?.close();
    this.#server?.stop();
  }
}

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
