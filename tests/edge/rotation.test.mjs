// Keys are replaced without anybody noticing: the edge is started anew, its socket stays.
import assert from "node:assert/strict";
import net from "node:net";
import { after, before, describe, test } from "node:test";
import { mint, newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startReplaceable } from "../support/edge.mjs";
import { platform, startPlatform, teams, uuid } from "../support/memory.mjs";
import { until } from "../support/processes.mjs";
import { send } from "../support/request.mjs";

describe("replacing a key", () => {
  const [old, young] = [newKey("2026-05"), newKey("2026-11")];
  let edge, upstream;
  const held = [];
  let isHeld = false;

  before(async () => {
    upstream = await startPlatform(
      () => [{ name: "Distributor", uuid: uuid(2), resellers: [], ...teams(9, 1) }],
      (answer) => (isHeld ? held.push(answer) : answer()),
    );
    edge = await startReplaceable({ configuration: settings(old), secrets: { TOKEN: "canary-machine-token" } });
  });
  after(async () => {
    await edge?.stop();
    await upstream?.stop();
  });

  const settings = (...keys) => ({
    visitors: { issuer: "https://portal.example", audience: "edge", keys: keys.map(publicPart) },
    upstreams: { own: platform(upstream.url) },
  });
  /**
   * Asks with a token of this key. An edge that ends closes connections on which nothing has come yet: then it is
   * asked again, as any client may where nothing was answered (RFC 9110, section 9.2.2).
   */
  const ask = async (key) => {
    for (;;) {
      const reply = await once(key).catch((error) => {
        if (error.code !== "ECONNRESET") throw error;
      });
      if (reply) return reply;
    }
  };
  const once = async (key) => {
    const exp = Math.floor(Date.now() / 1000) + 600;
    const token = mint(key, { iss: "https://portal.example", aud: "edge", sub: "visitor", exp, scope: "upstream:own", permissions: ["read"] });
    return send(edge.url, { path: "/api/v1/estate", headers: { authorization: `Bearer ${token}` } });
  };

  test("takes every good token throughout, while requests run", async () => {
    // The portal signs with this one, as a visitor after the other asks.
    let signing = old;
    let isOver = false;
    const seen = [];
    const visitor = async () => {
      while (!isOver) {
        const key = signing;
        seen.push([key.kid, await ask(key).then(({ status }) => status, (error) => error.message)]);
      }
    };
    const more = (count) => until("more replies", () => seen.length >= count);
    const visitors = [visitor(), visitor(), visitor(), visitor()];
    await more(20);
    await edge.replace(settings(old, young));
    // From here on both are taken, so the portal may change.
    await more(seen.length + 20);
    signing = young;
    await more(seen.length + 20);
    // No token of the old one is left.
    await edge.replace(settings(young));
    await more(seen.length + 20);
    isOver = true;
    await Promise.all(visitors);
    assert.deepEqual(seen.filter(([, status]) => status !== 200), []);
    for (const { kid } of [old, young]) assert.ok(seen.some(([signed]) => signed === kid), kid);
    assert.equal((await ask(old)).status, 401, "its time is over");
  });

  test("finishes what was begun before", async () => {
    await edge.replace(settings(young));
    isHeld = true;
    const asked = once(young);
    await until("the question at the platform", () => held.length > 0);
    // Closed as soon as the edge is about to end.
    const idle = net.connect(new URL(edge.url).port, "127.0.0.1").resume();
    const closed = new Promise((resolve) => idle.once("close", resolve));
    await send(`${edge.url}/health`);
    const replaced = edge.replace(settings(young, old));
    await closed;
    // It connects to a socket that nobody takes connections from: it waits, for the edge that knows its key.
    const waiting = once(old);
    isHeld = false;
    for (const answer of held) answer();
    await replaced;
    assert.equal((await asked).status, 200);
    assert.equal((await waiting).status, 200);
  });
});
