// An edge that takes snapshots of a sandbox and tells a receiver of them.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach } from "node:test";
import { newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startEdge } from "./edge.mjs";
import { temporaryFolder } from "./folder.mjs";
import { until } from "./processes.mjs";
import { KEY, startReceiver } from "./receiver.mjs";
import { send } from "./request.mjs";
import { startSandbox, truth } from "./sandbox.mjs";

const ESTATE = ["--size", "200"];
export const OPERATOR = "canary-operator-token";
export const SECOND = `whsec_${Buffer.from("canary-second-key-of-many-bytes!").toString("base64")}`;
/** Signs the tokens of its visitors. */
export const key = newKey("k");

/** Sets all up for the tests of a `describe`, with a new receiver and a new memory for each. */
export function webhookScene() {
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

  const metrics = (edge) => send(edge.url, { path: "/metrics", headers: { authorization: "Bearer canary-metrics-token" } });

  /** The licensed tree as the platform sends it. */
  async function whole() {
    const path = `/api/v01/draas/${known.draas.instance}/groups/${known.draas.group.uuid}/licenses?detailed=true`;
    const reply = await send(sandbox.draas, { path, headers: { authorization: `Bearer ${known.sign_in.draas.machine_token}` } });
    assert.equal(reply.status, 200, reply.text);
    return reply.text;
  }

  /** Ends an edge in whatever it does. */
  const kill = async (edge) => {
    edges.splice(edges.indexOf(edge), 1);
    await edge.kill();
  };

  return {
    get known() { return known; },
    get sandbox() { return sandbox; },
    get tenant() { return tenant; },
    get node() { return node; },
    /** What the one subscription uses. */
    get used() { return used; },
    get folder() { return folder; },
    get receiver() { return receiver; },
    set receiver(other) { receiver = other; },
    assign, start, ready, kill, pass, taken, lines, operator, dead, metrics, whole, claims,
  };
}
