// fast-xml-parser in Node: one line in, one decode, one line out.
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { forgetPeak } from "./peak.mjs";
import { users } from "./fast-xml-parser.mjs";

for await (const line of createInterface({ input: process.stdin })) {
  const bytes = readFileSync(JSON.parse(line).file);
  const peak = await forgetPeak("self");
  const start = performance.now();
  const list = users(bytes.toString("utf8"));
  const ms = performance.now() - start;
  const peakBytes = await peak();
  const sum = list.reduce((sum, user) => sum + user.licenseUsed, 0);
  console.log(JSON.stringify({ ms, items: list.length, sum, peakBytes }));
}
