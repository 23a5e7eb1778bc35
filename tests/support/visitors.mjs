// An edge before a sandbox's DRaaS platform, and the tokens of its visitors.
import { mint, newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startEdge } from "./edge.mjs";

const ISSUER = "https://portal.example";
const AUDIENCE = "edge";

/** For visitors that come from this page; `upstream` is what its settings say besides where the platform is. */
export async function startForVisitors({ page, known, sandbox, upstream, secrets }) {
  const key = newKey("k");
  const edge = await startEdge({
    configuration: {
      origins: [page],
      visitors: { issuer: ISSUER, audience: AUDIENCE, keys: [publicPart(key)] },
      upstreams: {
        draas: {
          address: sandbox.draas, draas: { instance: known.draas.instance, root: `group:${known.draas.group.uuid}` }, ...upstream,
        },
      },
    },
    authority: sandbox.certificate,
    secrets,
  });
  /** What a visitor shows, with these claims. */
  const bearer = (claims) =>
    `Bearer ${mint(key, { iss: ISSUER, aud: AUDIENCE, sub: "s", exp: Math.floor(Date.now() / 1000) + 600, permissions: ["read"], ...claims })}`;
  return { ...edge, bearer };
}
