// What an edge tells others: which events, signed, retried, given up, muted, and over restarts.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import { mint, newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startEdge } from "../support/edge.mjs";
import { temporaryFolder } from "../support/folder.mjs";
import { until } from "../support/processes.mjs";
import { KEY, startReceiver } from "../support/receiver.mjs";
import { send } from "../support/request.mjs";
import { misbehave, startSandbox, truth } from "../support/sandbox.mjs";

const ESTATE = ["--size", "200"];
const OPERATOR = "canary-operator-token";
const SECOND = `whsec_${Buffer.from("canary-second-key-of-many-bytes!").toString("base64")}`;

describe("webhooks", () => {
  const key = newKey("k");
  let sandbox, known, tenant, id, node, used, receiver, folder;
  const edges = [];

  before(async () => {
    known = truth(ESTATE);
    sandbox = await startSandbox([...ESTATE, "--serve", "draas,cucm"]);
    ({ tenant_uuid: tenant, id } = known.draas.samples.subscription);
    node = `subscription:${tenant}:${id}`;
    await assign(1000);
    used = (await licenses()).inUse;
    assert.ok(used > 4, "a subscription in use");
  });
  after(() => sandbox?.stop());
  beforeEach(async () => {
    await assign(used * 2);
    receiver = await startReceiver();
    folder = await temporaryFolder();
  });
  afterEach(async () => {
    await Promise.all(edges.splice(0).map((edge) => edge.stop()));
    await receiver.stop();
    await folder.remove();
    assert.deepEqual(receiver.problems, []);
  });

  const platform = async (method, body) => {
    const path = `/api/v01/draas/${known.draas.instance}/tenants/${tenant}/subscriptions/${id}/licenses`;
    const authorization = `Bearer ${known.sign_in.draas.machine_token}`;
    const reply = await send(sandbox.draas, { method, path, body, headers: { authorization, "content-type": "application/json" } });
    assert.equal(reply.status, 200, reply.text);
    return reply;
  };
  const licenses = async () => (await platform("GET")).json().msTeamsUsers;
  const assign = (assigned) => platform("PUT", JSON.stringify({ msTeamsUsers: { assigned } }));

  /** An edge that takes a snapshot each second and tells this receiver of the one subscription. */
  async function start({ desk = {}, webhooks = {}, secrets = {} } = {}) {
    const edge = await startEdge({
      configuration: {
        origins: [],
        metrics: { token: { secret: "METRICS" } },
        visitors: { issuer: "https://portal.example", audience: "edge", keys: [publicPart(key)] },
        upstreams: {
          draas: {
            address: sandbox.draas, memory: { every_seconds: 1, keep_seconds: 600 },
            draas: { instance: known.draas.instance, root: `group:${known.draas.group.uuid}` },
            credentials: { kind: "token", token: { secret: "TOKEN" } },
          },
        },
        webhooks: {
          operator: { secret: "OPERATOR" },
          receivers: {
            desk: {
              address: { secret: "ADDRESS" }, keys: [{ secret: "KEY" }], below: [node], first_pause: 1, eased_after: 0, ...desk,
            },
          },
          ...webhooks,
        },
      },
      authority: sandbox.certificate,
      secrets: {
        TOKEN: known.sign_in.draas.machine_token, METRICS: "canary-metrics-token", OPERATOR, KEY, SECOND,
        ADDRESS: `${receiver.url}/in/?sig=canary-address-token`, ...secrets,
      },
      memory: folder.path,
    });
    edges.push(edge);
    return edge;
  }
  const claims = (change) => ({
    iss: "https://portal.example", aud: "edge", sub: "s", exp: Math.floor(Date.now() / 1000) + 600, permissions: ["read"], ...change,
  });
  const lines = (edge) => edge.printed().split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
  const snapshots = (edge) => lines(edge).filter(({ at }) => at === "snapshot").length;
  /** Until so many more snapshots were taken. */
  const pass = async (edge, more = 2) => {
    const from = snapshots(edge);
    await until(`${more} snapshots`, () => snapshots(edge) >= from + more);
  };
  const ready = async (options) => {
    const edge = await start(options);
    await pass(edge, 1);
    return edge;
  };
  const taken = (count) => until(`${count} events`, () => receiver.taken().length >= count && receiver.taken());
  const operator = (edge, method, path, token = OPERATOR) =>
    send(edge.url, { method, path: `/webhooks${path}`, headers: { ...(token && { authorization: `Bearer ${token}` }) } });
  const dead = (edge) => until("a dead event", async () => {
    const told = (await operator(edge, "GET", "/dead")).json();
    return told.count > 0 && told;
  });

  test("a threshold that is passed is told once, then what is over, then that it eased", async () => {
    const edge = await ready();
    await pass(edge);
    assert.deepEqual(receiver.requests, [], "what stands at the first snapshot is known");

    await assign(used);
    const [near] = await taken(1);
    const { finding } = near.data;
    assert.deepEqual({ ...near, id: "", timestamp: "", data: { ...near.data, since: "", node: { ...near.data.node, name: "" } } }, {
      version: 1, id: "", type: "license.near", timestamp: "", upstream: "draas",
      data: {
        finding, since: "", node: { id: node, kind: "subscription", name: "" }, license: "msTeamsUsers",
        assigned: used, in_use: used, level: 80, before: null,
      },
    });
    assert.match(near.timestamp, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal(near.data.since, near.timestamp);
    await assign(used + 1);
    await pass(edge);
    assert.equal(receiver.requests.length, 1, "what stays is not told again");

    await assign(used - 1);
    const over = (await taken(2))[1];
    assert.deepEqual([over.type, over.data.level, over.data.before], ["license.over", "over", 80]);
    await assign(used - 2);
    await pass(edge);
    await assign(used * 2);
    const eased = (await taken(3))[2];
    assert.deepEqual([eased.type, eased.data.level, eased.data.before, eased.data.assigned], ["license.eased", null, "over", used * 2]);
    await pass(edge);
    assert.equal(receiver.requests.length, 3);
    assert.ok([over, eased].every(({ data }) => data.finding === finding && data.since === near.data.since));
    assert.equal(receiver.requests[0].url, "/in/?sig=canary-address-token");
  });

  test("figures that do not add up are told, and that they do again", async () => {
    await ready({ desk: { below: [`tenant:${tenant}`], events: ["sums"] } });
    const reply = JSON.parse(await whole());
    const claim = (entity) => {
      if (entity?.uuid === tenant) return entity;
      for (const value of Object.values(entity ?? {})) {
        const found = value && typeof value === "object" && claim(value);
        if (found) return found;
      }
      return null;
    };
    const one = claim(reply);
    assert.ok(one, "the tenant");
    one.msTeamsUsers.assigned += 7;
    const rule = await misbehave(sandbox.draas, { path_contains: "/licenses", method: "GET", body: JSON.stringify(reply) });
    let off;
    try {
      [off] = await taken(1);
    } finally {
      await rule.end();
    }
    assert.equal(off.type, "sums.off");
    assert.deepEqual([off.data.figure, off.data.rule, off.data.found - off.data.expected], ["assigned", "sum-of-children", 7]);
    const settled = (await taken(2))[1];
    assert.deepEqual([settled.type, settled.data.finding], ["sums.settled", off.data.finding]);
  });

  test("many at once arrive one by one, each once", async () => {
    const edge = await ready({ desk: { below: [], events: ["over"] } });
    const authorization = `Bearer ${mint(key, claims({ scope: "upstream:draas" }))}`;
    const { nodes } = (await send(edge.url, { path: "/api/v1/estate", headers: { authorization } })).json();
    const users = ({ licenses }) => licenses.msTeamsUsers ?? {};
    const expected = nodes.filter((one) => users(one).in_use > 0 && users(one).in_use <= users(one).assigned);
    assert.ok(expected.length > 60, `${expected.length} nodes`);
    const nothing = (_, value) => (value?.msTeamsUsers ? { ...value, msTeamsUsers: { ...value.msTeamsUsers, assigned: 0 } } : value);
    const body = JSON.stringify(JSON.parse(await whole(), nothing));
    const rule = await misbehave(sandbox.draas, { path_contains: "/licenses", method: "GET", body });
    try {
      await taken(expected.length);
      await pass(edge);
    } finally {
      await rule.end();
    }
    const told = receiver.requests.filter(({ event }) => event.type === "license.over").map(({ event }) => event.data.node.id);
    assert.deepEqual(told.sort(), expected.map(({ id: name }) => name).sort());
  });

  /** The licensed tree as the platform sends it. */
  async function whole() {
    const path = `/api/v01/draas/${known.draas.instance}/groups/${known.draas.group.uuid}/licenses?detailed=true`;
    const reply = await send(sandbox.draas, { path, headers: { authorization: `Bearer ${known.sign_in.draas.machine_token}` } });
    assert.equal(reply.status, 200, reply.text);
    return reply.text;
  }

  test("a receiver that fails is tried again with the same event until it takes it", async () => {
    const edge = await ready();
    receiver.answer = (_, number) => [500, 302, 204][number - 1];
    await assign(used);
    await taken(1);
    const ids = new Set(receiver.requests.map(({ event }) => event.id));
    assert.equal(ids.size, 1);
    assert.equal(new Set(receiver.requests.map(({ body }) => body)).size, 1);
    assert.equal(receiver.requests.length, 3, "the redirect is not followed");
    await pass(edge);
    assert.equal(receiver.requests.length, 3);
    const what = lines(edge).filter(({ at }) => at === "webhook").map(({ what }) => what);
    assert.deepEqual(what, ["does not take events", "takes events again"]);
    const [account] = (await operator(edge, "GET", "")).json().receivers;
    assert.deepEqual([account.receiver, account.upstream, account.waiting, account.dead, account.failures, account.why], ["desk", "draas", 0, 0, 0, null]);
    assert.ok(account.delivered && account.failed);
  });

  test("a receiver that asks for time is left alone for as long", async () => {
    await ready();
    receiver.answer = (_, number) => (number === 1 ? { status: 503, headers: { "retry-after": "3" } } : 204);
    await assign(used);
    await until("the first attempt", () => receiver.requests.length > 0);
    const [{ headers }] = receiver.requests;
    await assign(used - 1);
    await taken(2);
    const times = receiver.requests.map((one) => Number(one.headers["webhook-timestamp"]));
    assert.ok(times.slice(1).every((at) => at >= Number(headers["webhook-timestamp"]) + 3), `${times}`);
  });

  test("what would be refused again is given up, told to operators, and tried again when they say so", async () => {
    const edge = await ready();
    receiver.answer = () => 410;
    await assign(used);
    const { count, events: [event] } = await dead(edge);
    assert.equal(count, 1);
    const { event: body, made, given_up: givenUp, ...told } = event;
    assert.deepEqual(told, {
      id: receiver.requests[0].event.id, receiver: "desk", upstream: "draas", attempts: 1,
      why: "It answers 410: it does not exist any more.",
    });
    assert.deepEqual(body, receiver.requests[0].event);
    assert.ok(made <= givenUp);
    await pass(edge);
    assert.equal(receiver.requests.length, 1);

    receiver.answer = () => 204;
    assert.equal((await operator(edge, "POST", "/dead/evt_0/retry")).status, 404);
    const retried = await operator(edge, "POST", `/dead/${event.id}/retry`);
    assert.deepEqual([retried.status, retried.json()], [202, { version: 1, retried: 1 }]);
    assert.equal((await taken(1))[0].id, event.id);
    assert.equal((await operator(edge, "GET", "/dead")).json().count, 0);
  });

  test("after the last attempt it is given up, and all are tried again at once", async () => {
    const edge = await ready({ desk: { attempts: 2 } });
    receiver.answer = () => 500;
    await assign(used);
    const { events: [event] } = await dead(edge);
    assert.deepEqual([event.attempts, event.why], [2, "It answers 500."]);
    receiver.answer = () => 204;
    assert.equal((await operator(edge, "POST", "/dead/retry")).json().retried, 1);
    await taken(1);
  });

  test("what waits survives that the edge is killed, and is delivered once", async () => {
    const edge = await ready();
    receiver.answer = () => undefined;
    await assign(used - 1);
    await until("an attempt", () => receiver.requests.length > 0);
    await edge.kill();
    edges.pop();
    receiver.answer = () => 204;
    const again = await start();
    const [over] = await taken(1);
    assert.equal(over.type, "license.over");
    await pass(again, 3);
    assert.equal(receiver.requests.filter(({ status }) => status === 204).length, 1, "once");
    assert.equal(new Set(receiver.requests.map(({ event }) => event.id)).size, 1);
    // What changed while nobody looked is told by the first snapshot after.
    await again.kill();
    edges.pop();
    await assign(used * 2);
    await start();
    assert.equal((await taken(2))[1].type, "license.eased");
  });

  test("whenever the edge is killed, each change is told, in its order, and none anew", async () => {
    let edge = await ready();
    for (let round = 0; round < 8; round += 1) {
      const [type, assigned] = round % 2 ? ["license.eased", used * 2] : ["license.over", used - 1];
      await assign(assigned);
      // Somewhere between reading, writing down, sending, and noting that it arrived.
      await new Promise((resolve) => setTimeout(resolve, 900 + round * 60));
      await edge.kill();
      edges.pop();
      edge = await start();
      const events = await taken(round + 1);
      assert.deepEqual([events.length, events[round].type], [round + 1, type]);
    }
    await pass(edge);
    assert.equal(receiver.taken().length, 8);
  });

  test("what falls and rises again is told once, over restarts, too", async () => {
    let edge = await ready({ desk: { eased_after: 600 } });
    await assign(used - 1);
    const [over] = await taken(1);
    assert.equal(over.type, "license.over");
    for (let round = 0; round < 3; round += 1) {
      await assign(used * 2);
      await pass(edge);
      if (round === 1) {
        await edge.kill();
        edges.pop();
        edge = await start({ desk: { eased_after: 600 } });
        await pass(edge);
      }
      await assign(used - 1);
      await pass(edge);
    }
    assert.equal(receiver.requests.length, 1);
    // Set otherwise, it holds from the next start.
    await edge.kill();
    edges.pop();
    edge = await start();
    await pass(edge);
    await assign(used * 2);
    assert.equal((await taken(2))[1].type, "license.eased");
  });

  test("that it eased is told once it was not seen for as long as is set", async () => {
    await ready({ desk: { eased_after: 3 } });
    await assign(used - 1);
    const [over] = await taken(1);
    await assign(used * 2);
    const eased = (await taken(2))[1];
    assert.deepEqual([eased.type, eased.data.before, eased.data.level], ["license.eased", "over", null]);
    assert.equal(eased.data.since, over.data.since);
    const between = Date.parse(eased.timestamp) - Date.parse(over.timestamp);
    assert.ok(between >= 3_000, `${between} ms`);
  });

  test("what is muted is not told, and told later if it is still so", async () => {
    const untilMs = Math.ceil(Date.now() / 1000) * 1000 + 6_000;
    const mute = [{ below: [`tenant:${tenant}`], events: ["near", "over"], until: new Date(untilMs).toISOString() }];
    const edge = await ready({ webhooks: { mute } });
    await assign(used - 1);
    await pass(edge);
    assert.deepEqual(receiver.requests, []);
    assert.match((await metrics(edge)).text, /webhook_muted_total\{receiver="desk"\} [1-9]/);
    const [over] = await taken(1);
    assert.equal(over.type, "license.over");
    assert.ok(Date.parse(over.timestamp) >= untilMs, over.timestamp);
  });

  test("an upstream that cannot be read is told once it is down, and when it is up", async () => {
    const edge = await ready({ webhooks: { down_after: 2 } });
    const rule = await misbehave(sandbox.draas, { path_contains: "/licenses", method: "GET", status: 503 });
    let down;
    try {
      [down] = await taken(1);
      assert.equal(down.type, "upstream.down");
      assert.deepEqual([down.data.tries, down.data.why, down.data.node], [2, "refused", undefined]);
      const failed = () => lines(edge).filter(({ what }) => what === "snapshot").length;
      const from = failed();
      await until("another failure", () => failed() > from);
    } finally {
      await rule.end();
    }
    const up = (await taken(2))[1];
    assert.deepEqual([up.type, up.data.finding, up.data.since], ["upstream.up", down.data.finding, down.data.since]);
    assert.equal(receiver.requests.length, 2);
  });

  test("each key signs, so that one can be replaced without a gap", async () => {
    await receiver.stop();
    receiver = await startReceiver({ keys: [KEY, SECOND] });
    const edge = await start({ desk: { keys: [{ secret: "KEY" }, { secret: "SECOND" }] } });
    const reply = await operator(edge, "POST", "/receivers/desk/test");
    assert.equal(reply.status, 202, reply.text);
    const [event] = await taken(1);
    assert.deepEqual([event.id, event.type, event.upstream, event.data], [reply.json().id, "webhook.test", null, {}]);
    assert.equal(receiver.requests[0].headers["webhook-signature"].split(" ").length, 2);
  });

  test("a receiver that does not answer holds up no other", async () => {
    const other = await startReceiver();
    let letGo;
    try {
      const desk = { address: `${receiver.url}/`, keys: [{ secret: "KEY" }], below: [node] };
      const edge = await ready({
        webhooks: { receivers: { desk, other: { ...desk, address: `${other.url}/` } } },
      });
      receiver.answer = () => new Promise((resolve) => { letGo = resolve; });
      await assign(used - 1);
      await until("the other's event", () => other.taken().length === 1);
      assert.equal(receiver.requests.length, 1);
      letGo({ status: 503, headers: { "retry-after": "600" } });
      await pass(edge);
      assert.equal(receiver.requests.length, 1);
      const accounts = (await operator(edge, "GET", "")).json().receivers;
      assert.deepEqual(accounts.map(({ receiver: name, waiting, failures }) => [name, waiting, failures]), [["desk", 1, 1], ["other", 0, 0]]);
      assert.match((await metrics(edge)).text, /webhook_waiting\{receiver="desk",upstream="draas"\} 1/);
    } finally {
      letGo?.(500);
      await other.stop();
    }
    assert.deepEqual(other.problems, []);
  });

  test("what a receiver no longer configured was to get is given up, and the edge stays at rest", async () => {
    const edge = await ready();
    receiver.answer = () => 500;
    await assign(used);
    await until("an attempt", () => receiver.requests.length > 0);
    await edge.kill();
    edges.pop();
    const desk = { address: `${receiver.url}/`, keys: [{ secret: "KEY" }], below: [node] };
    const again = await start({ webhooks: { receivers: { other: desk } } });
    const { events: [event] } = await dead(again);
    assert.deepEqual([event.receiver, event.why], ["desk", "The receiver is not configured any more."]);
    assert.equal((await operator(again, "POST", "/dead/retry")).json().retried, 0);
  });

  const metrics = (edge) => send(edge.url, { path: "/metrics", headers: { authorization: "Bearer canary-metrics-token" } });

  test("only an operator sees what was given up: no visitor, nobody who sees metrics", async () => {
    const edge = await start();
    const visitor = mint(key, claims({ scope: "upstream:draas", permissions: ["read", "limits:write"] }));
    for (const token of [null, "", "canary-metrics-token", visitor, `${OPERATOR}x`]) {
      for (const [method, path] of [["GET", ""], ["GET", "/dead"], ["POST", "/dead/retry"], ["POST", "/dead/evt_1/retry"], ["POST", "/receivers/desk/test"], ["GET", "/x"]]) {
        const reply = await operator(edge, method, path, token);
        assert.deepEqual([reply.status, reply.json().type], [401, "urn:seatree:edge:token-refused"], `${method} ${path}`);
      }
    }
    assert.equal((await operator(edge, "POST", "/dead")).status, 405);
    assert.equal((await operator(edge, "GET", "/dead/")).status, 404);
    assert.equal((await operator(edge, "POST", "/receivers/nobody/test")).status, 404);
    assert.deepEqual(receiver.requests, []);
  });

  test("no secret is in an event, a log, an answer, a metric or the database", async () => {
    const edge = await ready();
    receiver.answer = (_, number) => (number === 1 ? 500 : 422);
    await assign(used - 1);
    const told = await dead(edge);
    const answers = [JSON.stringify(told), (await operator(edge, "GET", "")).text, (await metrics(edge)).text];
    assert.match(answers[2], /webhook_attempts_total\{receiver="desk",outcome="given-up"\} 1/);
    const bodies = receiver.requests.map(({ body, headers }) => body + JSON.stringify(headers));
    await edge.kill();
    edges.pop();
    const files = (await readdir(folder.path, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    assert.ok(files.length > 0);
    const databases = await Promise.all(files.map((file) => readFile(join(file.parentPath ?? file.path, file.name), "latin1")));
    assert.ok(databases.some((text) => text.includes("license.over")), "the event is in there");
    const secrets = ["canary-", known.sign_in.draas.machine_token, KEY.slice(6), Buffer.from(KEY.slice(6), "base64").toString()];
    for (const text of [...answers, ...bodies, edge.printed(), ...databases]) {
      for (const secret of secrets) assert.ok(!text.includes(secret), secret);
    }
  });
});
