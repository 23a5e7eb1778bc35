// A port that refuses connections.
import { connect, createServer } from "node:net";
import { after } from "node:test";

const held = [];
after(() => held.forEach((end) => end.destroy()));

/**
 * A port of this machine where nothing listens, nor will while the test file runs: one end of a
 * connection has it.
 */
export async function closedPort() {
  const server = createServer((end) => held.push(end)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const end = connect(server.address().port, "127.0.0.1");
  held.push(end);
  await new Promise((resolve) => end.once("connect", resolve));
  server.close();
  return end.localPort;
}
