// Starting servers for a test and stopping them with it.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Starts a program. What it prints is kept, to be shown when something fails. */
export function start(program, args) {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  const printed = [];
  const ended = new Promise((resolve) => {
    child.once("error", (error) => resolve(`could not start: ${error.message}`));
    child.once("exit", (code, signal) => resolve(`ended with ${signal ?? code}`));
  });
  child.stderr.on("data", (data) => printed.push(data.toString()));
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => printed.push(`${line}\n`));

  return {
    lines,
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
    },
  };
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
