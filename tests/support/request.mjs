// Requests exactly as written: fetch would normalize paths and hide headers.
import http from "node:http";

/** Sends a request and reads the whole reply. `path` is sent as it is. */
export async function send(base, { method = "GET", path, headers = {}, body } = {}) {
  const reply = await open(base, { method, path, headers, body });
  const chunks = [];
  for await (const chunk of reply) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return { status: reply.statusCode, headers: reply.headers, text, json: () => JSON.parse(text) };
}

/** Sends a request and gives the reply as soon as its head is there. */
export function open(base, { method = "GET", path, headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const url = new URL(base);
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const request = http.request({
      host: url.hostname, port: url.port, path: path ?? url.pathname + url.search, method, agent: false,
      headers: { ...length, ...headers },
    });
    request.once("error", reject);
    request.once("response", resolve);
    request.end(body);
  });
}
