// Starting servers for a test and stopping them with it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { after } from "node:test";

// Whatever a test file started ends with it, even where starting the rest failed: a program left
// behind would keep the file from ending.
const running = new Set();
after(() => Promise.all([...running].map((program) => program.stop())));

/**
 * Starts a program, with these variables beside those of its environment. What it prints is kept, to
 * be shown when something fails. `control` has the lines that it writes to its descriptor 3; from 5 on it has these
 * descriptors of ours.
 */
export function start(program, args, variables = {}, descriptors = []) {
  const env = { ...process.env, ...variables };
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe", "pipe", "ignore", ...descriptors], env });
  const printed = [];
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve(`could not start: ${error.message}`));
    child.once("exit", (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  child.stderr.on("data", (data) => printed.push(data.toString()));
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => printed.push(`${line}\n`));

  const started = {
    lines,
    control: createInterface({ input: child.stdio[3] }),
    /** Writes it a line. */
    tell: (line) => child.stdin.write(`${line}\n`),
    /** Everything it said so far. */
    printed: () => printed.join(""),
    /** Rejects, with what it said, when the program ends before the promise settles. */
    async unlessItEnds(promise) {
      const early = ended.then((how) => {
        throw new Error(`${program} ${how}:\n${printed.join("")}`);
      });
      return Promise.race([promise, early]);
    },
    /** A second call does no harm. */
    async stop() {
      child.stdin.end();
      child.kill("SIGTERM");
      const killer = setTimeout(() => child.kill("SIGKILL"), 3000);
      await ended;
      clearTimeout(killer);
      running.delete(started);
    },
  };
  running.add(started);
  return started;
}

/**
 * Waits for all of them, also when one fails: what is still starting then would outlive the tests.
 */
export async function together(promises) {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}

/** Asks again until `ready` gives something. */
export async function until(what, ready, limit = 20_000) {
  const deadline = Date.now() + limit;
  for (;;) {
    const value = await ready();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${limit / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The value of an environment variable that xtask sets. */
export function fromEnvironment(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; run these tests through cargo xtask test`);
  return value;
}
