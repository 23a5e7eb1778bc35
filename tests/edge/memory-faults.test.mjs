// Snapshots when things go wrong: nothing half is ever seen, and the next one is right.
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { temporaryFolder } from "../support/folder.mjs";
import { platform, startPlatform, startRemembering, teams, uuid } from "../support/memory.mjs";
import { until } from "../support/processes.mjs";
import { send } from "../support/request.mjs";
import { misbehave, startSandbox, truth } from "../support/sandbox.mjs";

const ESTATE = ["--size", "2000"];

describe("an upstream that gives trouble", () => {
  let edge, sandbox, known;

  before(async () => {
    known = truth(ESTATE);
    sandbox = await startSandbox([...ESTATE, "--serve", "draas"]);
    edge = await startRemembering({
      secrets: { PASSWORD: known.sign_in.draas.password, WRONG: "canary-wrong-password" },
      upstreams: {
        draas: { ...settings("PASSWORD"), time_limit: 1, total_limit: 2, memory: { every_seconds: 1 } },
        locked: { ...settings("WRONG"), memory: { every_seconds: 1 } },
        lost: { ...platform("http://127.0.0.1:9", { every_seconds: 1 }) },
      },
    });
  });
  after(async () => {
    await Promise.all([edge?.stop(), sandbox?.stop()]);
  });

  const settings = (secret) => ({
    address: sandbox.draas, draas: { instance: known.draas.instance, root: `group:${known.draas.group.uuid}` },
    credentials: { kind: "draas-login", username: "demo", password: { secret } },
  });

  for (const [what, rule, problem] of [
    ["down", { drop: "before-headers" }, "unreachable"],
    ["too slow to begin", { latency_ms: 5_000 }, "too-slow"],
    ["too slow to end", { bytes_per_second: 20_000 }, "too-slow"],
    ["cut off in the middle", { drop: "mid-body" }, "unreachable"],
    ["cut off early", { truncate_at: 300 }, "unreachable"],
    ["answering with an error", { status: 503 }, "refused"],
    ["sending what ends too early", { malformed: "unclosed" }, "unreadable"],
    ["sending what is no tree", { body: "<html>maintenance</html>" }, "unreadable"],
  ]) {
    test(`that is ${what} makes no snapshot; why is remembered, and the next one is right`, async () => {
      await edge.once("a snapshot", ({ count, failure }) => count && !failure);
      const fault = await misbehave(sandbox.draas, { path_contains: "/licenses", ...rule });
      const { failure, snapshots: before } = await edge.once("the failure", (account) => account.failure?.problem === problem && account.failure.times >= 2);
      assert.match(failure.detail, /\.$/);
      assert.ok(Date.parse(failure.at) >= Date.parse(before.at(-1).at));
      // What was taken before is still told, though the platform is not there.
      const { points } = await edge.history(`group:${known.draas.group.uuid}`);
      assert.equal(points.length, 1);
      await fault.end();
      const { snapshots } = await edge.once("the next one", (account) => account.count > before.length && !account.failure);
      const next = snapshots[before.length];
      assert.deepEqual([next.nodes, next.changes], [known.draas.nodes, 0]);
      assert.deepEqual(snapshots.slice(0, before.length), before);
    });
  }

  test("that refuses the edge's password or is not there says so; the log has the reason", async () => {
    const locked = await edge.once("no sign-in", ({ failure }) => failure, "locked");
    assert.deepEqual([locked.count, locked.failure.problem], [0, "sign-in-failed"]);
    const lost = await edge.once("no connection", ({ failure }) => failure, "lost");
    assert.deepEqual([lost.count, lost.failure.problem], [0, "unreachable"]);
    const reasons = edge.printedLines().filter(({ at, what }) => at === "upstream" && what === "snapshot");
    for (const name of ["locked", "lost", "draas"]) assert.ok(reasons.some(({ upstream, why }) => upstream === name && why), name);
    const metrics = await send(edge.url, { path: "/metrics", headers: { authorization: "Bearer canary-metrics-token" } });
    assert.match(metrics.text, /^seatree_edge_snapshots_total\{upstream="draas",outcome="taken"\} [1-9]/m);
    assert.match(metrics.text, /^seatree_edge_snapshots_total\{upstream="locked",outcome="failed"\} [1-9]/m);
  });
});

describe("an edge that is killed", () => {
  const RESELLERS = 40;
  const TENANTS = 500;
  const NODES = 1 + 1 + RESELLERS * (1 + TENANTS);
  let upstream, folder, use = 1, isHeld = false;
  const held = new Set();

  /** A large group, each of whose nodes is another whenever `use` is. */
  const distributors = () => [{
    name: "Distributor", uuid: uuid(2), ...teams(9, use),
    resellers: Array.from({ length: RESELLERS }, (_, reseller) => ({
      name: `Reseller ${reseller}`, uuid: uuid(1_000 + reseller), ...teams(9, use),
      tenants: Array.from({ length: TENANTS }, (_, tenant) => ({
        name: `Tenant ${tenant}`, uuid: uuid(10_000 + reseller * TENANTS + tenant), ...teams(9, use), subscriptions: [],
      })),
    })),
  }];
  const begin = (every) => startRemembering({ upstreams: { own: platform(upstream.url, { every_seconds: every }) }, memory: folder.path });
  const uses = async (edge, number) => {
    const { points } = await edge.history(`tenant:${uuid(number)}`);
    return points.map(({ licenses }) => licenses.msTeamsUsers.in_use);
  };
  const release = () => {
    isHeld = false;
    for (const answer of held) answer();
    held.clear();
  };
  const last = 10_000 + RESELLERS * TENANTS - 1;

  before(async () => {
    folder = await temporaryFolder();
    upstream = await startPlatform(distributors, (answer) => {
      if (isHeld) held.add(answer);
      else answer();
    });
  });
  after(async () => {
    await upstream?.stop();
    await folder?.remove();
  });

  test("while it writes a snapshot shows nothing of it, and takes the next one right", async () => {
    let edge = await begin(2);
    const { snapshots: [first] } = await edge.once("the first", ({ count }) => count === 1);
    assert.deepEqual([first.nodes, first.changes], [NODES, NODES]);
    use = 2;
    const { snapshots: before } = await edge.once("the middle of the next", ({ taking }) => taking?.written > 2_000);
    await edge.kill();

    // Whatever it tries again waits for the platform.
    isHeld = true;
    edge = await begin(2);
    const { snapshots, failure } = await edge.snapshots();
    assert.deepEqual(snapshots, before);
    assert.deepEqual([failure.problem, failure.times], ["interrupted", 1]);
    // The first and the last that would have been written: both are as they were.
    for (const number of [10_000, last]) assert.deepEqual(await uses(edge, number), [1]);
    use = 3;
    release();
    const { snapshots: all } = await edge.once("the next", ({ count, failure: again }) => count > before.length && !again);
    const next = all[before.length];
    assert.deepEqual([next.nodes, next.changes], [NODES, NODES - 1], "all but the group, which is as it was");
    for (const number of [10_000, last]) assert.deepEqual(await uses(edge, number), [1, 3]);
    assert.match(edge.printed(), /never became whole and was taken back/, "it was in the middle of writing");
    await edge.stop();
  });

  test("while it reads a snapshot has nothing to take back, and is not tried over and over", async () => {
    let edge = await begin(2);
    const { count } = await edge.snapshots();
    isHeld = true;
    use = 4;
    await edge.once("that it waits", ({ taking }) => taking && held.size);
    await edge.kill();
    release();
    edge = await begin(2);
    const { snapshots } = await edge.once("the next", (account) => account.count > count && !account.failure);
    assert.equal(snapshots.at(-1).nodes, NODES);
    assert.deepEqual(await uses(edge, last), [1, 3, 4]);
    assert.doesNotMatch(edge.printed(), /taken back/);
    await edge.stop();
  });
});

describe("secrets", () => {
  test("are in no database, log, metric, error or answer of an edge that remembers", async () => {
    const folder = await temporaryFolder();
    const known = truth(ESTATE);
    const sandbox = await startSandbox([...ESTATE, "--serve", "draas"]);
    const person = { firstName: "canary-first-name", email: "canary@people.example" };
    const own = await startPlatform(() => [
      { name: "Distributor kept", uuid: uuid(2), billingId: "canary-billing", contact: person, resellers: [], ...teams(9, 3) },
    ]);
    const edge = await startRemembering({
      memory: folder.path,
      secrets: { PASSWORD: known.sign_in.draas.password, WRONG: "canary-wrong-password" },
      upstreams: {
        own: platform(own.url, { every_seconds: 1 }),
        draas: {
          address: sandbox.draas, draas: { instance: known.draas.instance, root: `group:${known.draas.group.uuid}` },
          credentials: { kind: "draas-login", username: "demo", password: { secret: "PASSWORD" } }, memory: { every_seconds: 1 },
        },
        locked: {
          address: sandbox.draas, draas: { instance: known.draas.instance, root: `group:${known.draas.group.uuid}` },
          credentials: { kind: "draas-login", username: "canary-user", password: { secret: "WRONG" } }, memory: { every_seconds: 1 },
        },
      },
    });
    const token = edge.token("upstream:own upstream:draas upstream:locked");
    const replies = [];
    const asked = async (path, authorization = `Bearer ${token}`) => {
      const reply = await send(edge.url, { path: `/api/v1/${path}`, headers: { authorization } });
      replies.push(`${path} ${JSON.stringify(reply.headers)} ${reply.text}`);
      return reply;
    };
    const once = (name, is) => until(name, async () => is((await asked(`snapshots?upstream=${name}`)).json()));
    await Promise.all(["own", "draas"].map((name) => once(name, ({ count }) => count >= 2)));
    await once("locked", ({ failure }) => failure);
    const fault = await misbehave(sandbox.draas, { path_contains: "/licenses", status: 500 });
    await once("draas", ({ failure }) => failure);
    await fault.end();
    await asked(`history?upstream=own&node=distributor:${uuid(2)}`);
    await asked("history?upstream=own&node=canary-node");
    await asked("snapshots?upstream=own&from=canary-moment");
    await asked("snapshots?upstream=own", `Bearer ${token}x`);
    const metrics = await send(edge.url, { path: "/metrics", headers: { authorization: "Bearer canary-metrics-token" } });

    const files = (await readdir(folder.path, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const databases = [];
    for (const file of files) databases.push([`${file.name}`, await readFile(join(file.parentPath ?? file.path, file.name), "latin1")]);
    assert.ok(databases.some(([name]) => name.endsWith(".sqlite-wal")), "what is not yet in the database is looked through, too");
    assert.ok(databases.some(([, bytes]) => bytes.includes("Distributor kept")), "names of nodes are kept, so that this test can find something");
    await edge.stop();
    const places = [...databases, ["log", edge.printed()], ["metrics", metrics.text], ...replies.map((reply) => ["answer", reply])];
    const secrets = [
      "canary", known.sign_in.draas.password, known.sign_in.draas.machine_token, token, token.split(".")[2], "refreshToken", "eyJ",
    ];
    // What was asked with a canary is in no answer either, but for the path noted beside it here.
    const found = places.flatMap(([where, text]) => {
      const looked = where === "answer" ? text.slice(text.indexOf(" ")) : text;
      return secrets.filter((secret) => looked.includes(secret)).map((secret) => `${where}: ${secret}`);
    });
    assert.deepEqual(found, []);
    await Promise.all([own.stop(), sandbox.stop()]);
    await folder.remove();
  });
});
