// The example for React, as a portal would bundle it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { before, it } from "node:test";
import { startHost, told } from "../support/embed.mjs";
import { temporaryFolder } from "../support/folder.mjs";
import { onPage, startBrowser } from "../support/page.mjs";
import { together } from "../support/processes.mjs";
import { findRow, TREE } from "../support/steps.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

let host, browser;

before(async () => {
  [host, browser] = await together([startHost(), startBrowser()]);
});

/** A page's script that renders the example with these settings. */
async function bundled(settings) {
  const folder = await temporaryFolder();
  const entry = join(folder.path, "entry.jsx");
  await writeFile(entry, `import { createElement } from "react";
    import { createRoot } from "react-dom/client";
    import { Licenses } from ${JSON.stringify(join(ROOT, "examples/portal/frameworks/Licenses.jsx"))};
    window.told = [];
    document.addEventListener("seatree-ready", ({ target, detail }) => told.push(["ready", detail, target.localName]));
    const { token, ...settings } = ${JSON.stringify(settings)};
    createRoot(document.querySelector("main")).render(createElement(Licenses, {
      ...settings, token: async () => token, onSelect: (detail) => told.push(["selected", detail, "page"]),
    }));`);
  const { stdout } = await promisify(execFile)(join(ROOT, "node_modules/.bin/esbuild"), [
    entry, "--bundle", "--format=esm", "--jsx=automatic", '--define:process.env.NODE_ENV="production"', "--log-level=error",
  ], { env: { ...process.env, NODE_PATH: join(ROOT, "node_modules") }, maxBuffer: 1 << 26 });
  await folder.remove();
  return stdout;
}

it("in React the tokens are properties, and events reach the page", async () => {
  const { uuid, name } = host.truth.draas.samples.reseller;
  const script = await bundled({
    seatree: host.site, edge: host.edge, connection: "draas", scope: `reseller:${uuid}`, token: host.token(),
  });
  host.show({ html: "<main></main>", script });
  await onPage(browser, host.url, {}, async (page) => {
    for (const element of ["seatree-tree", "seatree-summary"]) await told(page, "ready", element);
    assert.equal((await page.content()).includes(host.token().slice(0, 20)), false);
    await (await findRow(page, TREE, name)).click();
    assert.equal((await told(page, "selected", "page")).id, `reseller:${uuid}`);
  });
});
