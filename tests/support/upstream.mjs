// A tiny upstream whose every reply a test decides.
import http from "node:http";

/** Starts a server on a free port; `answer(request, response)` is called for each request. */
export async function startUpstream(answer) {
  const server = http.createServer(answer);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
