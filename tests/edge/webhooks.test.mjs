// What an edge tells others: which events, once each, damped and muted.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { mint } from "../../crates/edge/deploy/mint-token.mjs";
import { until } from "../support/processes.mjs";
import { send } from "../support/request.mjs";
import { misbehave } from "../support/sandbox.mjs";
import { key, webhookScene } from "../support/webhooks.mjs";

describe("events of webhooks", () => {
  const scene = webhookScene();
  const { start, ready, pass, assign, taken, lines, metrics, whole, claims, kill } = scene;

  test("a threshold that is passed is told once, then what is over, then that it eased", async () => {
    const edge = await ready();
    await pass(edge);
    assert.deepEqual(scene.receiver.requests, [], "what stands at the first snapshot is known");

    await assign(scene.used);
    const [near] = await taken(1);
    const { finding } = near.data;
    assert.deepEqual({ ...near, id: "", timestamp: "", data: { ...near.data, since: "", node: { ...near.data.node, name: "" } } }, {
      version: 1, id: "", type: "license.near", timestamp: "", upstream: "draas",
      data: {
        finding, since: "", node: { id: scene.node, kind: "subscription", name: "" }, license: "msTeamsUsers",
        assigned: scene.used, in_use: scene.used, level: 80, before: null,
      },
    });
    assert.match(near.timestamp, /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.equal(near.data.since, near.timestamp);
    await assign(scene.used + 1);
    await pass(edge);
    assert.equal(scene.receiver.requests.length, 1, "what stays is not told again");

    await assign(scene.used - 1);
    const over = (await taken(2))[1];
    assert.deepEqual([over.type, over.data.level, over.data.before], ["license.over", "over", 80]);
    await assign(scene.used - 2);
    await pass(edge);
    await assign(scene.used * 2);
    const eased = (await taken(3))[2];
    assert.deepEqual([eased.type, eased.data.level, eased.data.before, eased.data.assigned], ["license.eased", null, "over", scene.used * 2]);
    await pass(edge);
    assert.equal(scene.receiver.requests.length, 3);
    assert.ok([over, eased].every(({ data }) => data.finding === finding && data.since === near.data.since));
    assert.equal(scene.receiver.requests[0].url, "/in/?sig=canary-address-token");
  });

  test("figures that do not add up are told, and that they do again", async () => {
    await ready({ desk: { below: [`tenant:${scene.tenant}`], events: ["sums"] } });
    const reply = JSON.parse(await whole());
    const claim = (entity) => {
      if (entity?.uuid === scene.tenant) return entity;
      for (const value of Object.values(entity ?? {})) {
        const found = value && typeof value === "object" && claim(value);
        if (found) return found;
      }
      return null;
    };
    const one = claim(reply);
    assert.ok(one, "the scene.tenant");
    one.msTeamsUsers.assigned += 7;
    const rule = await misbehave(scene.sandbox.draas, { path_contains: "/licenses", method: "GET", body: JSON.stringify(reply) });
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
    const rule = await misbehave(scene.sandbox.draas, { path_contains: "/licenses", method: "GET", body });
    try {
      await taken(expected.length);
      await pass(edge);
    } finally {
      await rule.end();
    }
    const told = scene.receiver.requests.filter(({ event }) => event.type === "license.over").map(({ event }) => event.data.node.id);
    assert.deepEqual(told.sort(), expected.map(({ id: name }) => name).sort());
  });

  test("what falls and rises again is told once, over restarts, too", async () => {
    let edge = await ready({ desk: { eased_after: 600 } });
    await assign(scene.used - 1);
    const [over] = await taken(1);
    assert.equal(over.type, "license.over");
    for (let round = 0; round < 3; round += 1) {
      await assign(scene.used * 2);
      await pass(edge);
      if (round === 1) {
        await kill(edge);
        edge = await start({ desk: { eased_after: 600 } });
        await pass(edge);
      }
      await assign(scene.used - 1);
      await pass(edge);
    }
    assert.equal(scene.receiver.requests.length, 1);
    // Set otherwise, it holds from the next start.
    await kill(edge);
    edge = await start();
    await pass(edge);
    await assign(scene.used * 2);
    assert.equal((await taken(2))[1].type, "license.eased");
  });

  test("that it eased is told once it was not seen for as long as is set", async () => {
    await ready({ desk: { eased_after: 3 } });
    await assign(scene.used - 1);
    const [over] = await taken(1);
    await assign(scene.used * 2);
    const eased = (await taken(2))[1];
    assert.deepEqual([eased.type, eased.data.before, eased.data.level], ["license.eased", "over", null]);
    assert.equal(eased.data.since, over.data.since);
    const between = Date.parse(eased.timestamp) - Date.parse(over.timestamp);
    assert.ok(between >= 3_000, `${between} ms`);
  });

  test("what is muted is not told, and told later if it is still so", async () => {
    const untilMs = Math.ceil(Date.now() / 1000) * 1000 + 6_000;
    const mute = [{ below: [`tenant:${scene.tenant}`], events: ["near", "over"], until: new Date(untilMs).toISOString() }];
    const edge = await ready({ webhooks: { mute } });
    await assign(scene.used - 1);
    await pass(edge);
    assert.deepEqual(scene.receiver.requests, []);
    assert.match((await metrics(edge)).text, /webhook_muted_total\{receiver="desk"\} [1-9]/);
    const [over] = await taken(1);
    assert.equal(over.type, "license.over");
    assert.ok(Date.parse(over.timestamp) >= untilMs, over.timestamp);
  });

  test("an upstream that cannot be read is told once it is down, and when it is up", async () => {
    const edge = await ready({ webhooks: { down_after: 2 } });
    const rule = await misbehave(scene.sandbox.draas, { path_contains: "/licenses", method: "GET", status: 503 });
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
    assert.equal(scene.receiver.requests.length, 2);
  });
});
