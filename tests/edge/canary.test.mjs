// Upstreams that repeat all they were sent, in every way they can: the edge keeps its secrets nevertheless.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { mint, newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startEdge } from "../support/edge.mjs";
import { temporaryFolder } from "../support/folder.mjs";
import { teams, uuid } from "../support/memory.mjs";
import { until } from "../support/processes.mjs";
import { send } from "../support/request.mjs";
import { startUpstream } from "../support/upstream.mjs";

const PAGE = "http://127.0.0.1:8700";
const SECRETS = {
  // Short, as people's are, and with all that has to be escaped somewhere.
  PASSWORD: "Summer \"26\"/ü&<1>",
  MACHINE: "short~tok/1&x",
  CLIENT: "Winter's secret~1/+ü",
  METRICS: "metrics token/of&16",
  SIGNING: "signing secret, of more than 32 bytes",
};
const GOT = { access: "got.access~1/x", refresh: "got.refresh~2/x", live: "got.live~3/x" };
const PEOPLE = ["anna.person", "Anna Canary", "anna@people.example"];

/** A text as servers write it: plain, in addresses, forms, JSON, markup and base64. */
function written(text) {
  const json = JSON.stringify(text).slice(1, -1);
  const markup = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const percent = encodeURIComponent(text);
  const base64 = Buffer.from(text).toString("base64");
  return [
    text, percent, percent.replaceAll("%20", "+"), percent.replace(/%../g, (hex) => hex.toLowerCase()), json,
    json.replaceAll("/", "\\/"), json.replace(/[^ -~]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
    markup, markup.replaceAll('"', "&quot;").replaceAll("'", "&#39;"),
    base64, base64.replace(/=+$/, ""), Buffer.from(text).toString("base64url"),
  ];
}

/** The secrets that a request tells, which its receiver can write in any way. */
function learned({ headers }, body) {
  const [scheme, value] = (headers.authorization ?? "").split(" ");
  const all = value ? [value] : [];
  if (scheme === "Basic") all.push(Buffer.from(value, "base64").toString().split(":").slice(1).join(":"));
  if (body.startsWith("{") && body.includes("password")) all.push(JSON.parse(body).password);
  if (body.includes("client_secret=")) all.push(new URLSearchParams(body).get("client_secret"));
  return all;
}

describe("an upstream that repeats what it was sent", () => {
  const key = newKey("k");
  const echoed = [];
  const running = [];
  let edge, folder, upstreams;

  /** Sends back headers and body, and names of people, as this kind of page. */
  const echo = (request, body, response, status, wrap = (text) => text) => {
    const parts = [request.url, JSON.stringify(request.headers), body, ...PEOPLE];
    for (const secret of learned(request, body)) parts.push(...written(secret));
    const text = parts.join("\n");
    echoed.push({ url: request.url, body, headers: request.headers, status });
    response.writeHead(status, { "content-type": "text/plain" }).end(wrap(text));
  };
  const start = async (answer) => {
    const upstream = await startUpstream(async (request, response) => {
      const pieces = [];
      for await (const piece of request) pieces.push(piece);
      answer(request, Buffer.concat(pieces).toString(), response);
    });
    running.push(upstream);
    return upstream.url;
  };
  const json = (response, value) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
  const tree = {
    group: {
      name: "Group", uuid: uuid(1),
      distributors: [{
        name: "Distributor", uuid: uuid(2), ...teams(9, 1), resellers: [{
          name: "Reseller", uuid: uuid(3), ...teams(9, 1), tenants: [{
            name: "Tenant", uuid: uuid(4), ...teams(9, 1),
            subscriptions: [{ id: 7, name: "Subscription", ...teams(9, 1) }],
          }],
        }],
      }],
    },
    ...teams(9, 1),
  };
  const draas = (address, credentials) => ({
    address, methods: ["GET", "PUT"], paths: ["/api/v01/"], credentials, memory: { every_seconds: 1 },
    draas: { instance: "draas_v1", root: `group:${uuid(1)}`, tree_seconds: 1 },
  });
  const login = { kind: "draas-login", username: "anna.person", password: { secret: "PASSWORD" } };
  const machine = { kind: "token", token: { secret: "MACHINE" } };
  let putStatus = 400;

  before(async () => {
    folder = await temporaryFolder();
    const signIn = (status, wrap) => start((request, body, response) => echo(request, body, response, status, wrap));
    const loginRefused = await signIn(400);
    const loginJson = await signIn(403, (text) => JSON.stringify({ error: text }));
    const loginOdd = await signIn(200, (text) => JSON.stringify({ message: text }));
    const renewal = await start((request, body, response) => {
      if (request.url.endsWith("/auth/login")) return json(response, { access_token: GOT.access, refresh_token: GOT.refresh });
      echo(request, body, response, request.url.endsWith("/auth/access_token") ? 500 : 401);
    });
    const treeError = await start((request, body, response) => echo(request, body, response, 500, (text) => `<html>${text}</html>`));
    const treeOdd = await start((request, body, response) => echo(request, body, response, 200, (text) => JSON.stringify({ error: { reason: text } })));
    const treeCut = await start((request, body, response) => echo(request, body, response, 200, (text) => `{"group":{"name":${JSON.stringify(text)},"uuid":7`));
    const change = await start((request, body, response) => {
      if (request.url.split("?")[0].endsWith(`/groups/${uuid(1)}/licenses`)) return json(response, tree);
      echo(request, body, response, putStatus, (text) => (putStatus === 409 ? JSON.stringify({ error: text }) : text));
    });
    const provider = await start((request, body, response) => echo(request, body, response, 400, (text) =>
      JSON.stringify({ error: "invalid_client", error_description: `AADSTS7000215: ${text}` })));
    const goodProvider = await start((request, body, response) => json(response, { access_token: GOT.live, expires_in: 3600 }));
    const live = await start((request, body, response) => echo(request, body, response, request.url.includes("fine") ? 200 : 500));
    const axl = await start((request, body, response) => echo(request, body, response, body.includes("getUser") ? 500 : 200, (text) => `<fault>${text}</fault>`));

    const client = (at) => ({
      kind: "client-credentials", token_endpoint: `${at}/token`, client_id: "anna.person", client_secret: { secret: "CLIENT" }, scope: "api://x/.default",
    });
    upstreams = {
      "login-refused": draas(loginRefused, login), "login-json": draas(loginJson, login), "login-odd": draas(loginOdd, login),
      renewal: draas(renewal, login), "tree-error": draas(treeError, machine), "tree-odd": draas(treeOdd, machine), "tree-cut": draas(treeCut, machine),
      "tree-asked": { ...draas(treeError, machine), memory: undefined }, change: draas(change, machine),
      provider: { address: live, methods: ["GET"], paths: ["/x/"], credentials: client(provider) },
      live: { address: live, methods: ["GET"], paths: ["/x/"], credentials: client(goodProvider) },
      axl: {
        address: axl, methods: ["GET", "POST"], paths: ["/axl/"], operations: ["get*", "list*"],
        credentials: { kind: "basic", username: "anna.person", password: { secret: "PASSWORD" } },
      },
    };
    edge = await startEdge({
      memory: folder.path, secrets: SECRETS,
      configuration: {
        origins: [PAGE], log: "all", metrics: { token: { secret: "METRICS" } }, upstreams,
        visitors: {
          issuer: "https://portal.example", audience: "edge",
          keys: [publicPart(key), { kid: "shared", alg: "HS256", secret: { secret: "SIGNING" } }],
        },
      },
    });
  });
  after(async () => {
    await edge?.stop();
    await Promise.all(running.map((one) => one.stop()));
    await folder?.remove();
  });

  const token = () => mint(key, {
    iss: "https://portal.example", aud: "edge", sub: "anna.person", exp: Math.floor(Date.now() / 1000) + 600,
    scope: Object.keys(upstreams).map((name) => `upstream:${name}`).join(" "), permissions: ["read", "limits:write"],
  });

  test("finds none of the edge's secrets in the log, errors, metrics, replies or databases", async () => {
    const found = [];
    const look = (where, bytes, values) => {
      const text = Buffer.isBuffer(bytes) ? bytes.toString("latin1") : Buffer.from(bytes).toString("latin1");
      for (const value of values) {
        for (const form of written(value)) {
          if (text.includes(Buffer.from(form).toString("latin1"))) found.push(`${where}: ${form}`);
        }
      }
    };
    const secrets = [...Object.values(SECRETS), ...Object.values(GOT), `anna.person:${SECRETS.PASSWORD}`];
    const ask = async (path, { method = "GET", body, type = "application/json", isPassed = false } = {}) => {
      const bearer = token();
      const reply = await send(edge.url, {
        method, path, body, headers: { origin: PAGE, authorization: `Bearer ${bearer}`, "content-type": type },
      });
      // What is passed on is the upstream's, people included: its visitors may ask it.
      look(path, `${reply.text}${JSON.stringify(reply.headers)}`, isPassed ? secrets : [...secrets, ...PEOPLE, bearer]);
      return reply;
    };

    // Signing in and the tree, by the API, `/to/` and the memory.
    for (const name of ["login-refused", "login-json", "login-odd", "renewal", "tree-error", "tree-odd", "tree-cut"]) {
      assert.equal((await ask(`/api/v1/estate?upstream=${name}`)).status, 502, name);
      assert.equal((await ask(`/to/${name}/api/v01/draas/draas_v1/groups/${uuid(1)}/licenses`)).status, 502, name);
      await until(`a failed snapshot of ${name}`, async () => (await ask(`/api/v1/snapshots?upstream=${name}`)).json().failure);
    }
    assert.equal((await ask("/api/v1/estate?upstream=tree-asked")).json().type, "urn:seatree:edge:scope-unknown");
    // Changing and asking for one subscription.
    const subscription = `tenants/${uuid(4)}/subscriptions/7/licenses`;
    for (const status of [400, 409, 422, 500, 200]) {
      putStatus = status;
      const limits = { node: `subscription:${uuid(4)}:7`, limits: { msTeamsUsers: 5 } };
      const put = await ask("/api/v1/limits?upstream=change", { method: "PUT", body: JSON.stringify(limits) });
      assert.equal(put.json().type, "urn:seatree:edge:upstream-refused", put.text);
      assert.match(put.json().detail, new RegExp(`status ${status}`));
      assert.equal((await ask(`/api/v1/limits/subscription:${uuid(4)}:7?upstream=change`)).status, 502);
      const through = { method: "PUT", body: '{"msTeamsUsers":{"assigned":5}}', isPassed: true };
      assert.equal((await ask(`/to/change/api/v01/draas/draas_v1/${subscription}`, through)).status, status);
      assert.equal((await ask(`/to/change/api/v01/draas/draas_v1/${subscription}`, { isPassed: true })).status, status);
    }
    await until("a snapshot", async () => (await ask("/api/v1/snapshots?upstream=change")).json().snapshots.length > 0);
    // The identity provider, and what its token is for.
    assert.equal((await ask("/to/provider/x/a")).json().type, "urn:seatree:edge:sign-in-failed");
    for (const path of ["a", "fine"]) {
      const passed = await ask(`/to/live/x/${path}`, { isPassed: true });
      assert.match(passed.text, /\*{8}/, "blotted out");
      assert.match(passed.text, /Anna Canary/, "and the rest is as it was");
    }
    // AXL.
    for (const [operation, status] of [["getUser", 500], ["listUser", 200]]) {
      const body = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><n:${operation} xmlns:n="http://www.cisco.com/AXL/API/14.0"/></e:Body></e:Envelope>`;
      assert.equal((await ask("/to/axl/axl/", { method: "POST", body, type: "text/xml", isPassed: true })).status, status);
    }

    const metrics = await send(edge.url, { path: "/metrics", headers: { authorization: `Bearer ${SECRETS.METRICS}` } });
    assert.equal(metrics.status, 200);
    look("metrics", metrics.text, [...secrets, ...PEOPLE]);
    let isKept = false;
    for (const entry of await readdir(folder.path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const bytes = await readFile(join(entry.parentPath ?? entry.path, entry.name));
      isKept ||= bytes.includes("Subscription");
      look(entry.name, bytes, [...secrets, ...PEOPLE]);
    }
    assert.ok(isKept, "names of nodes are kept, so that something can be found");
    await edge.stop();
    look("log", edge.printed(), [...secrets, ...PEOPLE]);
    assert.deepEqual(found, []);

    // It was looked for where it could have been: all was sent, and repeated.
    const sent = JSON.stringify(echoed);
    const basic = Buffer.from(`anna.person:${SECRETS.PASSWORD}`).toString("base64");
    for (const secret of [SECRETS.MACHINE, ...Object.values(GOT), basic]) {
      assert.ok(sent.includes(secret), secret);
    }
    assert.ok(echoed.some(({ url, body }) => url.endsWith("/auth/login") && JSON.parse(body).password === SECRETS.PASSWORD));
    assert.ok(echoed.some(({ body }) => new URLSearchParams(body).get("client_secret") === SECRETS.CLIENT));
    const lines = edge.printed().split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    const troubles = lines.filter(({ at }) => at === "upstream");
    for (const [name, what, why, status] of [
      ["login-refused", "sign-in", "rejected", 400], ["login-json", "sign-in", "forbidden", 403],
      ["renewal", "sign-in", "rejected", 500], ["tree-asked", "tree", "unreadable", 500],
      ["tree-odd", "snapshot", "rejected", 200], ["tree-error", "snapshot", "unreadable", 500], ["change", "licenses", "rejected", 409],
    ]) {
      assert.ok(troubles.some((one) => one.upstream === name && one.what === what && one.why === why && one.status === status), `${name} ${what} in\n${troubles.map((one) => JSON.stringify(one)).join("\n")}`);
    }
    assert.ok(troubles.some(({ upstream, code }) => upstream === "provider" && code === "AADSTS7000215"));
    for (const line of troubles) {
      assert.ok(Object.keys(line).every((name) => ["at", "upstream", "what", "why", "status", "code"].includes(name)), JSON.stringify(line));
    }
  });
});
