// One server for all contestants: their pages, and a DRaaS platform that has one group.
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { extname, join } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css",
  ".wasm": "application/wasm", ".svg": "image/svg+xml", ".json": "application/json",
};

/** Where the platform's API is, and what is asked of it. */
export const INSTANCE = "draas_v1";
export const SIGN_IN = { username: "bench", password: "bench" };
const LOGIN = "/api/v01/auth/login";

export const licensesPath = (uuid) =>
  `/api/v01/draas/${INSTANCE}/groups/${uuid}/licenses?detailed=true`;

/**
 * Serves folders of files, `{ name: { files: Map } }`, each below its name, and the group's licenses
 * once `serve` was told which.
 */
export class Server {
  #http;
  #pages;
  #reply = null;

  static async start(pages) {
    const server = new Server();
    server.#pages = pages;
    server.#http = createServer((request, response) => server.#answer(request, response));
    await new Promise((resolve, reject) => {
      server.#http.once("error", reject);
      server.#http.listen(0, "127.0.0.1", resolve);
    });
    return server;
  }

  get origin() {
    return `http://127.0.0.1:${this.#http.address().port}`;
  }

  /** From here on this is the group's reply. It is held in memory: no disk is part of the time. */
  serve({ uuid, body }) {
    this.#reply = { path: licensesPath(uuid), body };
    const settings = seatreeSettings(this.origin, uuid);
    this.#pages.seatree?.files.set("seatree.json", Buffer.from(JSON.stringify(settings)));
  }

  #answer(request, response) {
    request.resume();
    const send = (status, type, body) => {
      response.writeHead(status, {
        "content-type": type, "content-length": body.length, "cache-control": "no-store",
      });
      response.end(body);
    };
    if (request.url === this.#reply?.path) return send(200, TYPES[".json"], this.#reply.body);
    if (request.url === LOGIN && request.method === "POST") {
      return send(200, TYPES[".json"], Buffer.from('{"access_token":"bench"}'));
    }
    const [, page, name] = /^\/([a-z]+)\/([^/?]*)$/.exec(request.url) ?? [];
    const file = this.#pages[page]?.files.get(name || "index.html");
    if (!file) return send(404, "text/plain", Buffer.from("not found"));
    return send(200, TYPES[extname(name || "index.html")] ?? "application/octet-stream", file);
  }

  stop() {
    this.#http.closeAllConnections();
    return new Promise((resolve) => this.#http.close(resolve));
  }
}

/** The files of a folder, by name. */
export async function filesOf(folder) {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile());
  const read = names.map(async ({ name }) => [name, await readFile(join(folder, name))]);
  return new Map(await Promise.all(read));
}

function seatreeSettings(origin, uuid) {
  return {
    version: 1,
    connections: [{
      id: "draas", name: "DRaaS", kind: "draas", address: origin, instance: INSTANCE,
      prefix: "draas", entity: { level: "group", uuid }, route: { style: "direct" },
    }],
    demo: { draas: SIGN_IN },
  };
}
