// The API: the estate that a token opens, for programs.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { open, send } from "../support/request.mjs";
import { startSandbox, truth } from "../support/sandbox.mjs";
import { startForVisitors } from "../support/visitors.mjs";

const PAGE = "http://127.0.0.1:8700";
const ESTATE = ["--size", "3000", "--contradictions", "on"];
const NODE = ["id", "parent", "level", "kind", "name", "licenses", "findings"];

describe("the API", () => {
  let edge, sandbox, known;

  before(async () => {
    known = truth(ESTATE);
    sandbox = await startSandbox([...ESTATE, "--serve", "draas,cucm"]);
    edge = await startForVisitors({
      page: PAGE, known, sandbox,
      upstream: {
        methods: [], paths: [], rate: { requests: 500, seconds: 1 },
        credentials: { kind: "draas-login", username: "demo", password: { secret: "PASSWORD" } },
      },
      secrets: { PASSWORD: known.sign_in.draas.password },
    });
  });
  after(async () => {
    await Promise.all([edge?.stop(), sandbox?.stop()]);
  });

  const reseller = () => `reseller:${known.draas.samples.reseller.uuid}`;
  const bearer = (change = {}) => edge.bearer({ scope: reseller(), ...change });
  const ask = (path, { token = bearer(), headers = {}, ...rest } = {}) =>
    send(edge.url, { path: `/api/v1/${path}`, headers: { ...(token && { authorization: token }), ...headers }, ...rest });
  const refused = (reply, slug, status) => {
    assert.equal(reply.json().type, `urn:seatree:edge:${slug}`, reply.text);
    assert.equal(reply.status, status);
    assert.equal(reply.headers["content-type"], "application/problem+json");
  };
  const whole = ({ query, ...rest } = {}) => ask(query ? `estate?scope=${query}` : "estate", { token: bearer({ scope: "upstream:draas" }), ...rest });

  test("the whole estate has every node with its totals, and unknown figures as null", async () => {
    const reply = await whole();
    assert.equal(reply.status, 200, reply.text);
    const { version, nodes, count } = reply.json();
    assert.equal(version, 1);
    assert.equal(count, known.draas.nodes);
    assert.equal(nodes.length, count);
    assert.deepEqual(Object.keys(nodes[0]), NODE);
    assert.equal(nodes[0].id, `group:${known.draas.group.uuid}`);
    assert.equal(nodes[0].parent, null);
    // A reseller claims more than it has: what the subscriptions have together is the truth.
    const sum = (figure) => nodes.filter(({ kind }) => kind === "subscription")
      .reduce((all, { licenses }) => all + (licenses.msTeamsUsers[figure] ?? 0), 0);
    assert.equal(sum("assigned"), known.draas.teams.assigned);
    assert.equal(sum("in_use"), known.draas.teams.in_use);
    assert.equal(nodes[0].licenses.sipTrunkChannels.in_use, undefined, "channels in use nobody counts");
    const ids = new Map(nodes.map((node) => [node.id, node]));
    assert.ok(nodes.slice(1).every(({ parent, level }) => ids.get(parent).level === level - 1));
  });

  test("a reseller's token reads its own part, which is complete, and nothing of what is above", async () => {
    const all = (await whole()).json().nodes;
    const from = all.findIndex(({ id }) => id === reseller());
    const expected = [all[from]];
    for (const node of all.slice(from + 1)) {
      if (node.level <= all[from].level) break;
      expected.push(node);
    }
    const reply = await ask("estate");
    const { nodes } = reply.json();
    assert.deepEqual(nodes.map(({ id }) => id), expected.map(({ id }) => id));
    assert.deepEqual(nodes.map(({ licenses }) => licenses), expected.map(({ licenses }) => licenses));
    assert.equal(nodes[0].parent, null);
    assert.equal(nodes[0].level, 0);
    assert.ok(!reply.text.includes(known.draas.group.name) && !reply.text.includes(known.draas.group.uuid));
  });

  test("lines hold the same nodes, and say when they are all", async () => {
    const { nodes } = (await whole()).json();
    const reply = await whole({ headers: { accept: "application/x-ndjson" } });
    assert.equal(reply.headers["content-type"], "application/x-ndjson");
    const lines = reply.text.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.deepEqual(lines.pop(), { end: true, count: nodes.length });
    assert.deepEqual(lines, nodes);
  });

  test("it is sent while it is written", async () => {
    const reply = await open(edge.url, { path: "/api/v1/estate", headers: { authorization: bearer({ scope: "upstream:draas" }) } });
    assert.equal(reply.headers["content-length"], undefined);
    let pieces = 0;
    for await (const _ of reply) pieces += 1;
    assert.ok(pieces > 3, `${pieces} pieces`);
  });

  test("who has it already is told so, as long as nothing has changed", async () => {
    const first = await ask("estate");
    assert.match(first.headers.etag, /^"[0-9a-f]{40}"$/);
    const again = await ask("estate", { headers: { "if-none-match": first.headers.etag } });
    assert.equal(again.status, 304);
    assert.equal(again.text, "");
    const lines = await ask("estate", { headers: { "if-none-match": first.headers.etag, accept: "application/x-ndjson" } });
    assert.equal(lines.status, 200);
    const other = await ask("estate", { token: bearer({ scope: `tenant:${known.draas.samples.tenant.uuid}` }), headers: { "if-none-match": first.headers.etag } });
    assert.equal(other.status, 200);
  });

  test("a part of it is told as if it were all, and no part beside it", async () => {
    const tenant = `tenant:${known.draas.samples.tenant.uuid}`;
    const own = (await ask("estate", { token: bearer({ scope: tenant }) })).json();
    const part = await whole({ query: tenant });
    assert.equal(part.status, 200, part.text);
    assert.deepEqual(part.json(), own);
    refused(await ask(`estate?scope=group:${known.draas.group.uuid}`), "scope-refused", 403);
    const findings = (await ask(`findings?scope=${tenant}`, { token: bearer({ scope: "upstream:draas" }) })).json();
    const inside = new Set(own.nodes.map(({ id }) => id));
    assert.ok(findings.findings.every(({ node }) => inside.has(node)));
  });

  test("a token is told what it permits, and one that has ended, why it is refused", async () => {
    const token = (await ask("token")).json();
    assert.deepEqual([token.upstream, token.scope, token.permissions], ["draas", reseller(), ["read"]]);
    const now = Math.floor(Date.now() / 1000);
    assert.ok(token.expires > now && token.expires <= now + 600);
    const ended = await ask("token", { token: bearer({ exp: now - 5 }) });
    refused(ended, "token-refused", 401);
    assert.equal(ended.json().reason, "ended");
    assert.equal((await ask("estate", { token: bearer({ aud: "other" }) })).json().reason, "audience");
  });

  test("one node is told with the names of those below it", async () => {
    const { nodes } = (await ask("estate")).json();
    const below = nodes.filter(({ parent }) => parent === reseller()).map(({ id }) => id);
    const node = (await ask(`node/${reseller()}`)).json();
    assert.deepEqual(node.children, below);
    assert.deepEqual(Object.keys(node), [...NODE, "children"]);
    const subscription = nodes.find(({ kind }) => kind === "subscription");
    assert.equal((await ask(`node/${subscription.id}`)).json().name, subscription.name);
  });

  test("a node outside and a node that is nowhere are refused alike", async () => {
    const outside = await ask(`node/group:${known.draas.group.uuid}`);
    refused(outside, "scope-refused", 403);
    assert.equal((await ask("node/group:11111111-1111-4111-8111-111111111111")).text, outside.text);
    refused(await ask("estate", { token: bearer({ scope: "reseller:11111111-1111-4111-8111-111111111111" }) }), "scope-refused", 403);
    refused(await ask("estate", { token: bearer({ scope: "" }) }), "scope-refused", 403);
  });

  test("findings name what is over its limit and what does not add up", async () => {
    const { findings, count } = (await ask("findings", { token: bearer({ scope: "upstream:draas" }) })).json();
    assert.equal(findings.length, count);
    const kinds = findings.flatMap(({ findings: all }) => all.map(({ finding }) => finding));
    assert.ok(kinds.includes("over"));
    const sums = findings.flatMap((one) => one.findings.filter(({ finding }) => finding === "sums"));
    assert.ok(sums.length > 0 && sums.every(({ expected, found, rule }) => expected !== found && rule), JSON.stringify(sums[0]));
    const own = (await ask("findings")).json().findings;
    const inside = new Set((await ask("estate")).json().nodes.map(({ id }) => id));
    assert.ok(own.every(({ node }) => inside.has(node)));
  });

  describe("limits", () => {
    const node = () => {
      const { tenant_uuid: tenant, id } = known.draas.samples.subscription;
      return { name: `subscription:${tenant}:${id}`, scope: `tenant:${tenant}` };
    };
    const put = (body, change = {}) => ask("limits", {
      method: "PUT", body: typeof body === "string" ? body : JSON.stringify(body),
      token: bearer({ scope: node().scope, permissions: ["read", "limits:write"], ...change }),
      headers: { "content-type": "application/json" },
    });
    const limits = (value, rest = {}) => ({ node: node().name, limits: value, ...rest });

    test("are changed, told back, and seen at once", async () => {
      const before = (await ask(`node/${node().name}`, { token: bearer({ scope: node().scope }) })).json();
      const tag = (await ask("estate")).headers.etag;
      const reply = await put(limits({ msTeamsUsers: 7654 }));
      assert.equal(reply.status, 200, reply.text);
      assert.equal(reply.json().licenses.msTeamsUsers.assigned, 7654);
      assert.equal(reply.json().licenses.sipTrunkChannels?.assigned, before.licenses.sipTrunkChannels?.assigned);
      const after = (await ask(`node/${node().name}`, { token: bearer({ scope: node().scope }) })).json();
      assert.equal(after.licenses.msTeamsUsers.assigned, 7654);
      assert.notEqual((await ask("estate")).headers.etag, tag);
    });

    test("are told as the platform has them now, not as they were read last", async () => {
      const licenses = (rest = {}) => ask(`limits/${node().name}`, { token: bearer({ scope: node().scope, ...rest }) });
      const { tenant_uuid: tenant, id } = known.draas.samples.subscription;
      await put(limits({ msTeamsUsers: 1234 }));
      const kept = (await ask(`node/${node().name}`, { token: bearer({ scope: node().scope }) })).json();
      // Somebody else changes it at the platform itself.
      const direct = await fetch(`${sandbox.draas}/api/v01/draas/${known.draas.instance}/tenants/${tenant}/subscriptions/${id}/licenses`, {
        method: "PUT", body: JSON.stringify({ msTeamsUsers: { assigned: 1235 } }),
        headers: { "content-type": "application/json", authorization: `Bearer ${known.sign_in.draas.machine_token}` },
      });
      assert.equal(direct.status, 200);
      const now = await licenses();
      assert.equal(now.status, 200, now.text);
      assert.equal(now.json().node, node().name);
      assert.equal(now.json().licenses.msTeamsUsers.assigned, 1235);
      assert.equal(now.json().licenses.msTeamsUsers.in_use, kept.licenses.msTeamsUsers.in_use);
      assert.equal((await ask(`node/${node().name}`, { token: bearer({ scope: node().scope }) })).json().licenses.msTeamsUsers.assigned, 1234);
      refused(await licenses({ scope: "tenant:11111111-1111-4111-8111-111111111111" }), "scope-refused", 403);
      refused(await licenses({ permissions: ["limits:write"] }), "permission-refused", 403);
      refused(await ask(`limits/${node().scope}`), "not-found", 404);
    });

    test("below what is in use want that said", async () => {
      await put(limits({ msTeamsUsers: 1000 }));
      const used = (await ask(`node/${node().name}`, { token: bearer({ scope: node().scope }) })).json().licenses.msTeamsUsers.in_use;
      assert.ok(used > 0, "a subscription in use");
      const reply = await put(limits({ msTeamsUsers: used - 1 }));
      refused(reply, "below-use", 409);
      assert.match(reply.json().detail, new RegExp(`${used} are in use`));
      assert.equal((await put(limits({ msTeamsUsers: used }))).status, 200);
    });

    test("are of licenses that the platform counts, and none stands twice", async () => {
      for (const key of ["owner", "billingId", "MSTEAMSUSERS", "livePlatformUsers", ""]) {
        const reply = await put(limits({ sipTrunkChannels: 1, [key]: 1 }));
        refused(reply, "limits-refused", 422);
        assert.match(reply.json().detail, /counts no license/);
      }
      for (const twice of ['"msTeamsUsers":1,"msTeamsUsers":2', '"msTeamsUsers":1,"MSTeamsUsers":2', '"msTeamsUsers":1,"msTe\\u0061msUsers":2']) {
        refused(await put(JSON.stringify(limits({ x: 1 })).replace('"x":1', twice)), "limits-refused", 422);
      }
      refused(await put(JSON.stringify(limits({ msTeamsUsers: 1 })).replace(/}$/, ',"below_use":true,"below_use":false}')), "limits-refused", 422);
    });

    test("need the permission, the scope and the described form", async () => {
      refused(await put(limits({ msTeamsUsers: 1 }), { permissions: ["read"] }), "permission-refused", 403);
      refused(await put(limits({ msTeamsUsers: 1 }), { scope: "tenant:11111111-1111-4111-8111-111111111111" }), "scope-refused", 403);
      refused(await put({ node: node().scope, limits: { msTeamsUsers: 1 } }), "limits-refused", 422);
      for (const body of ["", "{}", "[]", limits({}), limits({ msTeamsUsers: -1 }), limits({ msTeamsUsers: "1" }), limits({ msTeamsUsers: 1 }, { force: true })]) {
        refused(await put(body), "limits-refused", 422);
      }
      refused(await put(limits({ x: 1 }, { filler: "x".repeat(70_000) })), "body-too-large", 413);
    });

    test("that the platform refuses are told by its status, not in its words, which may repeat secrets", async () => {
      const at = `${sandbox.draas}/_sandbox/faults`;
      await fetch(at, { method: "POST", body: JSON.stringify({ method: "PUT", times: 1, status: 400, body: '{"error":{"reason":"the reseller has no more"}}' }) });
      const reply = await put(limits({ msTeamsUsers: 4000 }));
      refused(reply, "upstream-refused", 502);
      assert.match(reply.json().detail, /rejected, status 400/);
      assert.match(reply.json().detail, /Check the limits/);
      assert.ok(!`${reply.text}${edge.printed()}`.includes("no more"));
    });
  });

  test("its description is valid JSON, open to all, and names what there is", async () => {
    const reply = await ask("openapi.json", { token: null });
    assert.equal(reply.status, 200);
    assert.match(reply.json().openapi, /^3\.1/);
    assert.deepEqual(Object.keys(reply.json().paths), [
      "/estate", "/node/{id}", "/findings", "/limits", "/limits/{id}", "/token", "/snapshots", "/history", "/openapi.json",
    ]);
    const schema = reply.json().components.schemas.Node;
    assert.deepEqual(Object.keys(schema.properties), NODE);
  });

  test("a page of a listed origin may use it, and no other", async () => {
    const listed = await ask("estate", { headers: { origin: PAGE } });
    assert.equal(listed.headers["access-control-allow-origin"], PAGE);
    assert.match(listed.headers["access-control-expose-headers"], /ETag/);
    const preflight = await send(edge.url, {
      method: "OPTIONS", path: "/api/v1/limits",
      headers: { origin: PAGE, "access-control-request-method": "PUT", "access-control-request-headers": "authorization,content-type" },
    });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers["access-control-allow-methods"], /PUT/);
    const other = await ask("estate", { headers: { origin: "https://evil.example" } });
    refused(other, "origin-refused", 403);
    assert.equal(other.headers["access-control-allow-origin"], undefined);
  });

  test("without a token, and at other paths and methods, there is nothing", async () => {
    for (const path of ["estate", "findings", `node/${reseller()}`]) refused(await ask(path, { token: null }), "token-refused", 401);
    for (const path of ["", "estate/", "Estate", "estate%2f", "node/", "node/x", "../api/v1/estate", "snapshots/"]) {
      refused(await ask(path), "not-found", 404);
    }
    for (const method of ["POST", "PUT", "DELETE", "HEAD", "PATCH"]) assert.equal((await ask("estate", { method })).status, 405, method);
    for (const query of ["upstream=other", "upstream=%64raas"]) refused(await ask(`estate?${query}`), "unknown-upstream", 404);
    for (const query of ["upstream=draas&upstream=draas", "x=y"]) refused(await ask(`estate?${query}`), "query-refused", 400);
    assert.equal((await ask("estate?upstream=draas")).status, 200);
  });

  test("a platform that is down, slow or cut off is told, and nothing half is ever shown", async () => {
    const at = `${sandbox.draas}/_sandbox/faults`;
    const fresh = async (fault) => {
      await fetch(at, { method: "POST", body: JSON.stringify({ path_contains: "/licenses", method: "GET", ...fault }) });
      const other = await startForVisitors({
        page: PAGE, known, sandbox, upstream: { credentials: { kind: "token", token: { secret: "TOKEN" } } },
        secrets: { TOKEN: known.sign_in.draas.machine_token },
      });
      try {
        return await send(other.url, { path: "/api/v1/estate", headers: { authorization: other.bearer({ scope: reseller() }) } });
      } finally {
        await Promise.all([other.stop(), fetch(at, { method: "DELETE" })]);
      }
    };
    refused(await fresh({ status: 503 }), "scope-unknown", 502);
    refused(await fresh({ truncate_at: 20_000 }), "scope-unknown", 502);
    refused(await fresh({ drop: "before-headers" }), "scope-unknown", 502);
    refused(await fresh({ body: '{"error":"no"}' }), "scope-unknown", 502);
    assert.equal((await fresh({ latency_ms: 500 })).status, 200);
  });
});
