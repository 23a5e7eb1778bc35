// From nothing to rows: an element on a portal's page beside Seatree's own page, which read the same
// through the same edge, each in a fresh profile, in turns. Writes what each turn took, in ms.
import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { giving, startHost, tag } from "../support/embed.mjs";
import { open, startBrowser } from "../support/page.mjs";
import { startSite } from "../support/seatree.mjs";

const text = { type: "string" };
const { values } = parseArgs({ options: { out: text, rounds: { ...text, default: "5" } } });

const site = await startSite();
const host = await startHost({ sandbox: ["--size", "2000", "--users", "10"], also: [site.origin] });
const browser = await startBrowser();
const { reseller } = host.truth.draas.samples;

await site.configure({
  version: 1,
  connections: [{
    id: "portal", name: "Licenses", kind: "edge", address: host.edge, upstream: "draas", scope: `reseller:${reseller.uuid}`,
  }],
  demo: { portal: { token: host.token() } },
});
host.show({ html: tag(host, "tree"), script: giving(host.token()) });

/** Until a row of the reseller is in the document, from the beginning of the navigation. */
const WATCH = `const rows = () => (document.querySelector("seatree-tree")?.shadowRoot ?? document)
  .querySelector(".tree [role=row][aria-level='2']");
const look = () => {
  document.querySelector(".demo button")?.click();
  if (rows()) window.took = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);`;

async function take(url) {
  const tab = await open(browser, "about:blank");
  await tab.page.addInitScript(WATCH);
  await tab.page.goto(url);
  await tab.page.waitForFunction(() => window.took);
  const took = await tab.page.evaluate(() => window.took);
  await tab.close();
  return took;
}

const turns = { element: [], page: [] };
// What servers do once, the edge's sign-in and its tree among it, is nobody's time.
await take(host.url);
await take(site.url);
for (let round = 0; round < Number(values.rounds); round += 1) {
  turns.element.push(await take(host.url));
  turns.page.push(await take(site.url));
}
await writeFile(values.out, JSON.stringify(turns));
await Promise.all([browser.close(), host.stop(), site.stop()]);
