// The edge on real workerd, put together as an operator would.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import net from "node:net";
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

// Holds a listening socket, its descriptor 5, as systemd does, and has workerd take it over and over: a
// line from here ends the one that runs and starts the next. When the pipe closes, all ends.
const HOLDER = `server=
while read -r _; do
  if [ -n "$server" ]; then kill "$server"; wait "$server"; echo "ended $?" >&3; fi
  "$0" "$@" </dev/null 3>&- & server=$!
done
kill "$server"`;

/** The shipped set-up with secrets, each taken from the environment variable of its name. */
async function capnp(secrets, authority) {
  const shipped = await readFile(CAPNP, "utf8");
  const text = authority ? shipped : shipped.replace(/^.*upstream-ca\.pem"\].*$/m, "");
  const bindings = Object.keys(secrets).map((name) => `(name = "${name}", fromEnvironment = "${name}"),`);
  return text.replace(/^ *bindings = \[/m, (line) => `${line}${bindings.join("")}`);
}

/** The folder that `dist` would fill, with what an operator adds. */
async function unpack(folder, { configuration, authority, secrets, setUp }) {
  const bundle = fromEnvironment("SEATREE_EDGE_BUNDLE");
  const text = typeof configuration === "string" ? configuration : JSON.stringify(configuration);
  await Promise.all([
    writeFile(join(folder, "workerd.capnp"), setUp(await capnp(secrets, authority))),
    copyFile(join(bundle, "index.js"), join(folder, "index.js")),
    copyFile(join(bundle, "index_bg.wasm"), join(folder, "index_bg.wasm")),
    writeFile(join(folder, "edge.json"), text),
    writeFile(join(folder, "upstream-ca.pem"), authority ?? ""),
  ]);
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
  await unpack(folder.path, { configuration, authority, secrets, setUp });
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

/**
 * Starts an edge whose socket outlives it, as the shipped `seatree-edge.socket` has it. `replace` restarts it with
 * another configuration, and settles once the former one has ended.
 */
export async function startReplaceable({ configuration, secrets = {} }) {
  const folder = await temporaryFolder();
  const memory = join(folder.path, "memory");
  await mkdir(memory);
  const set = (settings) => unpack(folder.path, { configuration: settings, secrets, setUp: (text) => text });
  await set(configuration);
  const socket = net.createServer();
  await new Promise((resolve) => socket.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${socket.address().port}`;
  const holder = start("/bin/sh", [
    "-c", HOLDER, fromEnvironment("SEATREE_WORKERD"), "serve", join(folder.path, "workerd.capnp"),
    "--socket-fd=http=5", `--directory-path=memory=${memory}`,
  ], secrets, [socket._handle.fd]);
  // The holder has it now; this process is not to take its connections.
  await new Promise((resolve) => socket.close(resolve));
  holder.tell("start");
  const healthy = () => send(`${url}/health`).then((reply) => reply.status === 200, () => false);
  await holder.unlessItEnds(until("the edge's health", healthy));
  return {
    url,
    printed: holder.printed,
    async replace(settings) {
      await set(settings);
      const ended = new Promise((resolve) => holder.control.once("line", resolve));
      holder.tell("replace");
      const how = await holder.unlessItEnds(ended);
      if (how !== "ended 0") throw new Error(`the edge ${how}`);
    },
    async stop() {
      await holder.stop();
      await folder.remove();
    },
  };
}
