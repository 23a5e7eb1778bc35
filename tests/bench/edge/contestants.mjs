// Who takes part in the edge benchmark, each a process of its own.
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { execFileSync, spawn } from "node:child_process";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ORIGIN = "http://127.0.0.1:8700";
/** What Chromium sends with a page's request to CUCM, and what the proxy in front adds. */
export const HEADERS = {
  "x-client": "127.0.0.1",
  "sec-ch-ua-platform": '"Linux"',
  authorization: "Basic YXhsLXJlYWRlcjpub3QtYS1wYXNzd29yZA==",
  "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
  "sec-ch-ua": '"Chromium";v="142", "Not_A Brand";v="99"',
  "sec-ch-ua-mobile": "?0",
  accept: "*/*",
  origin: ORIGIN,
  "sec-fetch-site": "same-site",
  "sec-fetch-mode": "cors",
  "sec-fetch-dest": "empty",
  referer: `${ORIGIN}/`,
  "accept-encoding": "gzip, deflate, br, zstd",
  "accept-language": "en-US,en;q=0.9",
};
const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const DEPLOY = here("../../../crates/edge/deploy/workerd.capnp");

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What trusts the upstream's certificate, in the folder of an edge. */
const AUTHORITY = "upstream-ca.pem";
const trusted = (folder) => writeFile(join(folder, AUTHORITY), process.env.SEATREE_PEM.split("-----BEGIN PRIVATE")[0]);

function start(program, args) {
  const begun = performance.now();
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "inherit"] });
  return { child, begun, pid: child.pid, stop: () => new Promise((resolve) => { child.once("exit", resolve); child.stdin.end(); child.kill(); }) };
}

/** A Node program that says on which port it is. */
export async function startNode(file) {
  const started = start(process.execPath, [here(file)]);
  const line = await new Promise((resolve) => started.child.stdout.once("data", resolve));
  return { ...started, ...JSON.parse(line) };
}

/** The upstream, by its addresses over HTTP and over TLS. */
export async function startUpstream() {
  process.env.SEATREE_PEM = execFileSync(process.env.SEATREE_CERTIFICATE, { encoding: "utf8" });
  const started = await startNode("upstream.mjs");
  return { ...started, plain: `http://127.0.0.1:${started.port}`, tls: `https://127.0.0.1:${started.tlsPort}` };
}

async function startWorkerd(folder, options = []) {
  const port = await freePort();
  const started = start(process.env.SEATREE_WORKERD, ["serve", join(folder, "workerd.capnp"), `--socket-addr=http=127.0.0.1:${port}`, ...options]);
  return { ...started, port, stop: () => started.stop().then(() => rm(folder, { recursive: true })) };
}

/** Milliseconds from the start of a program until it has answered this, and has been asked all along. */
export async function firstAnswer({ begun, port }, path) {
  for (;;) {
    const status = await fetch(`http://127.0.0.1:${port}${path}`, { headers: HEADERS }).then((reply) => reply.status, () => null);
    if (status === 200) return performance.now() - begun;
    if (performance.now() - begun > 10_000) throw new Error(`${path}: status ${status} ten seconds after the start`);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

const RULES = { methods: ["GET", "POST"], paths: ["/axl/"], rate: { requests: 1_000_000, seconds: 1 }, operations: ["get*", "list*"] };

/** The edge as it is shipped, with every check on. */
async function startEdge(upstream) {
  const folder = await mkdtemp(join(tmpdir(), "seatree-bench-"));
  const configuration = {
    origins: [ORIGIN],
    client_header: "x-client",
    upstreams: {
      cucm: { ...RULES, address: upstream.plain },
      tls: { ...RULES, address: upstream.tls },
    },
  };
  await Promise.all([
    mkdir(join(folder, "memory")),
    trusted(folder),
    copyFile(DEPLOY, join(folder, "workerd.capnp")),
    writeFile(join(folder, "edge.json"), JSON.stringify(configuration)),
    copyFile(join(process.env.SEATREE_EDGE_BUNDLE, "index.js"), join(folder, "index.js")),
    copyFile(join(process.env.SEATREE_EDGE_BUNDLE, "index_bg.wasm"), join(folder, "index_bg.wasm")),
  ]);
  return startWorkerd(folder, [`--directory-path=memory=${join(folder, "memory")}`]);
}

/** The runtime, set up as the edge's, with next to nothing in it. */
async function startPlain(upstream) {
  const folder = await mkdtemp(join(tmpdir(), "seatree-bench-"));
  const flags = /^ *v8Flags = .*$/m.exec(await readFile(DEPLOY, "utf8"))[0];
  await writeFile(join(folder, "workerd.capnp"), `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
${flags}
  services = [(name = "plain", worker = .plain), (name = "upstreams", network = (
    allow = ["local", "private", "public"], tlsOptions = (trustedCertificates = [embed "${AUTHORITY}"]),
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "plain")],
);
const plain :Workerd.Worker = (
  modules = [(name = "plain.js", esModule = embed "plain.js")],
  bindings = [(name = "UPSTREAM", text = "${upstream.plain}"), (name = "TLS_UPSTREAM", text = "${upstream.tls}")],
  globalOutbound = "upstreams",
  compatibilityDate = "2026-09-01",
);
`);
  await Promise.all([trusted(folder), copyFile(here("plain.mjs"), join(folder, "plain.js"))]);
  return startWorkerd(folder);
}

/** One of AXL's reading operations, as a page asks for it. */
const OPERATION = {
  method: "POST",
  headers: { "content-type": "text/xml; charset=utf-8", soapaction: '"CUCM:DB ver=14.0 getUser"' },
  body: `<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns="http://www.cisco.com/AXL/API/14.0"><soapenv:Header/><soapenv:Body><ns:getUser><userid>anna</userid></ns:getUser></soapenv:Body></soapenv:Envelope>`,
};

export const contestants = [
  {
    name: "direct", path: (bytes) => `/axl/${bytes}`,
    start: async ({ port, tlsPort }) => ({ port, tlsPort, pid: null, stop() {} }),
  },
  { name: "seatree", path: (bytes, tls) => `/to/${tls ? "tls" : "cucm"}/axl/${bytes}`, start: startEdge },
  // The body is read before it goes on: what the checks of operations cost.
  { name: "seatree, POST", path: (bytes, tls) => `/to/${tls ? "tls" : "cucm"}/axl/${bytes}`, start: startEdge, asks: OPERATION },
  { name: "cors-anywhere", path: (bytes, tls, upstream) => `/${tls ? upstream.tls : upstream.plain}/axl/${bytes}`, start: () => startNode("cors-anywhere.mjs") },
  { name: "plain-worker", path: (bytes, tls) => `${tls ? "/tls" : ""}/axl/${bytes}`, start: startPlain },
];
