// cors-anywhere as its README runs it, for pages of one origin.
import { createRequire } from "node:module";

const { createServer } = createRequire(import.meta.url)("cors-anywhere");
const server = createServer({
  originWhitelist: ["http://127.0.0.1:8700"],
  requireHeader: ["origin"],
  removeHeaders: ["cookie", "cookie2"],
  // A cluster's certificate is its own.
  httpProxyOptions: { secure: false },
});
server.listen(0, "127.0.0.1", () => console.log(JSON.stringify({ port: server.address().port })));
process.stdin.on("end", () => process.exit()).resume();
