// The upstream of the edge benchmark: `GET /axl/NUMBER` answers with so many bytes, over HTTP, and over TLS
// with the certificate of SEATREE_PEM, as clusters have one of their own.
import http from "node:http";
import https from "node:https";

const bodies = new Map();
const body = (bytes) => {
  if (!bodies.has(bytes)) bodies.set(bytes, Buffer.alloc(bytes, "<user/>"));
  return bodies.get(bytes);
};

function answer(request, response) {
  request.resume();
  // Whoever only wants to know whether it is up gets nothing.
  const bytes = Number(/^\/axl\/(\d+)$/.exec(request.url)?.[1] ?? 0);
  response.writeHead(200, { "content-type": "text/xml", "content-length": bytes });
  response.end(body(bytes));
}

const pem = process.env.SEATREE_PEM;
const servers = [http.createServer(answer), https.createServer({ cert: pem, key: pem }, answer)];
for (const server of servers) server.keepAliveTimeout = 60_000;
await Promise.all(servers.map((server) => new Promise((resolve) => server.listen(0, "127.0.0.1", resolve))));
const [port, tlsPort] = servers.map((server) => server.address().port);
console.log(JSON.stringify({ port, tlsPort }));
process.stdin.on("end", () => process.exit()).resume();
