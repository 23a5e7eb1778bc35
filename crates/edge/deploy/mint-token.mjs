// Makes keys and visitors' tokens for a Seatree edge. Needs Node 20 and nothing else.
//
//   node mint-token.mjs new-key KID > key.json      keep key.json secret; the part for edge.json is
//   node mint-token.mjs public key.json             printed by this
//   node mint-token.mjs token key.json --issuer URL --audience NAME --subject WHO \
//     --scope "reseller:UUID" --permissions read,limits:write --minutes 15
import { createHmac, createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const encode = (value) => Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

/** A signed token. `key` is what `newKey` made, or `{ kid, alg: "HS256", secret }`. */
export function mint(key, claims) {
  const signed = `${encode({ alg: key.alg, kid: key.kid, typ: "JWT" })}.${encode(claims)}`;
  const signature = key.alg === "HS256"
    ? createHmac("sha256", key.secret).update(signed).digest("base64url")
    : sign("sha256", signed, { key: createPrivateKey({ key, format: "jwk" }), dsaEncoding: "ieee-p1363" }).toString("base64url");
  return `${signed}.${signature}`;
}

/** A new private key, as a JWK with its `kid` and `alg`. */
export function newKey(kid) {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { kid, alg: "ES256", ...privateKey.export({ format: "jwk" }) };
}

/** What of a key goes into `visitors.keys` of edge.json. */
export const publicPart = ({ kid, alg, x, y }) => ({ kid, alg, x, y });

function main([command, name, ...rest]) {
  if (command === "new-key" && name) return JSON.stringify(newKey(name));
  if (!name || !["public", "token"].includes(command)) throw new Error("usage: see the top of this file");
  const key = JSON.parse(readFileSync(name, "utf8"));
  if (command === "public") return JSON.stringify(publicPart(key));
  const text = { type: "string" };
  const options = { issuer: text, audience: text, subject: text, scope: text, permissions: { ...text, default: "read" }, minutes: { ...text, default: "15" } };
  const { values } = parseArgs({ args: rest, options });
  const now = Math.floor(Date.now() / 1000);
  return mint(key, {
    iss: values.issuer, aud: values.audience, sub: values.subject, iat: now, exp: now + 60 * Number(values.minutes),
    scope: values.scope, permissions: values.permissions.split(","),
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(main(process.argv.slice(2)));
}
