// The upstream of the edge benchmark: `GET /axl/NUMBER` answers with so many bytes.
import http from "node:http";

const bodies = new Map();
const body = (bytes) => {
  if (!bodies.has(bytes)) bodies.set(bytes, Buffer.alloc(bytes, "<user/>"));
  return bodies.get(bytes);
};

const server = http.createServer((request, response) => {
  // Whoever only wants to know whether it is up gets nothing.
  const bytes = Number(/^\/axl\/(\d+)$/.exec(request.url)?.[1] ?? 0);
  response.writeHead(200, { "content-type": "text/xml", "content-length": bytes });
  response.end(body(bytes));
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
process.stdin.on("end", () => process.exit()).resume();
