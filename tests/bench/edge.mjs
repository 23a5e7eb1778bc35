// `cargo xtask bench edge`: the same requests to the same upstream, directly and through each
// contestant, in turns; this writes down how many a second, how long each took, and what memory it
// needed. What follows from that is xtask's to say.
//
//   node tests/bench/edge.mjs --out FILE [--size small|large|all] [--rounds N] [--only WHO]…
import { readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { HEADERS, contestants as all, firstAnswer, startUpstream } from "./edge/contestants.mjs";

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

/** Connections at once, bytes of a reply, and whether the upstream speaks TLS; a turn takes so long. */
const SMALL = [
  [1, 1e3], [16, 1e3], [128, 1e3], [1, 1e5], [16, 1e5], [128, 1e5],
  [1, 1e3, true], [16, 1e3, true], [128, 1e3, true], [16, 1e5, true],
];
const LARGE = [[1, 3e7], [16, 3e7]];
const cases = options.size === "small" ? SMALL : options.size === "large" ? LARGE : [...SMALL, ...LARGE];
const TURN_MS = 2_500;
const WARM_MS = 400;

/** Bytes of a process in memory; none of none. */
const memory = (pid) => pid && 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);

/** Asks again and again over so many connections. */
async function load({ port, tlsPort, pid }, { path, asks = {} }, [connections, bytes, tls = false], milliseconds) {
  // All but the upstream itself are reached over HTTP.
  const isTls = tls && tlsPort !== undefined;
  const scheme = isTls ? https : http;
  const agent = new scheme.Agent({ keepAlive: true, maxSockets: connections, rejectUnauthorized: false });
  const times = [];
  const end = performance.now() + milliseconds;
  let most = memory(pid) ?? 0;
  const sampler = pid && setInterval(() => { most = Math.max(most, memory(pid)); }, 50);
  const ask = () => new Promise((resolve, reject) => {
    const { method = "GET", body, headers } = asks;
    const sent = { host: "127.0.0.1", port: isTls ? tlsPort : port, path: path(bytes, tls, upstream), agent, method, headers: { ...HEADERS, ...headers } };
    if (body) sent.headers["content-length"] = Buffer.byteLength(body);
    const request = scheme.request(sent, (reply) => {
      let received = 0;
      reply.on("data", (data) => { received += data.length; });
      reply.once("error", reject).once("end", () => {
        if (reply.statusCode === 200 && received === bytes) resolve();
        else reject(new Error(`${sent.path}: status ${reply.statusCode}, ${received} bytes`));
      });
    });
    request.once("error", reject).end(body);
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
async function startUps(rounds) {
  const starts = contestants.filter(({ name, asks }) => name !== "direct" && !asks).map((contestant) => ({ contestant, startMs: [] }));
  for (let round = 0; round < rounds; round += 1) {
    for (let n = 0; n < starts.length; n += 1) {
      const { contestant, startMs } = starts[(n + round) % starts.length];
      const process = await contestant.start(upstream);
      startMs.push(await firstAnswer(process, contestant.path(1e3, false, upstream)));
      await process.stop();
    }
  }
  return starts.map(({ contestant, startMs }) => ({ contestant: contestant.name, startMs }));
}

/** Bytes of the bundle, each file compressed. */
const bundle = ["index.js", "index_bg.wasm"].map((name) => gzipSync(readFileSync(join(process.env.SEATREE_EDGE_BUNDLE, name)), { level: 9 }).length);

const entries = new Map();
const noise = [];
const upstream = await startUpstream();
const running = [];
let starts;
try {
  starts = await startUps(Number(options.rounds));
  for (const contestant of contestants) {
    const process = await contestant.start(upstream);
    running.push({ contestant, process });
    await firstAnswer({ begun: performance.now(), ...process }, contestant.path(1e3, false, upstream));
    await load(process, contestant, [16, 1e3], 1_000);
  }
  for (let round = 0; round < Number(options.rounds); round += 1) {
    for (const turn of cases) {
      const [connections, bytes, tls = false] = turn;
      // Another one begins each round.
      for (let n = 0; n < running.length; n += 1) {
        const { contestant, process } = running[(n + round) % running.length];
        noise.push(loadavg()[0]);
        await load(process, contestant, turn, WARM_MS);
        const before = memory(process.pid);
        const { mostBytes, ...figures } = await load(process, contestant, turn, TURN_MS);
        if (process.pid) Object.assign(figures, { mostBytes, grownBytes: Math.max(0, mostBytes - before) });
        const key = `${contestant.name} ${turn}`;
        const entry = entries.get(key) ?? { contestant: contestant.name, connections, bytes, tls, figures: {} };
        entries.set(key, entry);
        for (const [name, value] of Object.entries(figures)) (entry.figures[name] ??= []).push(value);
        console.log(`    ${contestant.name}, ${connections} × ${bytes / 1e3} kB${tls ? " over TLS" : ""}: ${figures.perSecond.toFixed(0)} a second`);
      }
    }
  }
} finally {
  await Promise.all([...running.map(({ process }) => process.stop()), upstream.stop()]);
}
writeFileSync(options.out, JSON.stringify({
  rounds: Number(options.rounds), entries: [...entries.values()], starts, bundleBytes: bundle[0] + bundle[1], noise: { load: noise },
}));
