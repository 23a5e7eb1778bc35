// Snapshots: taken as planned, kept as changes, told to whom they belong.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startEdge } from "../support/edge.mjs";
import { temporaryFolder } from "../support/folder.mjs";
import { platform, startPlatform, startRemembering, teams, uuid } from "../support/memory.mjs";
import { until } from "../support/processes.mjs";
import { send } from "../support/request.mjs";
import { startSandbox, truth } from "../support/sandbox.mjs";

const ESTATE = ["--size", "3000"];

const refused = (reply, slug, status) => {
  assert.equal(reply.json().type, `urn:seatree:edge:${slug}`, reply.text);
  assert.equal(reply.status, status);
  assert.equal(reply.headers["content-type"], "application/problem+json");
};

describe("the memory of a platform", () => {
  let edge, sandbox, known;

  before(async () => {
    known = truth(ESTATE);
    sandbox = await startSandbox([...ESTATE, "--serve", "draas,cucm"]);
    edge = await startRemembering({
      authority: sandbox.certificate,
      secrets: { PASSWORD: known.sign_in.draas.password },
      upstreams: {
        draas: {
          address: sandbox.draas,
          draas: { instance: known.draas.instance, root: `group:${known.draas.group.uuid}` },
          credentials: { kind: "draas-login", username: "demo", password: { secret: "PASSWORD" } },
          memory: { every_seconds: 1 },
        },
      },
    });
  });
  after(async () => {
    await Promise.all([edge?.stop(), sandbox?.stop()]);
  });

  const subscription = () => {
    const { tenant_uuid: tenant, id } = known.draas.samples.subscription;
    return `subscription:${tenant}:${id}`;
  };
  const change = async (assigned) => {
    const { tenant_uuid: tenant, id } = known.draas.samples.subscription;
    const reply = await send(sandbox.draas, {
      method: "PUT", path: `/api/v01/draas/${known.draas.instance}/tenants/${tenant}/subscriptions/${id}/licenses`,
      headers: { authorization: `Bearer ${known.sign_in.draas.machine_token}`, "content-type": "application/json" },
      body: JSON.stringify({ msTeamsUsers: { assigned } }),
    });
    assert.equal(reply.status, 200, reply.text);
  };
  /** A node and all that it is below, by the estate as it is now. */
  const chain = async (id) => {
    const nodes = new Map((await edge.ask("estate")).json().nodes.map((node) => [node.id, node]));
    const above = [];
    for (let node = nodes.get(id); node; node = nodes.get(node.parent)) above.push(node.id);
    return above;
  };

  test("the first snapshot has every node, those that follow only what is different", async () => {
    const { snapshots, every_seconds: every, failure, next } = await edge.once("three snapshots", ({ count }) => count >= 3);
    assert.equal(snapshots[0].nodes, known.draas.nodes);
    assert.equal(snapshots[0].changes, known.draas.nodes);
    assert.deepEqual(snapshots.slice(1).map(({ changes }) => changes), snapshots.slice(1).map(() => 0));
    const moments = snapshots.map(({ at }) => Date.parse(at));
    assert.ok(moments.every((at, index) => index === 0 || at > moments[index - 1]), moments.join());
    assert.equal(every, 1);
    assert.equal(failure, null);
    assert.ok(Date.parse(next) > moments[0]);
  });

  test("a changed limit costs one row for each node whose figures it changes", async () => {
    const node = subscription();
    const above = await chain(node);
    const first = (await edge.history(node)).points.at(-1).licenses.msTeamsUsers;
    const { bytes } = await edge.snapshots();
    await change(first.assigned + 7);
    const { snapshots, bytes: after } = await edge.once("the change", ({ snapshots: all }) => all.slice(1).some(({ changes }) => changes));
    const changes = snapshots.slice(1).filter((one) => one.changes).map((one) => one.changes);
    assert.deepEqual(changes, [above.length]);
    assert.ok(after - bytes < bytes / 10, `${bytes} bytes became ${after}`);

    for (const id of above) {
      const { points, last } = await edge.history(id);
      assert.equal(points.length, 2, id);
      const [was, is] = points.map((point) => point.licenses.msTeamsUsers);
      assert.equal(is.assigned - was.assigned, 7, id);
      assert.equal(is.in_use, was.in_use);
      assert.equal(is.available, is.assigned - is.in_use);
      assert.ok(points[0].at < points[1].at && points[1].at <= last);
    }
    const { points } = await edge.history(node);
    assert.deepEqual(points[0].licenses.msTeamsUsers, first);
    // What is next to it has stayed as it was.
    const other = `reseller:${known.draas.samples.reseller.uuid}`;
    if (!above.includes(other)) assert.equal((await edge.history(other)).points.length, 1);
  });

  test("a history agrees with the node as it is now, and says nothing of figures that nobody counts", async () => {
    const node = `tenant:${known.draas.samples.tenant.uuid}`;
    const now = (await edge.ask(`node/${node}`)).json();
    const { points, node: told } = await edge.history(node);
    assert.equal(told, node);
    assert.deepEqual(points.at(-1).licenses.msTeamsUsers, now.licenses.msTeamsUsers);
    assert.deepEqual(Object.keys(points.at(-1).licenses.msTeamsUsers), Object.keys(now.licenses.msTeamsUsers));
    assert.equal(points.at(-1).name, now.name);
    assert.deepEqual(points.at(-1).findings, now.findings);
    assert.ok(points.every(({ licenses }) => !licenses.sipTrunkChannels || Object.keys(licenses.sipTrunkChannels).join() === "assigned"));
  });

  test("a span of time is told from its first snapshot to its last", async () => {
    const { snapshots } = await edge.once("four snapshots", ({ count }) => count >= 4);
    const [, second, third] = snapshots;
    const span = `from=${second.at}&to=${third.at}`;
    assert.deepEqual((await edge.ask(`snapshots?${span}`)).json().snapshots, [second, third]);
    const node = `group:${known.draas.group.uuid}`;
    const { first, last, points } = (await edge.ask(`history?node=${node}&${span}`)).json();
    assert.deepEqual([first, last, points[0].at], [second.at, third.at, second.at]);
    const nothing = (await edge.ask(`history?node=${node}&to=2020-01-01`)).json();
    assert.deepEqual([nothing.first, nothing.last, nothing.count], [null, null, 0]);
  });

  test("a token opens the past of its own part, and no other's", async () => {
    const { reseller, tenant } = known.draas.samples;
    const scope = `reseller:${reseller.uuid}`;
    const own = (await edge.ask("estate", scope)).json().nodes;
    const inside = own.find(({ kind }) => kind === "subscription");
    assert.equal((await edge.history(inside.id, scope)).points.at(-1).name, inside.name);
    assert.equal((await edge.history(scope, scope)).count, 1);

    const outside = await edge.ask(`history?node=group:${known.draas.group.uuid}`, scope);
    refused(outside, "scope-refused", 403);
    const others = own.some(({ id }) => id === `tenant:${tenant.uuid}`) ? [] : [`tenant:${tenant.uuid}`];
    for (const node of [...others, `tenant:${uuid(9)}`, `subscription:${tenant.uuid}:999999`, `distributor:${reseller.uuid}`, `tenant:${reseller.uuid}`]) {
      assert.equal((await edge.ask(`history?node=${node}`, scope)).text, outside.text, node);
    }
    for (const nobody of ["", `reseller:${uuid(9)}`, "upstream:other", `tenant:${reseller.uuid}`]) {
      refused(await edge.ask("snapshots", nobody), "scope-refused", 403);
      refused(await edge.ask(`history?node=${scope}`, nobody), "scope-refused", 403);
    }
    // How many nodes there are elsewhere is not told.
    const account = (await edge.ask("snapshots", scope)).json();
    assert.deepEqual(Object.keys(account.snapshots[0]), ["at"]);
    assert.equal(account.bytes, undefined);
  });

  test("it needs a token that may read, and a question that it understands", async () => {
    refused(await send(edge.url, { path: "/api/v1/snapshots" }), "token-refused", 401);
    const changing = { authorization: `Bearer ${edge.token("upstream:draas", { permissions: ["limits:write"] })}` };
    refused(await send(edge.url, { path: "/api/v1/snapshots", headers: changing }), "permission-refused", 403);
    for (const path of ["history", "history?node=group", "snapshots?from=yesterday", "snapshots?at=2026-01-01", "snapshots?from=2026-01-02&to=2026-01-01"]) {
      refused(await edge.ask(path), "query-refused", 400);
    }
    refused(await send(edge.url, { method: "PUT", path: "/api/v1/history", headers: changing }), "method-refused", 405);
  });
});

describe("what a node was", () => {
  let edge, upstream, distributors;
  const tenant = (number, inUse) => ({ name: `Tenant ${number}`, uuid: uuid(number), ...teams(9, inUse), subscriptions: [] });
  const reseller = (number, ...tenants) => ({ name: `Reseller ${number}`, uuid: uuid(number), tenants });
  /** What the group has from now on; then the snapshot that sees it. */
  const becomes = async (...resellers) => {
    distributors = [{ name: "Distributor", uuid: uuid(2), resellers }];
    const { count } = await edge.snapshots();
    // One may have been under way already.
    return edge.once("two more snapshots", (account) => account.count >= count + 2);
  };

  before(async () => {
    distributors = [{ name: "Distributor", uuid: uuid(2), resellers: [reseller(3, tenant(5, 1)), reseller(4)] }];
    upstream = await startPlatform(() => distributors);
    edge = await startRemembering({ upstreams: { own: platform(upstream.url, { every_seconds: 1 }) } });
    await edge.once("a snapshot", ({ count }) => count >= 1);
  });
  after(async () => {
    await Promise.all([edge?.stop(), upstream?.stop()]);
  });

  test("is told to whom it belongs, for as long as it did, also once it went", async () => {
    const [node, former, owner] = [`tenant:${uuid(5)}`, `reseller:${uuid(3)}`, `reseller:${uuid(4)}`];
    await becomes(reseller(3), reseller(4, tenant(5, 2)));
    refused(await edge.ask(`history?node=${node}`, former), "scope-refused", 403);
    const { points } = await edge.history(node, owner);
    assert.deepEqual(points.map(({ present }) => present), [false, true], "not what it was with the former one");
    assert.ok(!JSON.stringify(points).includes(uuid(3)));

    await becomes(reseller(3), reseller(4));
    const gone = await edge.history(node, owner);
    assert.deepEqual(gone.points.map(({ present }) => present), [false, true, false]);
    refused(await edge.ask(`history?node=${node}`, former), "scope-refused", 403);

    await becomes(reseller(3), reseller(4, tenant(5, 3)));
    const whole = await edge.history(node);
    const use = whole.points.map(({ licenses }) => licenses?.msTeamsUsers.in_use ?? null);
    assert.deepEqual(use, [1, 2, null, 3]);
  });

  test("is not told where an id stands twice: nobody could say of which", async () => {
    const node = `tenant:${uuid(6)}`;
    await becomes(reseller(3, tenant(6, 1)), reseller(4, tenant(6, 2)));
    refused(await edge.ask(`history?node=${node}`), "scope-refused", 403);
    const line = edge.printedLines().findLast(({ at }) => at === "snapshot");
    assert.equal(line.left_out, 2);
  });
});

describe("an edge", () => {
  let upstream, folder;
  const distributors = (use) => [{ name: "Distributor", uuid: uuid(2), resellers: [], ...teams(9, use) }];
  let use = 1;
  const node = `distributor:${uuid(2)}`;
  const begin = (memory, rest = {}) => startRemembering({
    upstreams: { own: platform(upstream.url, memory) }, memory: folder.path, ...rest,
  });

  before(async () => {
    folder = await temporaryFolder();
    upstream = await startPlatform(() => distributors(use));
  });
  after(async () => {
    await upstream?.stop();
    await folder?.remove();
  });

  test("keeps its snapshots when it is started anew, and takes what it missed once, unasked", async () => {
    let edge = await begin({ every_seconds: 1 });
    const { snapshots: before } = await edge.once("two snapshots", ({ count }) => count >= 2);
    await edge.stop();
    const stopped = Date.now();
    use = 2;
    // Several are missed.
    while (Date.now() < stopped + 3_000) await new Promise((resolve) => setTimeout(resolve, 50));

    edge = await begin({ every_seconds: 3_600 }, { isAsked: false });
    await edge.printsSnapshot();
    const { snapshots, next: planned } = await edge.snapshots();
    assert.deepEqual(snapshots.slice(0, before.length), before);
    const caughtUp = snapshots.filter(({ at }) => Date.parse(at) > stopped);
    assert.equal(caughtUp.length, 1, JSON.stringify(snapshots));
    assert.ok(Date.parse(planned) >= Date.now() + 1_700_000, `the next is at ${planned}`);
    const { points } = await edge.history(node);
    assert.deepEqual(points.map(({ licenses }) => licenses.msTeamsUsers.in_use), [1, 2]);
    assert.equal(points[0].at, before[0].at);
    await edge.stop();
  });

  test("forgets what is older than it is to keep, and nothing else", async () => {
    const edge = await begin({ every_seconds: 1, keep_seconds: 2 });
    const first = (await edge.snapshots()).snapshots[0].at;
    const { snapshots } = await edge.once("that it is forgotten", ({ snapshots: all }) => all.every(({ at }) => at > first) && all.length > 1);
    const span = Date.parse(snapshots.at(-1).at) - Date.parse(snapshots[0].at);
    assert.ok(span <= 3_000, `${span} ms are kept`);
    const { points } = await edge.history(node);
    assert.equal(points.length, 1);
    assert.equal(points[0].licenses.msTeamsUsers.in_use, 2);
    assert.ok(points[0].at > first);
    await edge.stop();
  });

  /** Until its log says this of a field. */
  const saying = (edge, field, problem) => until(`${field} in the log`, () => {
    const lines = edge.printed().split("\n").filter((line) => line.startsWith('{"at":"settings"'));
    return lines.map((line) => JSON.parse(line)).some((line) => line.field === field && line.problem.includes(problem));
  });

  test("that is not to remember says so, and one that cannot says what is missing", async () => {
    const edge = await begin(undefined);
    for (const path of ["snapshots", `history?node=${node}`]) refused(await edge.ask(path), "memory-off", 404);
    assert.equal((await edge.ask("estate")).status, 200);
    await edge.stop();

    const without = await begin({}, { setUp: (text) => text.replace(/^.*SEATREE_MEMORY.*$/m, "") });
    const reply = await send(without.url, { path: "/ready" });
    refused(reply, "misconfigured", 500);
    assert.match(reply.json().detail, /"upstreams\.\*\.memory" is wrong/);
    await saying(without, "upstreams.own.memory", "the binding SEATREE_MEMORY is missing");
    await without.stop();

    for (const [memory, field, told = field] of [[{ every_seconds: 0 }, "every_seconds"], [{ keep: 1 }, "keep", "*"], [{ every_seconds: 1, keep_seconds: 20_000 }, "keep_seconds"]]) {
      const wrong = await begin(memory);
      const { detail } = (await send(wrong.url, { path: "/ready" })).json();
      assert.ok(detail.includes(`"upstreams.*.memory.${told}" is wrong`), detail);
      await saying(wrong, `upstreams.own.memory.${field}`, "");
      await wrong.stop();
    }
    const passing = await startEdge({ configuration: { upstreams: { own: { address: upstream.url, memory: {} } } } });
    assert.match((await send(passing.url, { path: "/ready" })).json().detail, /"upstreams\.\*\.memory" is wrong/);
    await saying(passing, "upstreams.own.memory", "needs \"draas\" and \"credentials\"");
    await passing.stop();
  });
});
