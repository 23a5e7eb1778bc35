// Ports that nobody uses.
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/**
 * Below those that systems give to whoever asks for any port, or connects to one: a port of these
 * is only taken by somebody who names it.
 */
const [FIRST, LAST] = [20_000, 32_767];

/** A port that was free a moment ago, and that nobody is given meanwhile. */
export async function freePort() {
  for (;;) {
    const port = randomInt(FIRST, LAST + 1);
    if (await isFree(port)) return port;
  }
}

async function isFree(port) {
  const server = createServer();
  const listens = await new Promise((resolve) => {
    server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true));
  });
  if (listens) await new Promise((resolve) => server.close(resolve));
  return listens;
}
