// A small portal that shows its visitors their licenses, with nothing but Node: it signs visitors in,
// mints their tokens for the edge, and serves pages with Seatree's elements.
//
//   node portal.mjs portal.json
//
// portal.json: { "port", "seatree", "edge", "draas", "cucm", "issuer", "audience", "key",
//   "visitors": [{ "name", "password", "company", "scope", "opens" }] }: `scope` is what the tree shows,
// `opens` all that the visitor's token opens. `cargo xtask serve --portal` writes one.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createHash, timingSafeEqual } from "node:crypto";
import { pathToFileURL } from "node:url";
import { mint } from "../../crates/edge/deploy/mint-token.mjs";
import { Sessions } from "./session.mjs";

/** The pages of the portal, and what of this folder each is. */
const PAGES = {
  "/": "pages/licenses.html",
  "/frame": "pages/frame.html",
};

const FILES = {
  "/portal.css": ["pages/portal.css", "text/css"],
  "/licenses.js": ["pages/licenses.js", "text/javascript"],
  "/frame.js": ["pages/frame.js", "text/javascript"],
  "/token.js": ["pages/token.js", "text/javascript"],
};

/** How long a visitor's token is good, in seconds: the element asks for the next one. */
const TOKEN_S = 300;

/** Starts the portal; gives its address, and how to stop it. */
export async function startPortal(settings) {
  const sessions = new Sessions();
  const answer = (request, response) => {
    handle(settings, sessions, request, response).catch((cause) => {
      console.error(cause);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
  const server = createServer(answer);
  await new Promise((resolve, reject) => {
    server.once("error", reject).listen(settings.port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

async function handle(settings, sessions, request, response) {
  const { pathname } = new URL(request.url, "http://portal");
  const visitor = sessions.of(request);
  const send = (status, type, body, headers = {}) => {
    response.writeHead(status, {
      "content-type": `${type}; charset=utf-8`, "content-security-policy": policy(settings),
      "x-content-type-options": "nosniff", "referrer-policy": "same-origin", "cache-control": "no-store", ...headers,
    });
    response.end(body);
  };
  const go = (headers = {}) => send(303, "text/plain", "", { location: "/", ...headers });

  if (request.method === "POST" && !isOwn(request)) return send(403, "text/plain", "Not from this portal.");
  if (request.method === "POST" && pathname === "/sign-in") {
    const form = new URLSearchParams(await read(request));
    const known = settings.visitors.find((one) => fits(one, form));
    return known ? go({ "set-cookie": sessions.begin(known) }) : send(403, "text/html", page(settings, "pages/sign-in.html", {
      mistake: "No visitor of that name and password.",
    }));
  }
  if (request.method === "POST" && pathname === "/sign-out") return go({ "set-cookie": sessions.end(request) });
  if (request.method === "POST" && pathname === "/token") {
    // Only who is signed in gets one, and only for their own part.
    return visitor ? send(200, "text/plain", token(settings, visitor)) : send(401, "text/plain", "Sign in first.");
  }
  if (request.method !== "GET") return send(405, "text/plain", "Not so.");
  if (pathname in FILES) {
    const [file, type] = FILES[pathname];
    return send(200, type, text(file));
  }
  if (!(pathname in PAGES)) return send(404, "text/plain", "No such page.");
  if (!visitor) return send(200, "text/html", page(settings, "pages/sign-in.html", { mistake: "" }));
  return send(200, "text/html", page(settings, PAGES[pathname], { company: visitor.company, scope: visitor.scope }));
}

/** What the browser lets these pages do: no inline script or style, and only the edge and Seatree's
 * own host beside the portal itself. */
function policy({ seatree, edge }) {
  const host = new URL(seatree).origin;
  return [
    "default-src 'none'", `script-src 'self' ${host} 'wasm-unsafe-eval'`, "style-src 'self'",
    `connect-src 'self' ${host} ${new URL(edge).origin}`, `frame-src ${host}`, "img-src 'self' data:",
    "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
  ].join("; ");
}

/** A visitor's token for the edge: what it opens is the portal's word, never the page's. */
function token({ key, issuer, audience }, { name, opens, permissions = ["read"] }) {
  const now = Math.floor(Date.now() / 1000);
  return mint(key, { iss: issuer, aud: audience, sub: name, iat: now, exp: now + TOKEN_S, scope: opens, permissions });
}

/** Browsers say where a form or script that posts comes from. */
function isOwn(request) {
  const { origin, host } = request.headers;
  return origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
}

function fits({ name, password }, form) {
  // A real portal keeps no passwords, and asks its identity provider here.
  const [one, other] = [password, form.get("password") ?? ""].map((text) => createHash("sha256").update(text).digest());
  return form.get("name") === name && timingSafeEqual(one, other);
}

async function read(request) {
  let text = "";
  for await (const piece of request) {
    text += piece;
    if (text.length > 10_000) throw new Error("a form is not as long as that");
  }
  return text;
}

const text = (file) => readFileSync(new URL(file, import.meta.url), "utf8");

/** A page with the values of `{{name}}` filled in. */
function page(settings, file, values) {
  const all = { ...settings, ...values };
  return text(file).replace(/\{\{(\w+)\}\}/g, (_, name) => escape(all[name] ?? ""));
}

function escape(value) {
  return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { url } = await startPortal(JSON.parse(readFileSync(process.argv[2], "utf8")));
  console.log(`Portal: ${url}`);
}
