// Credentials that the edge holds: used, renewed, and never shown.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { mint, newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startEdge } from "../support/edge.mjs";
import { closedPort } from "../support/ports.mjs";
import { until } from "../support/processes.mjs";
import { send } from "../support/request.mjs";
import { startSandbox, truth } from "../support/sandbox.mjs";
import { startUpstream } from "../support/upstream.mjs";

const PAGE = "http://127.0.0.1:8700";
const ESTATE = ["--size", "200", "--services", "5", "--users", "20"];

const envelope = (operation) => `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:n="http://www.cisco.com/AXL/API/14.0"><e:Body><n:${operation}/></e:Body></e:Envelope>`;

/** Between the edge and a sandbox: what passes, and what is made of it. */
async function startSpy(target) {
  const seen = [];
  const upstream = await startUpstream(async (request, response) => {
    const body = [];
    for await (const piece of request) body.push(piece);
    seen.push({ method: request.method, path: request.url.split("?")[0], headers: request.headers });
    const { host, connection, "content-length": length, ...headers } = request.headers;
    const reply = await fetch(`${target}${request.url}`, {
      method: request.method, headers, ...(body.length > 0 && { body: Buffer.concat(body) }),
    });
    response.writeHead(reply.status, { "content-type": reply.headers.get("content-type") ?? "text/plain" });
    response.end(Buffer.from(await reply.arrayBuffer()));
  });
  return { url: upstream.url, seen, times: (path) => seen.filter((one) => one.path.endsWith(path)).length, stop: upstream.stop };
}

describe("the edge's own credentials", () => {
  const key = newKey("k");
  const running = [];
  let sandbox, known;

  before(async () => {
    known = truth(ESTATE);
    sandbox = await startSandbox([...ESTATE, "--live-token-ttl", "5"]);
  });
  after(async () => {
    await Promise.all([...running.map((one) => one.stop()), sandbox?.stop()]);
  });

  const spy = async (target) => {
    const one = await startSpy(target);
    running.push(one);
    return one;
  };
  const edge = async (upstreams, secrets) => {
    const one = await startEdge({
      configuration: {
        origins: [PAGE],
        visitors: { issuer: "https://portal.example", audience: "edge", keys: [publicPart(key)] },
        upstreams,
      },
      authority: sandbox.certificate,
      secrets,
    });
    running.push(one);
    return one;
  };
  const ask = (at, path, { scope, ...rest } = {}) => {
    const now = Math.floor(Date.now() / 1000);
    const token = mint(key, {
      iss: "https://portal.example", aud: "edge", sub: "somebody", exp: now + 600, permissions: ["read"],
      scope: scope ?? path.split("/").slice(2, 3).map((name) => `upstream:${name}`).join(""),
    });
    return send(at.url, { path, ...rest, headers: { origin: PAGE, authorization: `Bearer ${token}`, ...rest.headers } });
  };

  describe("at DRaaS", () => {
    const settings = (address, credentials) => ({
      address, methods: ["GET"], paths: ["/api/v01/"], credentials,
      draas: { instance: known.draas.instance, root: `group:${known.draas.group.uuid}` },
    });
    const login = { kind: "draas-login", username: "demo", password: { secret: "PASSWORD" } };
    const path = () => `/to/draas/api/v01/draas/draas_v1/groups/${known.draas.group.uuid}/licenses`;

    test("many requests at once log in once, and later ones not again", async () => {
      const between = await spy(sandbox.draas);
      const at = await edge({ draas: settings(between.url, login) }, { PASSWORD: known.sign_in.draas.password });
      const replies = await Promise.all(Array.from({ length: 12 }, () => ask(at, path())));
      assert.deepEqual(replies.map((reply) => reply.status), Array(12).fill(200), replies[0].text);
      assert.equal((await ask(at, path())).status, 200);
      assert.equal(between.times("/auth/login"), 1);
      assert.equal(between.times("/auth/access_token"), 0);
    });

    test("a session that ended, too, is begun anew", async () => {
      const between = await spy(sandbox.draas);
      const at = await edge({ draas: settings(between.url, login) }, { PASSWORD: known.sign_in.draas.password });
      assert.equal((await ask(at, path())).status, 200);
      await send(sandbox.draas, { method: "POST", path: "/_sandbox/expire-tokens?refresh=true" });
      assert.equal((await ask(at, path())).status, 200);
      assert.equal(between.times("/auth/access_token"), 1);
      assert.equal(between.times("/auth/login"), 2);
    });

    test("a token that ended is renewed once for all", async () => {
      const between = await spy(sandbox.draas);
      const at = await edge({ draas: settings(between.url, login) }, { PASSWORD: known.sign_in.draas.password });
      assert.equal((await ask(at, path())).status, 200);
      await send(sandbox.draas, { method: "POST", path: "/_sandbox/expire-tokens" });
      const replies = await Promise.all(Array.from({ length: 6 }, () => ask(at, path())));
      assert.deepEqual(replies.map((reply) => reply.status), Array(6).fill(200), replies[0].text);
      assert.equal(between.times("/auth/access_token"), 1);
      assert.equal(between.times("/auth/login"), 1);
    });

    test("a wrong password is tried once, not with every request", async () => {
      const between = await spy(sandbox.draas);
      const at = await edge({ draas: settings(between.url, login) }, { PASSWORD: "canary-wrong" });
      for (let n = 0; n < 5; n += 1) {
        const reply = await ask(at, path());
        assert.equal(reply.status, 502);
        assert.match(reply.json().type, /scope-unknown|sign-in-failed/);
        assert.ok(!reply.text.includes("canary"));
      }
      assert.equal(between.times("/auth/login"), 1);
      assert.match(at.printed(), /"upstream":"draas","what":"sign-in"/);
      assert.ok(!at.printed().includes("canary"));
    });

    test("an account with a second factor says what to do instead, in the log", async () => {
      const twoFactors = { ...login, username: "demo-2fa" };
      const at = await edge({ draas: settings(sandbox.draas, twoFactors) }, { PASSWORD: known.sign_in.draas.password });
      assert.equal((await ask(at, path())).status, 502);
      assert.match(at.printed(), /machine token/);
    });

    test("a machine token needs no login", async () => {
      const between = await spy(sandbox.draas);
      const credentials = { kind: "token", token: { secret: "TOKEN" } };
      const at = await edge({ draas: settings(between.url, credentials) }, { TOKEN: known.sign_in.draas.machine_token });
      assert.equal((await ask(at, path())).status, 200);
      assert.equal(between.times("/auth/login"), 0);
    });

    test("a machine token that was revoked is the edge's trouble, not the visitor's", async () => {
      const credentials = { kind: "token", token: { secret: "TOKEN" } };
      const at = await edge({ draas: settings(sandbox.draas, credentials) }, { TOKEN: "canary-revoked" });
      const reply = await ask(at, path());
      assert.equal(reply.status, 502);
      assert.ok(!reply.text.includes("canary") && !at.printed().includes("canary"));
    });
  });

  describe("at Live Platform", () => {
    const settings = (address, endpoint, change = {}) => ({
      address, methods: ["GET"], paths: ["/tenantui/api/"],
      credentials: {
        kind: "client-credentials", token_endpoint: endpoint, client_id: known.sign_in.live_platform.client_id,
        client_secret: { secret: "SECRET" }, scope: known.sign_in.live_platform.scope, ...change,
      },
    });
    const endpoint = (at) => `${at}/${known.sign_in.live_platform.tenant}/oauth2/v2.0/token`;
    const path = "/to/live/tenantui/api/v3/customer";

    test("one token serves many requests and is renewed before it ends", async () => {
      const [live, provider] = await Promise.all([spy(sandbox["live-platform"]), spy(sandbox["live-platform"])]);
      const at = await edge({ live: settings(live.url, endpoint(provider.url)) }, { SECRET: known.sign_in.live_platform.client_secret });
      const all = async (count) => {
        const replies = await Promise.all(Array.from({ length: count }, () => ask(at, path)));
        for (const reply of replies) assert.equal(reply.status, 200, reply.text);
      };
      await all(10);
      assert.equal(provider.times("/token"), 1);
      // It lives for five seconds: nobody is ever refused, until there is another one and after.
      await until("another token", async () => {
        await all(1);
        return provider.times("/token") > 1;
      });
      await all(10);
      assert.equal(provider.times("/token"), 2);
      assert.ok(live.seen.every(({ headers }) => headers.authorization?.startsWith("Bearer ")));
      assert.ok(provider.seen.every(({ headers }) => headers.origin === undefined));
    });

    test("a wrong secret is told in the log and tried once", async () => {
      const provider = await spy(sandbox["live-platform"]);
      const at = await edge({ live: settings(sandbox["live-platform"], endpoint(provider.url)) }, { SECRET: "canary-secret" });
      for (let n = 0; n < 3; n += 1) {
        const reply = await ask(at, path);
        assert.equal(reply.status, 502);
        assert.equal(reply.json().type, "urn:seatree:edge:sign-in-failed");
      }
      assert.equal(provider.times("/token"), 1);
      assert.match(at.printed(), /AADSTS7000215/);
      assert.ok(!at.printed().includes("canary"));
    });

    test("an identity provider that is down is told, too", async () => {
      const down = `http://127.0.0.1:${await closedPort()}/token`;
      const at = await edge({ live: settings(sandbox["live-platform"], down) }, { SECRET: "canary" });
      const reply = await ask(at, path);
      assert.equal(reply.json().type, "urn:seatree:edge:sign-in-failed");
      assert.equal(reply.headers["access-control-allow-origin"], PAGE);
    });

    test("a visitor needs the scope of the whole upstream, and may not change anything", async () => {
      const at = await edge(
        { live: { ...settings(sandbox["live-platform"], endpoint(sandbox["live-platform"])), methods: ["GET", "POST"] } },
        { SECRET: known.sign_in.live_platform.client_secret },
      );
      const outside = await ask(at, path, { scope: "upstream:draas" });
      assert.equal(outside.json().type, "urn:seatree:edge:scope-refused");
      const changing = await ask(at, path, { method: "POST", body: "{}" });
      assert.equal(changing.json().type, "urn:seatree:edge:permission-refused");
    });
  });

  describe("at CUCM", () => {
    const settings = () => ({
      address: sandbox.cucm, methods: ["GET", "POST"], paths: ["/axl/"], operations: ["*"],
      credentials: { kind: "basic", username: known.sign_in.cucm.administrator, password: { secret: "PASSWORD" } },
    });
    const call = (at, operation) => ask(at, "/to/cucm/axl/", {
      method: "POST", body: envelope(operation),
      headers: { "content-type": "text/xml", soapaction: `"CUCM:DB ver=14.0 ${operation}"` },
    });

    test("name and password go along, and visitors only read with them", async () => {
      const at = await edge({ cucm: settings() }, { PASSWORD: known.sign_in.cucm.password });
      const reply = await call(at, "getCCMVersion");
      assert.equal(reply.status, 200, reply.text);
      assert.match(reply.text, /getCCMVersionResponse/);
      const changing = await call(at, "doUpdateLicenseUsage");
      assert.equal(changing.json().type, "urn:seatree:edge:operation-refused");
    });

    test("a refused password is the edge's trouble", async () => {
      const at = await edge({ cucm: settings() }, { PASSWORD: "canary-password" });
      const reply = await call(at, "getCCMVersion");
      assert.equal(reply.status, 502);
      assert.equal(reply.json().type, "urn:seatree:edge:sign-in-failed");
      assert.ok(!at.printed().includes("canary"));
      assert.ok(!at.printed().includes(Buffer.from(`${known.sign_in.cucm.administrator}:canary-password`).toString("base64")));
    });
  });

  describe("a configuration", () => {
    /** What its log says is wrong with it, which is more than anyone is told. */
    const problem = async (configuration, secrets = {}) => {
      const at = await startEdge({ configuration, authority: sandbox.certificate, secrets });
      try {
        const reply = await send(at.url, { path: "/to/cucm/axl/", headers: { origin: PAGE } });
        assert.equal(reply.status, 500);
        const line = await until("the line", () => at.printed().split("\n").find((one) => one.startsWith('{"at":"settings"')));
        assert.ok(!/canary|10\.0\.0\.5|cucm|PASSWORD/.test(reply.text), reply.text);
        assert.ok(!at.printed().includes("canary"), line);
        const { field, problem: said } = JSON.parse(line);
        return `${field}: ${said}`;
      } finally {
        await at.stop();
      }
    };
    const cucm = (password, change = {}) => ({
      cucm: {
        address: "https://10.0.0.5:8443", methods: ["POST"], paths: ["/axl/"], operations: ["get*"],
        credentials: { kind: "basic", username: "axl", password }, ...change,
      },
    });
    const visitors = { issuer: "https://portal.example", audience: "edge", keys: [publicPart(key)] };
    const named = { secret: "PASSWORD" };

    test("that names a secret which the platform does not have is refused", async () => {
      assert.match(await problem({ visitors, upstreams: cucm(named) }), /upstreams\.cucm\.credentials\.password: the platform has no secret PASSWORD/);
    });

    test("that holds a secret itself is refused, without repeating it", async () => {
      for (const literal of ["canary-password", { value: "canary-password" }, { secret: "canary password" }, ["canary"]]) {
        assert.match(await problem({ visitors, upstreams: cucm(literal) }), /credentials\.password: name a secret/);
      }
    });

    test("with credentials and without visitors would be open to all, and is refused", async () => {
      assert.match(await problem({ upstreams: cucm(named) }, { PASSWORD: "canary-1" }), /need "visitors"/);
    });

    test("that would send a secret unencrypted is refused", async () => {
      const open = cucm(named, { address: "http://10.0.0.5:8080" });
      assert.match(await problem({ visitors, upstreams: open }, { PASSWORD: "canary-1" }), /unencrypted/);
    });

    test("with a short signing secret is refused", async () => {
      const weak = { ...visitors, keys: [{ kid: "a", alg: "HS256", secret: { secret: "SIGNING" } }] };
      assert.match(await problem({ visitors: weak, upstreams: {} }, { SIGNING: "canary-short" }), /visitors\.keys\[0\]\.secret: is shorter than 32 bytes/);
    });
  });
});
