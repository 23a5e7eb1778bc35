// The whole of Seatree as an operator runs it, and a person's browser in front of it.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { startEdge } from "./edge.mjs";
import { temporaryFolder } from "./folder.mjs";
import { freePort } from "./ports.mjs";
import { fromEnvironment } from "./processes.mjs";
import { startSandbox, truth } from "./sandbox.mjs";

const CHROMIUM = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];

/**
 * Starts three upstreams, each a process of its own so that one can be stopped, the edge, and a
 * static host with the page. `config` may change what `seatree.json` says, null leaves it out; `trust` may
 * give the edge another authority than the cluster's.
 */
export async function startSeatree({
  sandbox = [], liveRoute = "direct", config = (same) => same, trust = (cucm) => cucm.certificate,
} = {}) {
  const sitePort = await freePort();
  const origin = `http://127.0.0.1:${sitePort}`;
  const served = truth(sandbox);
  const upstream = (name, ...more) =>
    startSandbox(["--serve", name, "--origin", origin, ...sandbox, ...more]);
  const cors = liveRoute === "edge" ? "off" : "on";
  const [draas, live, cucm] = await Promise.all([
    upstream("draas"), upstream("live-platform", "--live-cors", cors), upstream("cucm"),
  ]);
  const edge = await startEdge({
    configuration: {
      origins: [origin],
      upstreams: {
        cucm: { address: cucm.cucm, methods: ["GET", "POST"], paths: ["/axl/"] },
        live: { address: live["live-platform"], methods: ["GET"], paths: ["/tenantui/api/"] },
      },
    },
    authority: await trust(cucm),
  });
  const folder = await temporaryFolder();
  const file = join(folder.path, "seatree.json");
  const through = (name) => ({ style: "edge", address: edge.url, upstream: name });
  const written = config({
    version: 1,
    connections: [
      {
        id: "netaxis", name: "Netaxis DRaaS", kind: "draas", address: draas.draas,
        instance: served.draas.instance, prefix: served.draas.prefix,
        entity: { level: "group", uuid: served.draas.group.uuid }, route: { style: "direct" },
      },
      {
        id: "live", name: "Live Platform", kind: "live-platform",
        address: `${live["live-platform"]}/tenantui`,
        route: liveRoute === "edge" ? through("live") : { style: "direct" },
      },
      { id: "cucm", name: "CUCM Berlin", kind: "cucm", address: cucm.cucm, route: through("cucm") },
    ],
    demo: {
      netaxis: {
        username: served.sign_in.draas.username, password: served.sign_in.draas.password,
      },
      live: { token: served.sign_in.live_platform.token },
      cucm: { username: served.sign_in.cucm.username, password: served.sign_in.cucm.password },
    },
  });
  const text = typeof written === "string" ? written : JSON.stringify(written);
  if (written !== null) await writeFile(file, text);
  const site = await startSandbox([
    "--serve", "site", "--site", fromEnvironment("SEATREE_SITE"), "--site-port", String(sitePort),
    ...(written === null ? [] : ["--site-config", file]),
  ]);
  return {
    url: `${origin}/`, truth: served, draas, live, cucm, edge,
    async stop() {
      await Promise.all([site, draas, live, cucm, edge].map((part) => part.stop()));
      await folder.remove();
    },
  };
}

/** A browser for one test file. */
export function startBrowser() {
  return chromium.launch({ executablePath: fromEnvironment("SEATREE_CHROMIUM"), args: CHROMIUM });
}

/**
 * Opens the page in a profile of its own. `faults()` gives what the page or its console
 * complained of; complaints that `expected` matches are a test's own doing.
 */
export async function open(browser, url, { viewport, colorScheme, expected = [] } = {}) {
  const context = await browser.newContext({
    viewport: viewport ?? { width: 1440, height: 900 }, colorScheme, locale: "en-US",
  });
  const page = await context.newPage();
  const faults = [];
  const note = (text) => {
    if (!expected.some((pattern) => pattern.test(text))) faults.push(text);
  };
  page.on("pageerror", (error) => note(`page: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") note(`console: ${message.text()}`);
  });
  await page.goto(url);
  return { page, faults: () => faults, close: () => context.close() };
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
