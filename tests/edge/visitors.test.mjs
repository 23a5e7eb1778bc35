// Visitors of a portal: what their tokens open, and that nothing else does.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { mint, newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startEdge } from "../support/edge.mjs";
import { send } from "../support/request.mjs";
import { startSandbox, truth } from "../support/sandbox.mjs";
import { startUpstream } from "../support/upstream.mjs";

const PAGE = "http://127.0.0.1:8700";
const ESTATE = ["--size", "400"];
const ISSUER = "https://portal.example";
const SIGNING = "canary-signing-secret-of-32-bytes-and-more";

const now = () => Math.floor(Date.now() / 1000);

describe("visitors", () => {
  let edge, sandbox, spy, known, tree;
  /** What reached the platform, and under whose name. */
  let arrived = [];
  const key = newKey("2026-11");
  const next = newKey("2026-12");
  const shared = { kid: "shared", alg: "HS256", secret: SIGNING };

  before(async () => {
    known = truth(ESTATE);
    sandbox = await startSandbox([...ESTATE, "--serve", "draas,cucm"]);
    // Between edge and sandbox, to see what gets there.
    spy = await startUpstream(async (request, response) => {
      const one = { method: request.method, url: request.url, authorization: request.headers.authorization };
      arrived.push(one);
      const body = [];
      for await (const piece of request) body.push(piece);
      one.body = Buffer.concat(body).toString();
      one.type = request.headers["content-type"];
      const reply = await fetch(`${sandbox.draas}${request.url}`, {
        method: request.method,
        headers: {
          "content-type": request.headers["content-type"] ?? "",
          ...(request.headers.authorization && { authorization: request.headers.authorization }),
        },
        ...(body.length > 0 && { body: Buffer.concat(body) }),
      });
      response.writeHead(reply.status, { "content-type": reply.headers.get("content-type") ?? "text/plain" });
      response.end(Buffer.from(await reply.arrayBuffer()));
    });
    const draas = { instance: known.draas.instance, root: `group:${known.draas.group.uuid}`, tree_seconds: 1 };
    edge = await startEdge({
      configuration: {
        origins: [PAGE],
        visitors: {
          issuer: ISSUER,
          audience: "seatree-edge",
          keys: [publicPart(key), publicPart(next), { kid: "shared", alg: "HS256", secret: { secret: "SIGNING" } }],
        },
        upstreams: {
          draas: {
            address: spy.url, methods: ["GET", "PUT", "POST", "DELETE"], paths: ["/api/v01/"], draas,
            credentials: { kind: "draas-login", username: known.sign_in.draas.username, password: { secret: "PASSWORD" } },
          },
        },
      },
      authority: sandbox.certificate,
      secrets: { PASSWORD: known.sign_in.draas.password, SIGNING },
    });
    const machine = { authorization: `Bearer ${known.sign_in.draas.machine_token}` };
    const path = `/api/v01/draas/draas_v1/groups/${known.draas.group.uuid}/licenses?detailed=true`;
    tree = (await send(sandbox.draas, { path, headers: machine })).json();
  });
  after(async () => {
    await Promise.all([edge?.stop(), spy?.stop(), sandbox?.stop()]);
  });

  const claims = (change = {}) => ({
    iss: ISSUER, aud: "seatree-edge", sub: "canary-subject", iat: now(), exp: now() + 600,
    scope: `reseller:${known.draas.samples.reseller.uuid}`, permissions: ["read"], ...change,
  });
  const ask = (path, { token = mint(key, claims()), method = "GET", ...rest } = {}) => {
    arrived = [];
    return send(edge.url, {
      method, path: `/to/draas${path}`,
      headers: { origin: PAGE, ...(token && { authorization: `Bearer ${token}` }) }, ...rest,
    });
  };
  const api = (path) => `/api/v01/draas/draas_v1/${path}`;
  const own = () => api(`resellers/${known.draas.samples.reseller.uuid}/licenses?detailed=true`);

  /** Refused, and nothing of the request went on. */
  const refused = (reply, slug, status, path) => {
    assert.equal(reply.headers["content-type"], "application/problem+json", reply.text);
    assert.equal(reply.json().type, `urn:seatree:edge:${slug}`, reply.text);
    assert.equal(reply.status, status);
    assert.equal(reply.headers["access-control-allow-origin"], PAGE);
    if (path) assert.ok(!arrived.some(({ url }) => url === path), "nothing may reach the platform");
  };

  /** All entities of the licensed tree, with the ids of those above them. */
  const entities = function* (node = tree.group, level = "groups", above = [], own = known.draas.group.uuid) {
    const path = [...above, own];
    yield { level, uuid: own, path };
    for (const below of ["distributors", "resellers", "tenants"]) {
      for (const child of node[below] ?? []) yield* entities(child, below, path, child.uuid);
    }
  };

  describe("scopes", () => {
    test("a token reads its own subtree, with the edge's sign-in and without going along", async () => {
      const token = mint(key, claims());
      const reply = await ask(own(), { token });
      assert.equal(reply.status, 200, reply.text);
      assert.equal(reply.json().reseller.name, known.draas.samples.reseller.name);
      assert.ok(arrived.every(({ authorization }) => authorization !== `Bearer ${token}`));
      assert.ok(arrived.find(({ url }) => url === own()).authorization.startsWith("Bearer "));
    });

    test("a reseller's token reads exactly what lies below the reseller, of all entities there are", async () => {
      const scope = known.draas.samples.reseller.uuid;
      let inside = 0;
      let outside = 0;
      for (const { level, uuid, path } of entities()) {
        const target = api(`${level}/${uuid}/licenses`);
        const reply = await ask(target);
        if (path.includes(scope)) {
          inside += 1;
          assert.notEqual(reply.status, 403, `${level} ${uuid}: ${reply.text}`);
        } else {
          outside += 1;
          refused(reply, "scope-refused", 403, target);
        }
      }
      assert.ok(inside > 2 && outside > 50, `${inside} inside, ${outside} outside`);
    });

    test("what is elsewhere and what is nowhere are refused alike", async () => {
      const other = [...entities()].find(({ level, path }) => level === "resellers" && !path.includes(known.draas.samples.reseller.uuid));
      const elsewhere = await ask(api(`resellers/${other.uuid}/licenses`));
      const nowhere = await ask(api("resellers/11111111-1111-4111-8111-111111111111/licenses"));
      assert.equal(elsewhere.text, nowhere.text);
      assert.equal(elsewhere.status, nowhere.status);
    });

    const sample = (name) => known.draas.samples[name];
    for (const [name, method, target, body] of [
      ["the parent's licenses", "GET", () => api(`groups/${known.draas.group.uuid}/licenses?detailed=true`)],
      ["the reseller's id on another level", "GET", () => api(`tenants/${sample("reseller").uuid}/licenses`)],
      ["capital letters", "GET", () => api(`resellers/${sample("reseller").uuid.toUpperCase()}/licenses`)],
      ["braces", "GET", () => api(`resellers/%7B${sample("reseller").uuid}%7D/licenses`)],
      ["an id with an encoded digit", "GET", () => api(`resellers/%${Buffer.from(sample("reseller").uuid[0]).toString("hex")}${sample("reseller").uuid.slice(1)}/licenses`)],
      ["a slash at the end", "GET", () => api(`resellers/${sample("reseller").uuid}/licenses/`)],
      ["a second parameter of one name", "GET", () => api(`tenants?parent=${sample("reseller").uuid}&parent=${known.draas.group.uuid}`)],
      ["a parameter whose name is encoded", "GET", () => api(`tenants?parent=${sample("reseller").uuid}&p%61rent=${known.draas.group.uuid}`)],
      ["parameters parted by a semicolon", "GET", () => api(`tenants?parent=${sample("reseller").uuid};parent=${known.draas.group.uuid}`)],
      ["a list without a parent", "GET", () => api("tenants")],
      ["a list of a parent outside", "GET", () => api(`tenants?parent=${known.draas.group.uuid}`)],
      ["another list's cursor", "GET", () => api(`tenants?parent=${sample("reseller").uuid}&next=abc`)],
      ["the list of all groups", "GET", () => api("groups")],
      ["the list of all groups by a parent", "GET", () => api(`groups?parent=${sample("reseller").uuid}`)],
      ["a list of distributors below a reseller", "GET", () => api(`distributors?parent=${sample("reseller").uuid}`)],
      ["a list of resellers below a reseller", "GET", () => api(`resellers?parent=${sample("reseller").uuid}`)],
      ["another instance", "GET", () => `/api/v01/draas/draas_v2/resellers/${sample("reseller").uuid}/licenses`],
      ["the older prefix", "GET", () => `/api/v01/custom/draas_v1/resellers/${sample("reseller").uuid}/licenses`],
      ["the account of the edge, with its machine token", "GET", () => "/api/v01/system/users/local"],
      ["a login", "POST", () => "/api/v01/auth/login", "{}"],
      ["a new access token", "GET", () => "/api/v01/auth/access_token"],
      ["the end of the edge's session", "GET", () => "/api/v01/auth/logout"],
      ["deleting", "DELETE", () => api(`tenants/${sample("tenant").uuid}`)],
      ["a subscription of another tenant by its number", "GET", () => api(`tenants/${sample("tenant").uuid}/subscriptions/99999/licenses`)],
      ["a subscription's number in another spelling", "GET", () => api(`tenants/${sample("tenant").uuid}/subscriptions/0${sample("subscription").id}/licenses`)],
      ["limits under another method", "POST", () => api(`tenants/${sample("tenant").uuid}/subscriptions/${sample("subscription").id}/licenses`), "{}"],
    ]) {
      test(`${name} is outside`, async () => {
        const path = target();
        const reply = await ask(path, { method, body, token: mint(key, claims({ permissions: ["read", "limits:write"] })) });
        refused(reply, "scope-refused", 403, path);
      });
    }

    test("climbing out of the scope's path is refused as for everybody", async () => {
      for (const climb of ["/../", "/%2e%2e/", "/..;/", "//", "/.%2e/", "\\..\\"]) {
        const path = api(`resellers/${known.draas.samples.reseller.uuid}${climb}x/licenses`);
        refused(await ask(path), "path-refused", 403, path);
      }
    });

    test("scopes that are not known open nothing", async () => {
      for (const scope of ["", "system:*", "*", "reseller:*", `group:${known.draas.samples.reseller.uuid}`, "upstream:other", `Reseller:${known.draas.samples.reseller.uuid}`]) {
        refused(await ask(own(), { token: mint(key, claims({ scope })) }), "scope-refused", 403, own());
      }
    });

    test("the whole of an upstream is a scope of its own, for what visitors may ask", async () => {
      const token = mint(key, claims({ scope: "upstream:draas" }));
      assert.equal((await ask(api(`groups/${known.draas.group.uuid}/licenses`), { token })).status, 200);
      refused(await ask("/api/v01/system/users/local", { token }), "scope-refused", 403, "/api/v01/system/users/local");
    });
  });

  describe("limits", () => {
    const subscription = () => {
      const { tenant_uuid: tenant, id } = known.draas.samples.subscription;
      return { path: api(`tenants/${tenant}/subscriptions/${id}/licenses`), scope: `tenant:${tenant}` };
    };
    const put = (permissions, body, headers = {}) => {
      const { path, scope } = subscription();
      const token = mint(key, claims({ scope, permissions }));
      arrived = [];
      return send(edge.url, {
        method: "PUT", path: `/to/draas${path}`, body,
        headers: { origin: PAGE, authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      });
    };

    test("are changed with the permission", async () => {
      const reply = await put(["read", "limits:write"], '{"msTeamsUsers":{"assigned":4321}}');
      assert.equal(reply.status, 200, reply.text);
      assert.equal(reply.json().msTeamsUsers.assigned, 4321);
    });

    test("arrive as they were understood, not as they were sent", async () => {
      const sent = ' { "msTe\\u0061msUsers" : {"assigned": 4322} , "sipTrunkChannels": {"assigned":7}} ';
      const reply = await put(["limits:write"], sent, { "content-type": "text/plain; charset=utf-16" });
      assert.equal(reply.status, 200, reply.text);
      const change = arrived.find(({ method }) => method === "PUT");
      assert.equal(change.body, '{"msTeamsUsers":{"assigned":4322},"sipTrunkChannels":{"assigned":7}}');
      assert.equal(change.type, "application/json");
    });

    test("that could be read in two ways, or are of no license, do not arrive", async () => {
      for (const body of [
        '{"msTeamsUsers":{"assigned":-5,"inUse":0,"owner":"x"},"msTeamsUsers":{"assigned":1}}',
        '{"msTeamsUsers":{"assigned":1},"msTeamsUsers":{"assigned":2}}',
        '{"msTeamsUsers":{"assigned":1},"MSTEAMSUSERS":{"assigned":2}}',
        '{"msTeamsUsers":{"assigned":1,"assigned":2}}', '{"msTeamsUsers":{"assigned":1,"\\u0061ssigned":2}}',
        '{"owner":{"assigned":1}}', '{"msTeamsUsers":{"assigned":1},"billingId":{"assigned":1}}', '{"":{"assigned":1}}',
      ]) {
        refused(await put(["limits:write"], body), "operation-refused", 403, subscription().path);
      }
    });

    test("stay without it", async () => {
      refused(await put(["read"], '{"msTeamsUsers":{"assigned":1}}'), "permission-refused", 403, subscription().path);
      refused(await put([], '{"msTeamsUsers":{"assigned":1}}'), "permission-refused", 403, subscription().path);
    });

    test("are limits and nothing else", async () => {
      for (const body of ["", "{}", "[]", '{"msTeamsUsers":{"assigned":-1}}', '{"msTeamsUsers":{"assigned":1.5}}', '{"msTeamsUsers":{"assigned":1,"inUse":0}}', '{"owner":{"uuid":"x"}}']) {
        refused(await put(["limits:write"], body), "operation-refused", 403, subscription().path);
      }
    });
  });

  describe("tokens", () => {
    const genuine = () => mint(key, claims());
    const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const [, body, signature] = [0, 1, 2].map((n) => () => genuine().split(".")[n]);
    const stranger = newKey("2026-11");

    for (const [name, token] of [
      ["none at all", () => undefined],
      ["an empty one", () => ""],
      ["alg: none without a signature", () => `${part({ alg: "none", kid: "2026-11" })}.${body()}.`],
      ["alg: none with one", () => `${part({ alg: "none", kid: "2026-11" })}.${body()}.${signature()}`],
      ["alg: nOnE", () => `${part({ alg: "nOnE", kid: "2026-11" })}.${body()}.`],
      ["the public key as a shared secret", () => mint({ kid: "2026-11", alg: "HS256", secret: JSON.stringify(publicPart(key)) }, claims())],
      ["the public point as a shared secret", () => mint({ kid: "2026-11", alg: "HS256", secret: Buffer.from(key.x, "base64url") }, claims())],
      ["a shared key's name with another algorithm", () => mint({ ...key, kid: "shared" }, claims())],
      ["a key of its own under a known name", () => mint(stranger, claims())],
      ["a key of its own in the head", () => `${part({ alg: "ES256", kid: "2026-11", jwk: publicPart(stranger) })}.${mint(stranger, claims()).split(".").slice(1).join(".")}`],
      ["a key's address in the head", () => `${part({ alg: "ES256", kid: "2026-11", jku: "https://evil.example/keys" })}.${body()}.${signature()}`],
      ["an unknown key", () => mint({ ...key, kid: "2025-01" }, claims())],
      ["no key's name", () => `${part({ alg: "ES256" })}.${body()}.${signature()}`],
      ["claims changed after signing", () => { const [head, , sign] = genuine().split("."); return `${head}.${part(claims({ scope: "upstream:draas" }))}.${sign}`; }],
      ["a signature of zeros", () => { const [head, text] = genuine().split("."); return `${head}.${text}.${Buffer.alloc(64).toString("base64url")}`; }],
      ["a signature in the other form", () => { const [head, text] = genuine().split("."); return `${head}.${text}.${Buffer.alloc(72, 48).toString("base64url")}`; }],
      ["a wrong shared secret", () => mint({ ...shared, secret: "another-secret-of-32-bytes-or-more!!" }, claims())],
      ["an empty shared secret", () => mint({ ...shared, secret: "" }, claims())],
      ["an ended one", () => mint(key, claims({ iat: now() - 900, exp: now() - 1 }))],
      ["one without an end", () => mint(key, claims({ exp: undefined }))],
      ["one with its end as text", () => mint(key, claims({ exp: String(now() + 600) }))],
      ["one that lasts for a day", () => mint(key, claims({ exp: now() + 86_400 }))],
      ["one that is not valid yet", () => mint(key, claims({ nbf: now() + 300 }))],
      ["one issued in the future", () => mint(key, claims({ iat: now() + 300 }))],
      ["another audience", () => mint(key, claims({ aud: "another-edge" }))],
      ["no audience", () => mint(key, claims({ aud: undefined }))],
      ["another issuer", () => mint(key, claims({ iss: "https://evil.example" }))],
      ["no subject", () => mint(key, claims({ sub: undefined }))],
      ["four parts", () => `${genuine()}.x`],
      ["two parts", () => genuine().split(".").slice(0, 2).join(".")],
      ["padding", () => `${genuine()}==`],
      ["ten kilobytes", () => mint(key, claims({ sub: "x".repeat(10_000) }))],
      ["no JSON", () => `${Buffer.from("x").toString("base64url")}.${body()}.${signature()}`],
    ]) {
      test(`${name}: refused`, async () => {
        refused(await ask(own(), { token: token() ?? null }), "token-refused", 401, own());
      });
    }

    test("a name and password are no token", async () => {
      arrived = [];
      const headers = { origin: PAGE, authorization: `Basic ${Buffer.from("demo:sandbox-demo").toString("base64")}` };
      refused(await send(edge.url, { path: `/to/draas${own()}`, headers }), "token-refused", 401, own());
    });

    test("every listed key signs, so that keys can be replaced without a gap", async () => {
      for (const signing of [key, next, shared]) {
        assert.equal((await ask(own(), { token: mint(signing, claims()) })).status, 200, signing.kid);
      }
    });

    test("a genuine one that ends is refused from then on", async () => {
      const token = mint(key, claims({ exp: now() + 2 }));
      assert.equal((await ask(own(), { token })).status, 200);
      let reply;
      for (let n = 0; n < 100; n += 1) {
        reply = await ask(own(), { token });
        if (reply.status !== 200) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      refused(reply, "token-refused", 401, own());
    });

    test("a page may ask whether it may send one", async () => {
      const reply = await send(edge.url, {
        method: "OPTIONS", path: `/to/draas${own()}`,
        headers: { origin: PAGE, "access-control-request-method": "GET", "access-control-request-headers": "authorization" },
      });
      assert.equal(reply.status, 204);
      assert.match(reply.headers["access-control-allow-headers"], /authorization/);
    });
  });

  test("nothing of a token, a subject or a secret is printed", async () => {
    const token = mint(shared, claims());
    await ask(own(), { token });
    await ask(own(), { token: `${token}x` });
    for (const secret of ["canary", token.split(".")[1], token.split(".")[2], known.sign_in.draas.password]) {
      assert.ok(!edge.printed().includes(secret), secret);
    }
  });
});
