// `cargo xtask bench tree`: Seatree's page and its peers show the same reply, in turns; this writes
// down how long each took and what it needed. What follows from that is xtask's to say.
//
//   node tests/bench/tree.mjs --out FILE [--size small|large|all] [--rounds N] [--only WHO]…
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { chosen, filesFor, repliesOf, weight } from "./tree/contestants.mjs";
import { run } from "./tree/run.mjs";
import { Server } from "./tree/server.mjs";
import { truth } from "./tree/truth.mjs";

const { values: options } = parseArgs({
  options: {
    out: { type: "string" },
    size: { type: "string", default: "all" },
    rounds: { type: "string", default: "5" },
    only: { type: "string", multiple: true, default: [] },
  },
});
const rounds = Number(options.rounds);
const executable = environment("SEATREE_CHROMIUM");
const dataFolder = join(dirname(options.out), "data");

const contestants = chosen(options.only);
if (contestants.length === 0) throw new Error(`nobody is called ${options.only.join(" or ")}`);

function environment(name) {
  if (!process.env[name]) throw new Error(`${name} is not set; run this through cargo xtask bench`);
  return process.env[name];
}

/** A reply with what is in it. */
function generate(data) {
  const native = environment("SEATREE_BENCH");
  const { file } = JSON.parse(execFileSync(native, ["data", dataFolder, data], { encoding: "utf8" }));
  const body = readFileSync(file);
  rmSync(file);
  return { data, body, ...truth(body) };
}

/** What was measured, figure by figure. */
class Entry {
  constructor(contestant, reply) {
    this.contestant = contestant;
    this.measured = { contestant: contestant.name, data: reply.data, figures: {} };
  }

  add(figures) {
    for (const [name, value] of Object.entries(figures)) {
      if (typeof value === "number") (this.measured.figures[name] ??= []).push(value);
    }
  }
}

const noise = { loopMs: [], load: [] };
let browser = null;

async function measure(reply, origin) {
  const entries = contestants.map((contestant) => new Entry(contestant, reply));
  for (let round = 0; round < rounds; round += 1) {
    console.error(`    ${reply.data}: round ${round + 1} of ${rounds}`);
    // Another one begins each time.
    const first = round % entries.length;
    for (const entry of [...entries.slice(first), ...entries.slice(0, first)]) {
      noise.load.push(loadavg()[0]);
      const { contestant } = entry;
      const { loop, figures, browser: version } = await run({ executable, origin, contestant, reply });
      browser = version;
      noise.loopMs.push(loop);
      entry.add(figures);
    }
  }
  return entries.map(({ measured }) => measured);
}

mkdirSync(dataFolder, { recursive: true });
const pages = {};
for (const contestant of contestants) {
  const site = contestant.source ? null : environment("SEATREE_BENCH_SITE");
  pages[contestant.name] = { files: await filesFor(contestant, site) };
}
const server = await Server.start(pages);
try {
  const [data, entries] = [[], []];
  for (const name of repliesOf(options.size)) {
    const reply = generate(name);
    server.serve(reply);
    data.push({ data: name, bytes: reply.body.length, rows: reply.rows, left: reply.left });
    entries.push(...await measure(reply, server.origin));
  }
  const weights = Object.entries(pages).map(([contestant, { files }]) =>
    ({ contestant, ...weight(files) }));
  const report = { browser, rounds, data, entries, pages: weights, noise };
  writeFileSync(options.out, JSON.stringify(report, null, 1));
} finally {
  await server.stop();
}
