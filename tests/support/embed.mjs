// Somebody else's page with Seatree's elements on it: upstreams, an edge with credentials of its own,
// the static host that the elements come from, and a portal's page on another origin.
import { createServer } from "node:http";
import { after } from "node:test";
import { mint, newKey, publicPart } from "../../crates/edge/deploy/mint-token.mjs";
import { startEdge } from "./edge.mjs";
import { startSandbox, truth } from "./sandbox.mjs";
import { startSite } from "./seatree.mjs";

export const [ISSUER, AUDIENCE] = ["https://portal.example", "seatree-edge"];

const servers = [];
after(() => Promise.all(servers.map(close)));

function close(server) {
  const closed = new Promise((resolve) => { server.close(resolve); });
  server.closeAllConnections();
  return closed;
}

/** What docs/embedding.md tells a strict host page to allow. */
export function strictPolicy({ site, edge }) {
  const host = new URL(site).origin;
  return `default-src 'none'; script-src 'self' ${host} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; `
    + `connect-src ${host} ${edge}; frame-src ${host}; base-uri 'none'; form-action 'none'`;
}

/**
 * Starts all of it. `token(claims)` mints a visitor's token; `show(page)` sets what the portal
 * serves: `{ html, script, style }`, each a text, the latter two as files of their own. Pages of the
 * origins `also` may use the edge and show frames, too.
 */
export async function startHost({ sandbox = ["--size", "400", "--users", "60"], also = [], key = newKey("portal") } = {}) {
  let shown = { html: "" };
  let strict = "";
  let site;
  const server = createServer((request, response) => {
    const { html, script = "", style = "", policy = strict } = shown;
    const files = {
      "/": ["text/html", html && document(html, site.url)], "/host.js": ["text/javascript", script], "/host.css": ["text/css", style],
    };
    const [type, text] = files[request.url] ?? ["text/plain", ""];
    response.writeHead(files[request.url] ? 200 : 404, {
      "content-type": `${type}; charset=utf-8`, "content-security-policy": policy, "cache-control": "no-store",
    });
    response.end(text);
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  servers.push(server);
  // First of all, since edge and upstreams want to know where the page comes from.
  const origin = `http://127.0.0.1:${server.address().port}`;
  const known = truth(sandbox);
  const upstreams = await startSandbox([...sandbox, "--serve", "draas,cucm", "--origin", origin]);
  const { draas, cucm } = known.sign_in;
  site = await startSite({ framedBy: [origin, ...also] });
  const edge = await startEdge({
    configuration: {
      // In a frame it is the static host's page that asks.
      origins: [origin, site.origin, ...also],
      visitors: { issuer: ISSUER, audience: AUDIENCE, keys: [publicPart(key)] },
      upstreams: {
        draas: {
          address: upstreams.draas, methods: [], paths: [],
          draas: { instance: known.draas.instance, root: `group:${known.draas.group.uuid}`, tree_seconds: 1 },
          credentials: { kind: "draas-login", username: draas.username, password: { secret: "DRAAS_PASSWORD" } },
        },
        cucm: {
          address: upstreams.cucm, methods: ["GET", "POST"], paths: ["/axl/"], operations: ["get*", "list*"],
          credentials: { kind: "basic", username: cucm.username, password: { secret: "CUCM_PASSWORD" } },
        },
      },
    },
    authority: upstreams.certificate,
    secrets: { DRAAS_PASSWORD: draas.password, CUCM_PASSWORD: cucm.password },
  });
  strict = strictPolicy({ site: site.url, edge: edge.url });
  const now = () => Math.floor(Date.now() / 1000);
  return {
    url: `${origin}/`, origin, site: site.url, edge: edge.url, truth: known, draas: upstreams.draas,
    token: (claims = {}, signedBy = key) => mint(signedBy, {
      iss: ISSUER, aud: AUDIENCE, sub: "visitor", iat: now(), exp: now() + 600,
      scope: `reseller:${known.draas.samples.reseller.uuid} upstream:cucm`, permissions: ["read"], ...claims,
    }),
    show: (page) => { shown = page; },
    stop: () => Promise.all([close(server), edge.stop(), site.stop(), upstreams.stop()]),
  };
}

/** The page as a portal's developer writes it; the elements' script comes from the static host. */
function document(html, site) {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portal</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/host.css"><link rel="stylesheet" href="/host.css">
<script type="module" src="${new URL("embed.js", site)}"></script>
<script type="module" src="/host.js"></script></head><body>${html}</body></html>`;
}

/** An element's tag, with what leads it to the reseller's licenses. */
export function tag(host, kind, attributes = {}) {
  const { uuid } = host.truth.draas.samples.reseller;
  const source = kind === "users" ? { connection: "cucm" } : { connection: "draas", scope: `reseller:${uuid}` };
  const all = { id: kind, edge: host.edge, ...source, ...attributes };
  const written = Object.entries(all).map(([name, value]) => ` ${name}="${value}"`);
  return `<seatree-${kind}${written.join("")}></seatree-${kind}>`;
}

/** A portal's script: gives every element this token, and keeps what it is told in `window.told`. */
export function giving(token) {
  return `window.told = [];
    document.addEventListener("securitypolicyviolation", (event) => told.push(["csp", event.violatedDirective]));
    for (const event of ["ready", "select", "finding", "token-needed", "error"]) {
      document.addEventListener("seatree-" + event, ({ target, detail }) => told.push([event, detail, target.id]));
    }
    const token = ${JSON.stringify(token)};
    for (const element of document.querySelectorAll("seatree-tree, seatree-summary, seatree-users")) element.token = token;`;
}

/** Waits until an element was told of an event this often; gives the last one's detail. */
export async function told(page, event, id = "tree", times = 1) {
  await page.waitForFunction(([event, id, times]) =>
    window.told?.filter(([name, , of]) => name === event && of === id).length >= times, [event, id, times]);
  return page.evaluate(([event, id]) => told.findLast(([name, , of]) => name === event && of === id)[1], [event, id]);
}
