// Many at once: how many requests may be under way, how often clients may try, and that whoever leaves takes no room.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, describe, test } from "node:test";
import { mint, newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startEdge } from "../support/edge.mjs";
import { platform, startPlatform, teams, uuid } from "../support/memory.mjs";
import { until } from "../support/processes.mjs";
import { open, send } from "../support/request.mjs";
import { startUpstream } from "../support/upstream.mjs";

const PAGE = "http://127.0.0.1:8700";
const METRICS = "canary-metrics-token";
const SOAP = '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><n:getUser xmlns:n="http://www.cisco.com/AXL/API/14.0"/></e:Body></e:Envelope>';

const refused = (reply, slug, status = 429) => {
  assert.equal(reply.status, status, reply.text);
  assert.equal(reply.json().type, `urn:seatree:edge:${slug}`, reply.text);
  if (status === 429) assert.ok(Number(reply.headers["retry-after"]) > 0);
};

describe("crowds", () => {
  const key = newKey("k");
  let edge, upstream, platforms, answer, isHeld = false;
  const waiting = [];
  const trees = [];

  before(async () => {
    upstream = await startUpstream((request, response) => answer(request, response));
    const distributors = () => [{ name: "Distributor", uuid: uuid(2), ...teams(9, 1), resellers: [] }];
    platforms = await startPlatform(distributors, (reply) => (isHeld ? trees.push(reply) : reply()));
    const rules = { address: upstream.url, methods: ["GET", "POST"], paths: ["/"], time_limit: 2, total_limit: 600 };
    edge = await startEdge({
      configuration: {
        origins: [PAGE],
        client_header: "x-test-client",
        metrics: { token: { secret: "METRICS" } },
        visitors: { issuer: "https://portal.example", audience: "edge", keys: [publicPart(key)] },
        upstreams: {
          short: { ...rules, time_limit: 60, under_way: { client: 3, all: 5 } },
          axl: { ...rules, time_limit: 60, operations: ["get*"], under_way: { client: 3, all: 5 } },
          left: { ...rules, under_way: { client: 3, all: 5 } },
          "left-axl": { ...rules, operations: ["get*"], under_way: { client: 3, all: 5 } },
          long: { ...rules, time_limit: 60, under_way: { client: 1 } },
          draas: { ...platform(platforms.url), under_way: { client: 1 } },
          counted: { ...platform(platforms.url), rate: { requests: 3, seconds: 600 } },
        },
      },
      secrets: { METRICS, TOKEN: "canary-machine-token" },
    });
  });
  after(async () => {
    await Promise.all([edge?.stop(), upstream?.stop(), platforms?.stop()]);
  });

  const headers = (client) => ({ origin: PAGE, ...(client && { "x-test-client": client }) });
  const get = (name, client) => ({ path: `/to/${name}/x`, headers: headers(client) });
  const post = (name, client) => ({
    path: `/to/${name}/axl/`, method: "POST", body: SOAP, headers: { ...headers(client), "content-type": "text/xml" },
  });
  /** An upstream that answers when told to. */
  const hold = () => {
    waiting.length = 0;
    answer = (request, response) => {
      request.resume();
      waiting.push(() => response.end("through"));
    };
  };
  const release = () => waiting.splice(0).forEach((end) => end());
  const underWay = async (name) => {
    const { text } = await send(edge.url, { path: "/metrics", headers: { authorization: `Bearer ${METRICS}` } });
    return Number(text.match(new RegExp(`^seatree_edge_under_way\\{upstream="${name}"\\} (\\d+)$`, "m"))[1]);
  };

  for (const [way, name, asking] of [["the short way", "short", get], ["the long way", "axl", post]]) {
    test(`who would be one more on ${way} is told to come back, and may once others are through`, async () => {
      hold();
      const first = [1, 2, 3].map(() => send(edge.url, asking(name, "10.0.0.1")));
      await until("three of one client", () => waiting.length === 3);
      const reply = await send(edge.url, asking(name, "10.0.0.1"));
      refused(reply, "upstream-busy");
      assert.match(reply.json().detail, /^3 requests of yours/);
      assert.equal(reply.headers["access-control-allow-origin"], PAGE);
      const others = ["10.0.0.2", undefined].map((client) => send(edge.url, asking(name, client)));
      await until("two of others", () => waiting.length === 5);
      for (const client of ["10.0.0.3", undefined]) refused(await send(edge.url, asking(name, client)), "upstream-busy");
      assert.equal(await underWay(name), 5);
      assert.equal(waiting.length, 5, "nothing more may reach the upstream");
      release();
      for (const one of await Promise.all([...first, ...others])) assert.deepEqual([one.status, one.text], [200, "through"]);
      answer = (_request, response) => response.end("through");
      assert.equal((await send(edge.url, asking(name, "10.0.0.1"))).status, 200);
      await until("nobody under way", async () => (await underWay(name)) === 0);
    });
  }

  for (const [way, name, asking] of [["the short way", "left", get], ["the long way", "left-axl", post]]) {
    test(`clients that leave on ${way} take no room for long, however many come`, async () => {
      const { hostname, port } = new URL(edge.url);
      const authorization = `Basic ${"x".repeat(12_000)}`;
      for (let wave = 0; wave < 3; wave += 1) {
        hold();
        const all = Array.from({ length: 100 }, () => {
          const { body, ...options } = asking(name, "10.0.0.1");
          const length = body && { "content-length": Buffer.byteLength(body) };
          const request = http.request({ host: hostname, port, agent: false, ...options, headers: { ...options.headers, ...length, authorization } });
          request.on("error", () => {});
          request.end(body);
          return request;
        });
        // Those that are refused are answered; the others wait until their clients leave.
        const refusals = all.map((request) => new Promise((resolve) => request.once("response", resolve)));
        await until("three of them", () => waiting.length === 3);
        let answered = 0;
        for (const refusal of refusals) refusal.then((reply) => { answered += reply.statusCode === 429 ? 1 : 0; reply.resume(); });
        await until("the refusals", () => answered === 97);
        all.forEach((request) => request.destroy());
        await until("nobody under way", async () => (await underWay(name)) === 0);
        assert.equal(waiting.length, 3, "nothing more may reach the upstream");
      }
      answer = (_request, response) => response.end("through");
      assert.equal((await send(edge.url, asking(name, "10.0.0.1"))).status, 200);
    });
  }

  test("a reply that goes on is under way until it has ended, read or not", async () => {
    answer = (request, response) => {
      request.resume();
      response.writeHead(200);
      response.write("beginning ");
      waiting.push(() => response.end("end"));
    };
    waiting.length = 0;
    const reply = await open(edge.url, get("long", "10.0.0.1"));
    refused(await send(edge.url, get("long", "10.0.0.1")), "upstream-busy");
    release();
    let text = "";
    for await (const piece of reply) text += piece;
    assert.equal(text, "beginning end");
    await until("the end of it", async () => (await underWay("long")) === 0);
    const left = await open(edge.url, get("long", "10.0.0.1"));
    left.destroy();
    release();
    await until("the end of what nobody reads", async () => (await underWay("long")) === 0);
  });

  const call = (path, { sub = "anna", client, signing = key } = {}) => {
    const claims = {
      iss: "https://portal.example", aud: "edge", sub, exp: Math.floor(Date.now() / 1000) + 600, scope: "upstream:draas upstream:counted", permissions: ["read"],
    };
    return send(edge.url, { path: `/api/v1/${path}`, headers: { authorization: `Bearer ${mint(signing, claims)}`, ...(client && { "x-test-client": client }) } });
  };

  test("calls of the API that wait are under way, of each visitor so many", async () => {
    isHeld = true;
    const first = call("estate?upstream=draas");
    await until("the tree is asked for", () => trees.length === 1);
    refused(await call("estate?upstream=draas"), "upstream-busy");
    assert.equal(await underWay("draas"), 1);
    const other = call("estate?upstream=draas", { sub: "berta" });
    await until("the other visitor", async () => (await underWay("draas")) === 2);
    isHeld = false;
    trees.pop()();
    for (const reply of await Promise.all([first, other])) assert.equal(reply.status, 200, reply.text);
    await until("nobody under way", async () => (await underWay("draas")) === 0);
    assert.equal((await call("estate?upstream=draas")).status, 200);
  });

  test("forged tokens are counted by client before they are looked at", async () => {
    const forged = { ...newKey("k") };
    for (let n = 0; n < 3; n += 1) refused(await call("token?upstream=counted", { client: `2001:db8::${n}`, signing: forged }), "token-refused", 401);
    for (let n = 3; n < 20; n += 1) refused(await call("token?upstream=counted", { client: `2001:db8::${n}`, signing: forged }), "rate-limited");
    assert.equal((await call("token?upstream=counted", { client: "2001:db8:0:1::1" })).status, 200);
  });
});
