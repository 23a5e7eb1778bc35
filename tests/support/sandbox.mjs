// The sandbox: three upstreams as the vendors' behave, and the truth they serve.
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import http from "node:http";
import https from "node:https";
import { join } from "node:path";
import { temporaryFolder } from "./folder.mjs";
import { fromEnvironment, start } from "./processes.mjs";

const PORTS = ["--draas-port", "--live-port", "--cucm-port", "--site-port"];

/** What a sandbox with these arguments serves: see `seatree-sandbox --print-truth`. */
export function truth(args = []) {
  const text = execFileSync(fromEnvironment("SEATREE_SANDBOX"), [...args, "--print-truth"], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return JSON.parse(text);
}

/**
 * Starts a sandbox, on free ports unless `args` name some. Gives its addresses by name (`draas`,
 * `live-platform`, `cucm`, `site`), the certificate of its CUCM if it serves one, and how to stop it.
 */
export async function startSandbox(args = []) {
  const folder = await temporaryFolder();
  const certificateFile = join(folder.path, "cucm.pem");
  const free = PORTS.filter((port) => !args.includes(port)).flatMap((port) => [port, "0"]);
  const process = start(fromEnvironment("SEATREE_SANDBOX"), [
    ...free, "--cert-out", certificateFile, "--exit-with-stdin", ...args,
  ]);
  const ready = new Promise((resolve) => {
    process.lines.on("line", (line) => {
      if (line.startsWith('{"ready"')) resolve(JSON.parse(line).ready);
    });
  });
  const addresses = await process.unlessItEnds(ready);
  return {
    ...addresses,
    certificate: addresses.cucm && await readFile(certificateFile, "utf8"),
    printed: process.printed,
    async stop() {
      await process.stop();
      await folder.remove();
    },
  };
}

/**
 * Has an upstream misbehave as the rule says, until `end()`; `matched()` tells how many requests
 * the rule was for so far.
 */
export async function misbehave(address, rule) {
  const made = await panel(address, "POST", "/_sandbox/faults", JSON.stringify(rule));
  const { id } = made;
  return {
    matched: async () => {
      const { faults } = await panel(address, "GET", "/_sandbox/faults");
      return faults.find((known) => known.id === id).matched;
    },
    end: () => panel(address, "DELETE", `/_sandbox/faults/${id}`),
  };
}

/** Asks the fault panel of an upstream, whose certificate may be of its own making. */
function panel(address, method, path, body) {
  return new Promise((resolve, reject) => {
    const url = new URL(path, address);
    const options = { method, agent: false, rejectUnauthorized: false };
    const request = (url.protocol === "https:" ? https : http).request(url, options, async (reply) => {
      const parts = [];
      for await (const part of reply) parts.push(part);
      const text = Buffer.concat(parts).toString();
      if (reply.statusCode >= 300) reject(new Error(`${method} ${path}: ${reply.statusCode} ${text}`));
      else resolve(text ? JSON.parse(text) : null);
    });
    request.once("error", reject);
    request.end(body);
  });
}
