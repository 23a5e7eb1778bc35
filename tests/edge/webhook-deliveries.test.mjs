// How events of an edge reach others: signed, tried again, given up, and over restarts.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { mint } from "../../crates/edge/deploy/mint-token.mjs";
import { until } from "../support/processes.mjs";
import { KEY, startReceiver } from "../support/receiver.mjs";
import { send } from "../support/request.mjs";
import { OPERATOR, SECOND, key, webhookScene } from "../support/webhooks.mjs";

describe("deliveries of webhooks", () => {
  const scene = webhookScene();
  const { start, ready, pass, assign, taken, operator, dead, lines, metrics, claims, kill } = scene;

  test("a receiver that fails is tried again with the same event until it takes it", async () => {
    const edge = await ready();
    scene.receiver.answer = (_, number) => [500, 302, 204][number - 1];
    await assign(scene.used);
    await taken(1);
    const ids = new Set(scene.receiver.requests.map(({ event }) => event.id));
    assert.equal(ids.size, 1);
    assert.equal(new Set(scene.receiver.requests.map(({ body }) => body)).size, 1);
    assert.equal(scene.receiver.requests.length, 3, "the redirect is not followed");
    await pass(edge);
    assert.equal(scene.receiver.requests.length, 3);
    const what = lines(edge).filter(({ at }) => at === "webhook").map(({ what }) => what);
    assert.deepEqual(what, ["does not take events", "takes events again"]);
    const [account] = (await operator(edge, "GET", "")).json().receivers;
    assert.deepEqual([account.receiver, account.upstream, account.waiting, account.dead, account.failures, account.why], ["desk", "draas", 0, 0, 0, null]);
    assert.ok(account.delivered && account.failed);
  });

  test("a receiver that asks for time is left alone for as long", async () => {
    await ready();
    scene.receiver.answer = (_, number) => (number === 1 ? { status: 503, headers: { "retry-after": "3" } } : 204);
    await assign(scene.used);
    await until("the first attempt", () => scene.receiver.requests.length > 0);
    const [{ headers }] = scene.receiver.requests;
    await assign(scene.used - 1);
    await taken(2);
    const times = scene.receiver.requests.map((one) => Number(one.headers["webhook-timestamp"]));
    assert.ok(times.slice(1).every((at) => at >= Number(headers["webhook-timestamp"]) + 3), `${times}`);
  });

  test("what would be refused again is given up, told to operators, and tried again when they say so", async () => {
    const edge = await ready();
    scene.receiver.answer = () => 410;
    await assign(scene.used);
    const { count, events: [event] } = await dead(edge);
    assert.equal(count, 1);
    const { event: body, made, given_up: givenUp, ...told } = event;
    assert.deepEqual(told, {
      id: scene.receiver.requests[0].event.id, receiver: "desk", upstream: "draas", attempts: 1,
      why: "It answers 410: it does not exist any more.",
    });
    assert.deepEqual(body, scene.receiver.requests[0].event);
    assert.ok(made <= givenUp);
    await pass(edge);
    assert.equal(scene.receiver.requests.length, 1);

    scene.receiver.answer = () => 204;
    assert.equal((await operator(edge, "POST", "/dead/evt_0/retry")).status, 404);
    const retried = await operator(edge, "POST", `/dead/${event.id}/retry`);
    assert.deepEqual([retried.status, retried.json()], [202, { version: 1, retried: 1 }]);
    assert.equal((await taken(1))[0].id, event.id);
    assert.equal((await operator(edge, "GET", "/dead")).json().count, 0);
  });

  test("after the last attempt it is given up, and all are tried again at once", async () => {
    const edge = await ready({ desk: { attempts: 2 } });
    scene.receiver.answer = () => 500;
    await assign(scene.used);
    const { events: [event] } = await dead(edge);
    assert.deepEqual([event.attempts, event.why], [2, "It answers 500."]);
    scene.receiver.answer = () => 204;
    assert.equal((await operator(edge, "POST", "/dead/retry")).json().retried, 1);
    await taken(1);
  });

  test("what waits survives that the edge is killed, and is delivered once", async () => {
    const edge = await ready();
    scene.receiver.answer = () => undefined;
    await assign(scene.used - 1);
    await until("an attempt", () => scene.receiver.requests.length > 0);
    await kill(edge);
    scene.receiver.answer = () => 204;
    const again = await start();
    const [over] = await taken(1);
    assert.equal(over.type, "license.over");
    await pass(again, 3);
    assert.equal(scene.receiver.requests.filter(({ status }) => status === 204).length, 1, "once");
    assert.equal(new Set(scene.receiver.requests.map(({ event }) => event.id)).size, 1);
    // What changed while nobody looked is told by the first snapshot after.
    await kill(again);
    await assign(scene.used * 2);
    await start();
    assert.equal((await taken(2))[1].type, "license.eased");
  });

  test("whenever the edge is killed, each change is told, in its order, and none anew", async () => {
    let edge = await ready();
    for (let round = 0; round < 8; round += 1) {
      const [type, assigned] = round % 2 ? ["license.eased", scene.used * 2] : ["license.over", scene.used - 1];
      await assign(assigned);
      // Somewhere between reading, writing down, sending, and noting that it arrived.
      await new Promise((resolve) => setTimeout(resolve, 900 + round * 60));
      await kill(edge);
      edge = await start();
      const events = await taken(round + 1);
      assert.deepEqual([events.length, events[round].type], [round + 1, type]);
    }
    await pass(edge);
    assert.equal(scene.receiver.taken().length, 8);
  });

  test("each key signs, so that one can be replaced without a gap", async () => {
    await scene.receiver.stop();
    scene.receiver = await startReceiver({ keys: [KEY, SECOND] });
    const edge = await start({ desk: { keys: [{ secret: "KEY" }, { secret: "SECOND" }] } });
    const reply = await operator(edge, "POST", "/receivers/desk/test");
    assert.equal(reply.status, 202, reply.text);
    const [event] = await taken(1);
    assert.deepEqual([event.id, event.type, event.upstream, event.data], [reply.json().id, "webhook.test", null, {}]);
    assert.equal(scene.receiver.requests[0].headers["webhook-signature"].split(" ").length, 2);
  });

  test("a receiver that does not answer holds up no other", async () => {
    const other = await startReceiver();
    let letGo;
    try {
      const desk = { address: `${scene.receiver.url}/`, keys: [{ secret: "KEY" }], below: [scene.node] };
      const edge = await ready({
        webhooks: { receivers: { desk, other: { ...desk, address: `${other.url}/` } } },
      });
      scene.receiver.answer = () => new Promise((resolve) => { letGo = resolve; });
      await assign(scene.used - 1);
      await until("the other's event", () => other.taken().length === 1);
      assert.equal(scene.receiver.requests.length, 1);
      letGo({ status: 503, headers: { "retry-after": "600" } });
      await pass(edge);
      assert.equal(scene.receiver.requests.length, 1);
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
    scene.receiver.answer = () => 500;
    await assign(scene.used);
    await until("an attempt", () => scene.receiver.requests.length > 0);
    await kill(edge);
    const desk = { address: `${scene.receiver.url}/`, keys: [{ secret: "KEY" }], below: [scene.node] };
    const again = await start({ webhooks: { receivers: { other: desk } } });
    const { events: [event] } = await dead(again);
    assert.deepEqual([event.receiver, event.why], ["desk", "The receiver is not configured any more."]);
    assert.equal((await operator(again, "POST", "/dead/retry")).json().retried, 0);
  });

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
    assert.deepEqual(scene.receiver.requests, []);
  });

  test("no secret is in an event, a log, an answer, a metric or the database", async () => {
    const edge = await ready();
    scene.receiver.answer = (_, number) => (number === 1 ? 500 : 422);
    await assign(scene.used - 1);
    const told = await dead(edge);
    const answers = [JSON.stringify(told), (await operator(edge, "GET", "")).text, (await metrics(edge)).text];
    assert.match(answers[2], /webhook_attempts_total\{receiver="desk",outcome="given-up"\} 1/);
    const bodies = scene.receiver.requests.map(({ body, headers }) => body + JSON.stringify(headers));
    await kill(edge);
    const files = (await readdir(scene.folder.path, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
    assert.ok(files.length > 0);
    const databases = await Promise.all(files.map((file) => readFile(join(file.parentPath ?? file.path, file.name), "latin1")));
    assert.ok(databases.some((text) => text.includes("license.over")), "the event is in there");
    const secrets = ["canary-", scene.known.sign_in.draas.machine_token, KEY.slice(6), Buffer.from(KEY.slice(6), "base64").toString()];
    for (const text of [...answers, ...bodies, edge.printed(), ...databases]) {
      for (const secret of secrets) assert.ok(!text.includes(secret), secret);
    }
  });
});
