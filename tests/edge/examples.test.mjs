// The examples that docs/visitors.md prints for portals: run as they stand, and their tokens brought to an edge.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createPrivateKey } from "node:crypto";
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startEdge } from "../support/edge.mjs";
import { temporaryFolder } from "../support/folder.mjs";
import { platform, startPlatform, teams, uuid } from "../support/memory.mjs";
import { fromEnvironment } from "../support/processes.mjs";
import { send } from "../support/request.mjs";

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const TOOL = at("crates/edge/deploy/mint-token.mjs");
const RUST = join(dirname(fromEnvironment("SEATREE_SANDBOX")), "examples", "mint_token");
const run = promisify(execFile);

describe("the documented ways to mint a token", () => {
  const RESELLER = uuid(3);
  const key = newKey("2026-11");
  let edge, folder, docs, upstream;

  before(async () => {
    docs = await readFile(at("docs/visitors.md"), "utf8");
    folder = await temporaryFolder();
    await copyFile(TOOL, join(folder.path, "mint-token.mjs"));
    await writeFile(join(folder.path, "key.json"), JSON.stringify(key));
    upstream = await startPlatform(() => [{
      name: "Distributor", uuid: uuid(2), ...teams(9, 1), resellers: [{ name: "Reseller", uuid: RESELLER, tenants: [], ...teams(9, 1) }],
    }]);
    edge = await startEdge({
      configuration: {
        visitors: { issuer: "https://portal.example.com", audience: "seatree-edge", keys: [publicPart(key)] },
        upstreams: { own: platform(upstream.url) },
      },
      secrets: { TOKEN: "canary-machine-token" },
    });
  });
  after(async () => {
    await edge?.stop();
    await upstream?.stop();
    await folder?.remove();
  });

  const block = (language) => docs.match(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "m"))[1];
  const opens = async (token) => {
    const reply = await send(edge.url, { path: "/api/v1/estate", headers: { authorization: `Bearer ${token.trim()}` } });
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(reply.json().nodes.map(({ id }) => id), [`reseller:${RESELLER}`]);
  };

  test("by the lines for Node", async () => {
    const session = `const session = { user: "visitor-1", reseller: "${RESELLER}" };\n`;
    const program = join(folder.path, "portal.mjs");
    await writeFile(program, `${session}${block("js")}process.stdout.write(token);\n`);
    const { stdout } = await run(process.execPath, [program], { env: { ...process.env, SEATREE_KEY: JSON.stringify(key) } });
    await opens(stdout);
  });

  test("by the lines for Rust", async () => {
    // What is compiled is what is printed.
    const example = await readFile(at("crates/sandbox/examples/mint_token.rs"), "utf8");
    assert.ok(example.includes(block("rust")), "docs/visitors.md prints another function than crates/sandbox/examples/mint_token.rs has");
    const der = join(folder.path, "key.der");
    await writeFile(der, createPrivateKey({ key: { kty: "EC", crv: "P-256", x: key.x, y: key.y, d: key.d }, format: "jwk" }).export({ type: "pkcs8", format: "der" }));
    const { stdout } = await run(RUST, [der, key.kid, "https://portal.example.com", "seatree-edge", `reseller:${RESELLER}`]);
    await opens(stdout);
  });

  test("by the commands", async () => {
    const [, , ...lines] = block("sh").replaceAll("\\\n", "").split("\n");
    const [command] = lines.filter((line) => line.includes(" token "));
    const words = command.trim().split(/\s+/).map((word) => word.replace("UUID", RESELLER));
    assert.equal(words.shift(), "node");
    const { stdout } = await run(process.execPath, words, { cwd: folder.path });
    await opens(stdout);
  });
});
