// The edge on real workerd, put together as an operator would.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { temporaryFolder } from "./folder.mjs";
import { fromEnvironment, start, until } from "./processes.mjs";
import { send } from "./request.mjs";

const CAPNP = fileURLToPath(new URL("../../crates/edge/deploy/workerd.capnp", import.meta.url));

// Runs a program beside a reader of the pipe from here, which ends it when the pipe closes: workerd
// does not watch its standard input, and would outlive a test run that is killed.
const TETHER = `exec 4<&0; "$0" "$@" </dev/null 4<&- & server=$!
echo "{\\"event\\":\\"started\\",\\"pid\\":$server}" >&3
(while read -r _ <&4; do :; done; kill "$server") >/dev/null 2>&1 3>&- & wait "$server"`;

/** The shipped set-up with secrets, each taken from the environment variable of its name. */
async function capnp(secrets, authority) {
  const shipped = await readFile(CAPNP, "utf8");
  const text = authority ? shipped : shipped.replace(/^.*upstream-ca\.pem"\].*$/m, "");
  const bindings = Object.keys(secrets).map((name) => `(name = "${name}", fromEnvironment = "${name}"),`);
  return text.replace(/^ *bindings = \[/m, (line) => `${line}${bindings.join("")}`);
}

/**
 * Starts an edge with this configuration (an object, or text to try a broken one), trusting this
 * authority (PEM) if there is one, with these secrets by name. `memory` is the folder of its databases, where they
 * are to outlive it; `isAsked: false` leaves it without any request;
 * `setUp` changes workerd's configuration.
 */
export async function startEdge({ configuration, authority, secrets = {}, memory, isAsked = true, setUp = (text) => text }) {
  const folder = await temporaryFolder();
  const databases = memory ?? join(folder.path, "memory");
  await mkdir(databases, { recursive: true });
  const bundle = fromEnvironment("SEATREE_EDGE_BUNDLE");
  const text = typeof configuration === "string" ? configuration : JSON.stringify(configuration);
  await Promise.all([
    writeFile(join(folder.path, "workerd.capnp"), setUp(await capnp(secrets, authority))),
    copyFile(join(bundle, "index.js"), join(folder.path, "index.js")),
    copyFile(join(bundle, "index_bg.wasm"), join(folder.path, "index_bg.wasm")),
    writeFile(join(folder.path, "edge.json"), text),
    writeFile(join(folder.path, "upstream-ca.pem"), authority ?? ""),
  ]);
  const process = start("/bin/sh", [
    "-c", TETHER, fromEnvironment("SEATREE_WORKERD"), "serve", join(folder.path, "workerd.capnp"),
    "--socket-addr=http=127.0.0.1:0", "--control-fd=3", `--directory-path=memory=${databases}`,
  ], secrets);
  let pid;
  const listening = new Promise((resolve) => {
    process.control.on("line", (line) => {
      const { event, socket, port, pid: started } = JSON.parse(line);
      if (event === "started") pid = started;
      if (event === "listen" && socket === "http") resolve(port);
    });
  });
  const url = `http://127.0.0.1:${await process.unlessItEnds(listening)}`;
  const healthy = () => send(`${url}/health`).then((reply) => reply.status === 200, () => false);
  if (isAsked) await process.unlessItEnds(until("the edge's health", healthy));
  return {
    url,
    printed: process.printed,
    /** Ends it at once, as a loss of power would. */
    async kill() {
      globalThis.process.kill(pid, "SIGKILL");
      await process.stop();
      await folder.remove();
    },
    async stop() {
      await process.stop();
      await folder.remove();
    },
  };
}
