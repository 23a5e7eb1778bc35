// Automatic checks of accessibility, by axe-core.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe finds wrong with what the page shows now, one line each. */
export async function violations(page) {
  // Evaluated from outside: the page's own policy lets no foreign script in.
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(AXE);
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return found.violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ target, failureSummary }) =>
      `${id} (${impact}): ${help}: ${target.join(" ")}: ${failureSummary.replace(/\s+/g, " ")}`));
}
