// CORS proxies as people put before an upstream that sends no CORS headers.
import http from "node:http";
import https from "node:https";

/** Where a proxy of each style finds the address to ask, and what is asked of it. */
const STYLES = {
  /** cors-anywhere: the whole address is the path. */
  prefix: () => (url) => url.slice(1),
  /** The address is percent-encoded in a query parameter. */
  query: ({ parameter }) => (url) => new URL(url, "http://proxy").searchParams.get(parameter),
  /** local-cors-proxy: stands for one upstream. */
  mount: ({ upstream, path }) => (url) => url.startsWith(path) && upstream + url.slice(path.length),
};

/**
 * Starts a proxy that lets pages of `origin` through when they send the `header` it wants, and
 * refuses all else. `asked` tells what it was asked for: method, the upstream's address, header.
 */
export async function startProxy(style, { origin, header, ...settings }) {
  const target = STYLES[style](settings);
  const asked = [];
  const cors = {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "GET, POST, PUT",
    "access-control-allow-headers": `authorization, content-type, soapaction, accept, ${header.name}`,
  };
  const server = http.createServer((request, response) => {
    if (request.method === "OPTIONS") return response.writeHead(204, cors).end();
    const address = target(request.url);
    const given = request.headers[header.name];
    asked.push({ method: request.method, address, header: given });
    if (!address || given !== header.value) {
      // In the words of cors-anywhere.
      return response.writeHead(400, cors)
        .end(`Missing required request header. Must specify one of: ${header.name}`);
    }
    return forward(request, response, address, cors);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    asked,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(request, response, address, cors) {
  const { host, origin, ...headers } = request.headers;
  // The sandbox's cluster has a certificate of its own making.
  const options = { method: request.method, headers, rejectUnauthorized: false };
  const upstream = (address.startsWith("https:") ? https : http).request(address, options, (reply) => {
    const rest = Object.entries(reply.headers)
      .filter(([name]) => !name.startsWith("access-control-"));
    response.writeHead(reply.statusCode, { ...Object.fromEntries(rest), ...cors });
    reply.pipe(response);
  });
  upstream.once("error", (error) => response.writeHead(502, cors).end(error.message));
  request.pipe(upstream);
}
