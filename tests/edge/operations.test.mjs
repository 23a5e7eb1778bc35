// What those who run an edge see of it, and that nobody's secrets or names are in there.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { mint, newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startEdge } from "../support/edge.mjs";
import { until } from "../support/processes.mjs";
import { send } from "../support/request.mjs";
import { startSandbox, truth } from "../support/sandbox.mjs";
import { startUpstream } from "../support/upstream.mjs";

const PAGE = "http://127.0.0.1:8700";
const METRICS = "canary-metrics-token";
const ESTATE = ["--size", "200"];

describe("running an edge", () => {
  const key = newKey("k");
  let edge, sandbox, upstream, known;

  before(async () => {
    known = truth(ESTATE);
    sandbox = await startSandbox([...ESTATE, "--serve", "draas,cucm"]);
    upstream = await startUpstream((request, response) => {
      if (request.url.startsWith("/x/lost")) return request.socket.destroy();
      response.writeHead(request.url.startsWith("/x/bad") ? 500 : 200, { "content-type": "text/plain" });
      response.end("fine");
    });
    edge = await startEdge({
      configuration: {
        origins: [PAGE],
        client_header: "x-client",
        metrics: { token: { secret: "METRICS" } },
        log: "all",
        visitors: {
          issuer: "https://portal.example", audience: "edge",
          keys: [publicPart(key), { kid: "shared", alg: "HS256", secret: { secret: "SIGNING" } }],
        },
        upstreams: {
          plain: { address: upstream.url, methods: ["GET"], paths: ["/x/"], rate: { requests: 20, seconds: 600 } },
          draas: {
            address: sandbox.draas, methods: ["GET"], paths: ["/api/v01/"],
            draas: { instance: known.draas.instance, root: `group:${known.draas.group.uuid}` },
            credentials: { kind: "draas-login", username: "demo", password: { secret: "PASSWORD" } },
          },
          wrong: {
            address: sandbox.draas, methods: ["GET"], paths: ["/api/v01/"],
            draas: { instance: known.draas.instance, root: `group:${known.draas.group.uuid}` },
            credentials: { kind: "draas-login", username: "canary-account", password: { secret: "WRONG" } },
          },
          cucm: {
            address: sandbox.cucm, methods: ["POST"], paths: ["/axl/"], operations: ["get*"],
            credentials: { kind: "basic", username: "axl-reader", password: { secret: "WRONG" } },
          },
        },
      },
      authority: sandbox.certificate,
      secrets: {
        PASSWORD: known.sign_in.draas.password, WRONG: "canary-wrong-password", METRICS,
        SIGNING: "canary-signing-secret-of-more-than-32-bytes",
      },
    });
  });
  after(async () => {
    await Promise.all([edge?.stop(), upstream?.stop(), sandbox?.stop()]);
  });

  const plain = (path, headers = {}) => send(edge.url, { path: `/to/plain/x/${path}`, headers: { origin: PAGE, ...headers } });
  const lines = () => edge.printed().split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  const metrics = (authorization = `Bearer ${METRICS}`) =>
    send(edge.url, { path: "/metrics", headers: { ...(authorization && { authorization }) } });
  const token = (change = {}) => {
    const now = Math.floor(Date.now() / 1000);
    return mint(key, {
      iss: "https://portal.example", aud: "edge", sub: "canary-subject", exp: now + 600, permissions: ["read"],
      scope: "upstream:draas upstream:wrong upstream:cucm", ...change,
    });
  };

  test("it is ready when it is set up", async () => {
    assert.deepEqual((await send(`${edge.url}/ready`)).json(), { status: "ready" });
    const wrong = await startEdge({ configuration: { upstreams: { cucm: {} } }, authority: sandbox.certificate });
    try {
      assert.equal((await send(`${wrong.url}/health`)).status, 200);
      const reply = await send(`${wrong.url}/ready`);
      assert.equal(reply.status, 500);
      assert.match(reply.json().detail, /"upstreams\.\*\.address" is wrong/);
      await until("the reason", () => wrong.printed().includes('"field":"upstreams.cucm.address"'));
      assert.equal((await send(wrong.url, { path: "/metrics", headers: { authorization: "Bearer " } })).status, 500);
    } finally {
      await wrong.stop();
    }
  });

  test("every answer has an id of its own, which its line in the log has, too", async () => {
    const ids = [];
    for (const ask of [plain("a"), plain("b"), send(`${edge.url}/health`), send(edge.url, { path: "/nowhere" }), plain("../c")]) {
      ids.push((await ask).headers["x-request-id"]);
    }
    assert.ok(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]+$/.test(id)), ids.join());
    assert.equal(new Set(ids).size, ids.length);
    await until("the lines", () => ids.every((id) => lines().some((line) => line.id === id)));
    const first = lines().find(({ id }) => id === ids[0]);
    assert.deepEqual({ ...first, id: "", ms: 0 }, {
      at: "request", id: "", method: "GET", ms: 0, refusal: null, route: "to", status: 200, upstream: "plain",
    });
    assert.equal(lines().find(({ id }) => id === ids[4]).refusal, "path-refused");
  });

  test("a client's own id is not taken over", async () => {
    const reply = await plain("a", { "x-request-id": "canary-id" });
    assert.ok(!reply.headers["x-request-id"].includes("canary"));
  });

  test("metrics want their token", async () => {
    for (const authorization of [null, "Bearer ", "Bearer canary-metrics-toke", `Basic ${METRICS}`, METRICS, `Bearer ${METRICS}x`]) {
      assert.equal((await metrics(authorization)).status, 401, authorization);
    }
    assert.equal((await metrics()).status, 200);
  });

  test("metrics count requests, refusals and times by upstream", async () => {
    const value = async (name) => {
      const line = (await metrics()).text.split("\n").find((one) => one.startsWith(`${name} `));
      return Number(line?.split(" ").at(-1) ?? 0);
    };
    const fine = 'seatree_edge_requests_total{route="to",upstream="plain",status="200"}';
    const bad = 'seatree_edge_requests_total{route="to",upstream="plain",status="500"}';
    const refusals = 'seatree_edge_refusals_total{reason="method-refused"}';
    const before = [await value(fine), await value(bad), await value(refusals)];
    await plain("a");
    await plain("bad");
    await send(edge.url, { method: "DELETE", path: "/to/plain/x/a", headers: { origin: PAGE } });
    assert.deepEqual([await value(fine), await value(bad), await value(refusals)], before.map((count) => count + 1));
    const { text, headers } = await metrics();
    assert.match(headers["content-type"], /^text\/plain; version=0\.0\.4/);
    assert.match(text, /^seatree_edge_answer_seconds_bucket\{route="to",upstream="plain",le="\+Inf"\} \d+$/m);
    for (const line of text.trimEnd().split("\n")) {
      assert.match(line, /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.]+)$/, line);
    }
  });

  test("a run with canary secrets leaves none in logs, errors, metrics or replies", async () => {
    const canary = token();
    const shared = mint({ kid: "shared", alg: "HS256", secret: "canary-signing-secret-of-more-than-32-bytes" }, {
      iss: "https://portal.example", aud: "edge", sub: "canary-subject", exp: Math.floor(Date.now() / 1000) + 60, scope: "upstream:draas", permissions: ["read"],
    });
    const licenses = `api/v01/draas/draas_v1/groups/${known.draas.group.uuid}/licenses`;
    const asked = [
      ["/to/plain/x/canary-path?canary-query=1", { authorization: "Basic Y2FuYXJ5OmNhbmFyeQ==", cookie: "canary=1" }],
      ["/to/plain/x/lost?canary=1", { authorization: "Bearer canary-bearer" }],
      ["/to/plain/x/bad", { authorization: "Bearer canary-bearer" }],
      ["/to/canary-upstream/x/", {}],
      ["/to/plain/x/a", { origin: "https://canary.example" }],
      ["/to/plain/x/a", { "x-client": "canary-address" }],
      [`/to/draas/${licenses}`, { authorization: `Bearer ${canary}` }],
      [`/to/draas/${licenses}`, { authorization: `Bearer ${shared}` }],
      [`/to/draas/${licenses}`, { authorization: `Bearer ${canary}x` }],
      ["/to/draas/api/v01/system/users/local", { authorization: `Bearer ${canary}` }],
      [`/to/wrong/${licenses}`, { authorization: `Bearer ${canary}` }],
      ["/api/v1/estate?upstream=draas", { authorization: `Bearer ${canary}` }],
      ["/api/v1/estate?upstream=wrong", { authorization: `Bearer ${canary}` }],
      ["/api/v1/estate?upstream=canary", { authorization: `Bearer ${canary}` }],
      ["/api/v1/node/canary", { authorization: `Bearer ${canary}` }],
      ["/metrics", { authorization: "Bearer canary-guess" }],
      ["/canary", {}],
    ];
    const found = [];
    const secrets = [
      "canary", "Y2FuYXJ5", canary.split(".")[1], canary.split(".")[2], shared.split(".")[2],
      known.sign_in.draas.machine_token, known.sign_in.draas.password,
    ];
    const look = (where, text) => {
      for (const secret of secrets) if (text.includes(secret)) found.push(`${where}: ${secret}`);
    };
    for (const [path, headers] of asked) {
      const reply = await send(edge.url, { path, headers: { origin: PAGE, ...headers } });
      look(path, `${reply.text}${JSON.stringify(reply.headers)}`);
    }
    const post = await send(edge.url, {
      method: "POST", path: "/to/cucm/axl/", headers: { origin: PAGE, authorization: `Bearer ${canary}`, "content-type": "text/xml" },
      body: '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><getUser xmlns="http://www.cisco.com/AXL/API/14.0"><userid>canary</userid></getUser></e:Body></e:Envelope>',
    });
    assert.equal(post.json().type, "urn:seatree:edge:sign-in-failed");
    look("axl", post.text);
    look("metrics", (await metrics()).text);
    await until("the last line", () => lines().some(({ id }) => id === post.headers["x-request-id"]));
    look("log", edge.printed());
    assert.deepEqual(found, []);
    // What was looked through is not empty: the trouble is told.
    assert.match(edge.printed(), /"upstream":"wrong"/);
  });
});
