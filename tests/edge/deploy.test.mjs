// What is shipped to run the edge with: both platforms get the same worker in the same way.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { fromEnvironment } from "../support/processes.mjs";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const deployed = (name) => readFile(at(`crates/edge/deploy/${name}`), "utf8");

/** All that the first group of a pattern finds, in order. */
const all = (text, pattern) => [...text.matchAll(pattern)].map(([, found]) => found).sort();

describe("the shipped configurations", () => {
  let capnp, wrangler, bundle;

  before(async () => {
    const strip = (text) => text.replace(/^\s*#.*$/gm, "");
    [capnp, wrangler] = (await Promise.all([deployed("workerd.capnp"), deployed("wrangler.toml")])).map(strip);
    bundle = await readFile(join(fromEnvironment("SEATREE_EDGE_BUNDLE"), "index.js"), "utf8");
  });

  test("run the same bundle as of the same date", () => {
    const [date] = all(capnp, /compatibilityDate = "([^"]+)"/g);
    assert.match(date, /^\d{4}-\d\d-\d\d$/);
    assert.deepEqual(all(wrangler, /^compatibility_date = "([^"]+)"/gm), [date]);
    const [main] = all(wrangler, /^main = "([^"]+)"/gm);
    assert.deepEqual(all(capnp, /esModule = embed "([^"]+)"/g), [main]);
    // The module is imported under the name that both give it.
    const [wasm] = all(capnp, /wasm = embed "([^"]+)"/g);
    assert.ok(capnp.includes(`name = "./${wasm}"`) && bundle.includes(`"./${wasm}"`));
    assert.match(wrangler, /^no_bundle = true$/m);
  });

  test("have the same bindings", () => {
    const texts = all(capnp, /name = "([A-Z_]+)", text = /g);
    assert.deepEqual(texts, ["SEATREE_EDGE"]);
    const variables = wrangler.slice(wrangler.indexOf("[vars]"));
    assert.deepEqual(all(variables, /^([A-Z_]+) = /gm), texts);
    const objects = all(capnp, /name = "([A-Z_]+)", durableObjectNamespace = /g);
    assert.deepEqual(all(wrangler, /\[\[durable_objects\.bindings\]\]\s+name = "([^"]+)"/g), objects);
  });

  test("keep snapshots by the same classes, which the bundle has, in SQLite", () => {
    const classes = all(capnp, /durableObjectNamespace = "([^"]+)"/g);
    assert.deepEqual(all(capnp, /className = "([^"]+)"/g), classes);
    assert.deepEqual(all(capnp, /className = "([^"]+)"[^)]*enableSql = true/g), classes);
    assert.deepEqual(all(wrangler, /^class_name = "([^"]+)"/gm), classes);
    const migrated = wrangler.match(/^new_sqlite_classes = \[(.*)\]/m)[1];
    assert.deepEqual(all(migrated, /"([^"]+)"/g), classes);
    for (const name of classes) assert.match(bundle, new RegExp(`export\\s*\\{[^}]*\\b${name}\\b`));
  });

  test("hold settings that are JSON and let nothing through", async () => {
    const written = wrangler.match(/SEATREE_EDGE = '''\n([^]*?)'''/)[1];
    assert.deepEqual(JSON.parse(written).upstreams, {});
    assert.ok(Buffer.byteLength(written) < 5_000);
    JSON.parse(await deployed("edge.json"));
  });

  test("have systemd hold the socket that workerd is given", async () => {
    const [service, socket] = await Promise.all([deployed("seatree-edge.service"), deployed("seatree-edge.socket")]);
    assert.match(service, /^Requires=seatree-edge\.socket$/m);
    // The first descriptor that systemd hands over, as the one socket of workerd.capnp.
    assert.match(service, /^ExecStart=\S+ serve \S+ --socket-fd=http=3 /m);
    const address = capnp.match(/sockets = \[\(name = "http", address = "([^"]+)"/)[1];
    assert.deepEqual(all(socket, /^ListenStream=(.+)$/gm), [address]);
  });

  test("are set up by the steps that docs/edge.md prints", async () => {
    const [readme, docs] = await Promise.all([deployed("README.md"), readFile(at("docs/edge.md"), "utf8")]);
    const steps = readme.slice(readme.indexOf("## On a machine of your own"), readme.indexOf("\nAll settings and answers"));
    assert.match(steps, /^## At Cloudflare$/m);
    assert.ok(docs.includes(steps), "docs/edge.md and crates/edge/deploy/README.md differ");
  });
});
