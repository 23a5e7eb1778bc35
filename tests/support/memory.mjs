// Edges that remember, and platforms that change between two snapshots.
import { mint, newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startEdge } from "./edge.mjs";
import { until } from "./processes.mjs";
import { send } from "./request.mjs";
import { startUpstream } from "./upstream.mjs";

export const uuid = (number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

/** The licenses of a node, as DRaaS sends them. */
export const teams = (assigned, inUse) => ({
  msTeamsUsers: { assigned, inUse, inUseMsResourceAccount: 0, inUseMsUsers: inUse },
});

/**
 * A DRaaS platform with the group `uuid(1)` for the token `canary-machine-token`. Its tree is what
 * `tree()` gives at the moment: the distributors of the group. `when(answer)` decides when it answers.
 */
export async function startPlatform(tree, when = (answer) => answer()) {
  return startUpstream((request, response) => {
    if (request.headers.authorization !== "Bearer canary-machine-token") {
      response.writeHead(401).end();
      return;
    }
    when(() => {
      const all = { group: { name: "Group", distributors: tree(), uuid: uuid(1) }, ...teams(1, 1) };
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(all));
    });
  });
}

/** The settings of such a platform. */
export const platform = (address, memory) => ({
  address, draas: { instance: "draas_v1", root: `group:${uuid(1)}` },
  credentials: { kind: "token", token: { secret: "TOKEN" } }, memory,
});

/** An edge with these upstreams, and how to ask it. */
export async function startRemembering({ upstreams, secrets = {}, ...rest }) {
  const key = newKey("k");
  const edge = await startEdge({
    configuration: {
      visitors: { issuer: "https://portal.example", audience: "edge", keys: [publicPart(key)] },
      metrics: { token: { secret: "METRICS" } },
      upstreams,
    },
    secrets: { TOKEN: "canary-machine-token", METRICS: "canary-metrics-token", ...secrets },
    ...rest,
  });
  const [name] = Object.keys(upstreams);
  const token = (scope, change = {}) => mint(key, {
    iss: "https://portal.example", aud: "edge", sub: "canary-subject", exp: Math.floor(Date.now() / 1000) + 600, scope, permissions: ["read"], ...change,
  });
  const ask = (path, scope = `upstream:${name}`) =>
    send(edge.url, { path: `/api/v1/${path}`, headers: { authorization: `Bearer ${token(scope)}` } });
  const snapshots = async (of = name) => (await ask(`snapshots?upstream=${of}`, `upstream:${of}`)).json();
  return {
    ...edge, token, ask, snapshots,
    /** The account of its snapshots once `is` says so of it. */
    once: (what, is, of) => until(what, async () => {
      const account = await snapshots(of);
      return is(account) ? account : null;
    }),
    history: async (node, scope) => (await ask(`history?upstream=${name}&node=${node}`, scope)).json(),
    /** Waits for a snapshot without asking for anything. */
    printsSnapshot: () => until("a snapshot in the log", () => edge.printed().includes('"at":"snapshot"')),
    printedLines: () => edge.printed().split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line)),
  };
}
