// `cargo xtask bench decode`: lets everybody decode the same replies, in turns, and writes down how
// long each took and what it needed. What follows from that is xtask's to say.
//
//   node tests/bench/decode.mjs --out FILE [--size small|large|all] [--rounds N] [--only WHO]…
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Browser } from "./decode/browser.mjs";
import { chosen, dataOf } from "./decode/contestants.mjs";
import { Program } from "./decode/program.mjs";

const { values: options } = parseArgs({
  options: {
    out: { type: "string" },
    size: { type: "string", default: "all" },
    rounds: { type: "string", default: "5" },
    only: { type: "string", multiple: true, default: [] },
  },
});
const rounds = Number(options.rounds);
const native = environment("SEATREE_BENCH");
const dataFolder = join(dirname(options.out), "data");
const nodePeer = fileURLToPath(new URL("decode/node-peer.mjs", import.meta.url));
const lxmlPeer = fileURLToPath(new URL("decode/lxml_peer.py", import.meta.url));

const missing = [];
let contestants = chosen(options.only);
if (contestants.length === 0) throw new Error(`nobody is called ${options.only.join(" or ")}`);
const python = process.env.SEATREE_LXML_PYTHON;
if (!python) {
  leaveOut("lxml", process.env.SEATREE_LXML_MISSING || "SEATREE_LXML_PYTHON is not set");
}

/** How a native contestant is started. */
function program(name) {
  if (name === "lxml") return new Program(python, [lxmlPeer]);
  if (name === "fast-xml-parser") return new Program(process.execPath, [nodePeer]);
  return new Program(native, ["contend"]);
}

function leaveOut(name, why) {
  for (const contestant of contestants.filter((one) => one.name === name)) {
    missing.push({ place: contestant.place, contestant: name, why });
  }
  contestants = contestants.filter((one) => one.name !== name);
}

function environment(name) {
  if (!process.env[name]) throw new Error(`${name} is not set; run this through cargo xtask bench`);
  return process.env[name];
}

/** Writes the replies, and gives what is in each. */
function generate() {
  const kinds = contestants.map(({ kind }) => kind);
  const names = dataOf(options.size).filter((name) => kinds.includes(name.split("-")[0]));
  // Nobody left who could read anything: who was left out is still told.
  if (names.length === 0) return [];
  const printed = execFileSync(native, ["data", dataFolder, ...names], { encoding: "utf8" });
  return printed.trim().split("\n").map((line) => JSON.parse(line));
}

class Entry {
  constructor(contestant, reply) {
    const { place, name } = contestant;
    this.measured = { place, contestant: name, data: reply.data, ms: [], againMs: [], textMs: [] };
    this.contestant = contestant;
    this.reply = reply;
  }

  /** Memory, in a process that is just up: what it had before hides nothing. */
  async start(browser) {
    const { place, name, memory } = this.contestant;
    if (place === "browser") {
      this.#keepMemory(this.#check(await browser.memory(this.#what())));
      return;
    }
    const fresh = program(name);
    try {
      this.#keepMemory(await this.#ask(fresh, memory === "own" ? "memory" : "time"));
    } finally {
      await fresh.stop();
    }
    this.program = program(name);
    // Once untimed: natively it is warm from here on.
    await this.#ask(this.program, "time");
  }

  async turn(browser) {
    if (this.contestant.place === "browser") {
      const [first, again] = await browser.time(this.#what());
      this.measured.ms.push(this.#check(first).ms);
      this.measured.textMs.push(first.textMs);
      this.measured.againMs.push(this.#check(again).ms);
    } else {
      this.measured.ms.push((await this.#ask(this.program, "time")).ms);
    }
  }

  async #ask(contestant, measure) {
    const { file } = this.reply;
    const { kind, name } = this.#what();
    return this.#check(await contestant.ask({ contestant: name, kind, file, measure }));
  }

  #what() {
    const { kind, name } = this.contestant;
    return { kind, name, data: this.reply.data };
  }

  /** Right, or no contestant. */
  #check(found) {
    const { place, name } = this.contestant;
    for (const what of ["items", "sum"]) {
      const [read, there] = [found[what], this.reply[what]];
      if (read !== there) {
        throw new Error(`${place}/${name} read ${this.reply.data} wrongly: ${what} is ${read}, not ${there}`);
      }
    }
    return found;
  }

  #keepMemory(turn) {
    for (const what of ["peakBytes", "heldBytes"]) {
      if (typeof turn[what] === "number") this.measured[what] = [turn[what]];
    }
  }

  async stop() {
    await this.program?.stop();
  }
}

async function measure(reply, browser) {
  const kind = reply.data.split("-")[0];
  const entries = contestants.filter((one) => one.kind === kind).map((one) => new Entry(one, reply));
  try {
    for (const entry of entries) await entry.start(browser);
    for (let round = 0; round < rounds; round += 1) {
      console.error(`    ${reply.data}: round ${round + 1} of ${rounds}`);
      // Another one begins each time.
      const first = round % entries.length;
      for (const entry of [...entries.slice(first), ...entries.slice(0, first)]) {
        await entry.turn(browser);
      }
    }
  } finally {
    for (const entry of entries) await entry.stop();
  }
  return entries.map(({ measured }) => measured);
}

mkdirSync(dataFolder, { recursive: true });
const replies = generate();
const inBrowser = contestants.some(({ place }) => place === "browser");
const browser = inBrowser
  ? await Browser.start({
    executable: environment("SEATREE_CHROMIUM"), wasmFolder: environment("SEATREE_BENCH_WASM"),
    dataFolder,
  })
  : null;
try {
  const entries = [];
  for (const reply of replies) entries.push(...await measure(reply, browser));
  const report = { browser: browser?.version() ?? null, rounds, data: replies, entries, missing };
  writeFileSync(options.out, JSON.stringify(report, null, 1));
} finally {
  await browser?.stop();
}
