// A portal's part of a running Seatree: an edge that holds the credentials, and tokens for its visitors.
import { mint, newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startEdge } from "./edge.mjs";
import { startSandbox, truth } from "./sandbox.mjs";
import { startSite } from "./seatree.mjs";

const ISSUER = "https://portal.example";
const AUDIENCE = "seatree-edge";

/**
 * Starts a platform, an edge that signs in there itself, and a static host with the page, whose
 * `seatree.json` leads to that edge and knows no other way.
 */
export async function startPortal({ sandbox = [] } = {}) {
  const site = await startSite();
  const served = truth(sandbox);
  const { instance, group } = served.draas;
  const [draas, cucm] = await Promise.all([
    startSandbox(["--serve", "draas", "--origin", site.origin, ...sandbox]),
    // For its certificate: an edge trusts some authority.
    startSandbox(["--serve", "cucm"]),
  ]);
  const key = newKey("portal");
  const edge = await startEdge({
    configuration: {
      origins: [site.origin],
      visitors: { issuer: ISSUER, audience: AUDIENCE, keys: [publicPart(key)] },
      upstreams: {
        draas: {
          address: draas.draas, methods: [], paths: [], rate: { requests: 500, seconds: 1 },
          draas: { instance, root: `group:${group.uuid}` },
          credentials: { kind: "token", token: { secret: "TOKEN" } },
        },
      },
    },
    authority: cucm.certificate,
    secrets: { TOKEN: served.sign_in.draas.machine_token },
  });
  await site.configure({
    version: 1,
    connections: [
      { id: "portal", name: "Your licenses", kind: "edge", address: edge.url, upstream: "draas" },
    ],
  });
  const token = (change = {}, signedBy = key) => {
    const now = Math.floor(Date.now() / 1000);
    return mint(signedBy, {
      iss: ISSUER, aud: AUDIENCE, sub: "visitor", iat: now, exp: now + 900,
      scope: `reseller:${served.draas.samples.reseller.uuid}`, permissions: ["read", "limits:write"],
      ...change,
    });
  };
  return {
    url: site.url, origin: site.origin, truth: served, edge, draas,
    addresses: { draas: draas.draas },
    /** What a portal gives a visitor. */
    token,
    /** One that was good until some minutes ago. */
    ended: () => token({ iat: Math.floor(Date.now() / 1000) - 900, exp: Math.floor(Date.now() / 1000) - 120 }),
    /** One that somebody else signed. */
    forged: () => token({}, newKey("portal")),
    /** What the edge tells of all that a token opens. */
    async estate(bearer) {
      const reply = await fetch(`${edge.url}/api/v1/estate`, { headers: { authorization: `Bearer ${bearer}` } });
      return (await reply.json()).nodes;
    },
    async stop() {
      await Promise.all([site, draas, cucm, edge].map((part) => part.stop()));
    },
  };
}
