// `cargo xtask bench edge`: the same requests to the same upstream, directly and through each
// contestant, in turns; this writes down how many a second, how long each took, and what memory it
// needed. What follows from that is xtask's to say.
//
//   node tests/bench/edge.mjs --out FILE [--size small|large|all] [--rounds N] [--only WHO]…
import { readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { HEADERS, contestants as all, firstAnswer, startNode } from "./edge/contestants.mjs";

const { values: options } = parseArgs({
  options: {
    out: { type: "string" },
    size: { type: "string", default: "all" },
    rounds: { type: "string", default: "5" },
    only: { type: "string", multiple: true, default: [] },
  },
});
const contestants = all.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
if (contestants.length === 0) throw new Error(`nobody is called ${options.only.join(" or ")}`);

/** Connections at once and bytes of a reply; a turn takes so long. */
const SMALL = [[1, 1e3], [16, 1e3], [128, 1e3], [1, 1e5], [16, 1e5], [128, 1e5]];
const LARGE = [[1, 3e7], [16, 3e7]];
const cases = options.size === "small" ? SMALL : options.size === "large" ? LARGE : [...SMALL, ...LARGE];
const TURN_MS = 2_500;
const WARM_MS = 400;

/** Bytes of a process in memory; none of none. */
const memory = (pid) => pid && 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);

/** Asks again and again over so many connections. */
async function load(port, path, connections, bytes, milliseconds, pid) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const times = [];
  const end = performance.now() + milliseconds;
  let most = memory(pid) ?? 0;
  const sampler = pid && setInterval(() => { most = Math.max(most, memory(pid)); }, 50);
  const ask = () => new Promise((resolve, reject) => {
    const request = http.get({ host: "127.0.0.1", port, path, agent, headers: HEADERS }, (reply) => {
      let received = 0;
      reply.on("data", (data) => { received += data.length; });
      reply.once("error", reject).once("end", () => {
        if (reply.statusCode === 200 && received === bytes) resolve();
        else reject(new Error(`${path}: status ${reply.statusCode}, ${received} bytes`));
      });
    });
    request.once("error", reject);
  });
  const one = async () => {
    do {
      const start = performance.now();
      await ask();
      times.push(performance.now() - start);
    } while (performance.now() < end);
  };
  const start = performance.now();
  await Promise.all(Array.from({ length: connections }, one));
  const took = performance.now() - start;
  clearInterval(sampler);
  agent.destroy();
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(share * times.length))];
  return { perSecond: (times.length * 1_000) / took, p50Ms: at(0.5), p99Ms: at(0.99), mostBytes: most };
}

/** Starts everybody anew in each round, and writes down how long the first answer takes. */
async function startUps(rounds, address) {
  const starts = contestants.filter(({ name }) => name !== "direct").map((contestant) => ({ contestant, startMs: [] }));
  for (let round = 0; round < rounds; round += 1) {
    for (let n = 0; n < starts.length; n += 1) {
      const { contestant, startMs } = starts[(n + round) % starts.length];
      const process = await contestant.start(address);
      startMs.push(await firstAnswer(process, contestant.path(1e3, address)));
      await process.stop();
    }
  }
  return starts.map(({ contestant, startMs }) => ({ contestant: contestant.name, startMs }));
}

/** Bytes of the bundle, each file compressed. */
const bundle = ["index.js", "index_bg.wasm"].map((name) => gzipSync(readFileSync(join(process.env.SEATREE_EDGE_BUNDLE, name)), { level: 9 }).length);

const entries = new Map();
const noise = [];
const upstream = await startNode("upstream.mjs");
const address = `http://127.0.0.1:${upstream.port}`;
const running = [];
let starts;
try {
  starts = await startUps(Number(options.rounds), address);
  for (const contestant of contestants) {
    const process = await contestant.start(address);
    running.push({ contestant, process });
    await firstAnswer({ begun: performance.now(), ...process }, contestant.path(1e3, address));
    await load(process.port, contestant.path(1e3, address), 16, 1e3, 1_000, process.pid);
  }
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const [connections, bytes] of cases) {
      // Another one begins each round.
      for (let n = 0; n < running.length; n += 1) {
        const { contestant, process } = running[(n + round) % running.length];
        noise.push(loadavg()[0]);
        const path = contestant.path(bytes, address);
        await load(process.port, path, connections, bytes, WARM_MS, null);
        const before = memory(process.pid);
        const { mostBytes, ...figures } = await load(process.port, path, connections, bytes, TURN_MS, process.pid);
        if (process.pid) Object.assign(figures, { mostBytes, grownBytes: Math.max(0, mostBytes - before) });
        const key = `${contestant.name} ${connections} ${bytes}`;
        const entry = entries.get(key) ?? { contestant: contestant.name, connections, bytes, figures: {} };
        entries.set(key, entry);
        for (const [name, value] of Object.entries(figures)) (entry.figures[name] ??= []).push(value);
        console.log(`    ${contestant.name}, ${connections} × ${bytes / 1e3} kB: ${figures.perSecond.toFixed(0)} a second`);
      }
    }
  }
} finally {
  await Promise.all([...running.map(({ process }) => process.stop()), upstream.stop()]);
}
writeFileSync(options.out, JSON.stringify({
  rounds: Number(options.rounds), entries: [...entries.values()], starts, bundleBytes: bundle[0] + bundle[1], noise: { load: noise },
}));
