// What the edge lets through and what it refuses, request by request.
import assert from "node:assert/strict";
import net from "node:net";
import { after, before, describe, test } from "node:test";
import { startEdge } from "../support/edge.mjs";
import { closedPort } from "../support/ports.mjs";
import { until } from "../support/processes.mjs";
import { send } from "../support/request.mjs";
import { startSandbox } from "../support/sandbox.mjs";
import { startUpstream } from "../support/upstream.mjs";

const PAGE = "http://127.0.0.1:8700";
const SECRET = "Basic aHVudGVyMjpodW50ZXIy";

describe("the edge's rules", () => {
  let edge, upstream, sandbox, authority;
  /** What reached the upstream since the test began. */
  let arrived = [];

  before(async () => {
    sandbox = await startSandbox(["--serve", "cucm"]);
    authority = sandbox.certificate;
    upstream = await startUpstream((request, response) => {
      const one = { method: request.method, url: request.url, headers: request.headers, body: "" };
      arrived.push(one);
      request.on("data", (data) => { one.body += data; });
      if (request.url === "/axl/moved") {
        response.writeHead(302, { location: "https://elsewhere.example/login?token=hunter2" });
        return response.end();
      }
      if (request.url.startsWith("/axl/status/")) {
        response.writeHead(Number(request.url.split("/").pop()), { "content-type": "text/plain" });
        return response.end("odd");
      }
      if (request.url === "/axl/forbidden") {
        response.writeHead(403, { "content-type": "text/html" });
        return response.end("<html>Forbidden</html>");
      }
      response.writeHead(200, {
        "content-type": "text/plain", "retry-after": "7", "set-cookie": "session=1",
        "access-control-allow-origin": "*", "access-control-allow-credentials": "true",
        "strict-transport-security": "max-age=1", "x-powered-by": "x",
      });
      response.end("through");
    });
    const rules = { methods: ["GET", "POST"], paths: ["/axl/", "/version"], max_body: 100 };
    edge = await startEdge({
      configuration: {
        origins: [PAGE],
        upstreams: {
          cucm: { address: upstream.url, ...rules },
          down: { address: `http://127.0.0.1:${await closedPort()}`, ...rules },
          shut: { address: upstream.url },
        },
      },
      authority,
    });
  });
  after(async () => {
    await Promise.all([edge?.stop(), upstream?.stop(), sandbox?.stop()]);
  });

  const ask = (path, { origin = PAGE, ...rest } = {}) => {
    arrived = [];
    const headers = { ...(origin && { origin }), authorization: SECRET, ...rest.headers };
    return send(edge.url, { ...rest, path, headers });
  };

  const refused = (reply, slug, status) => {
    assert.equal(reply.headers["content-type"], "application/problem+json", reply.text);
    assert.equal(reply.json().type, `urn:seatree:edge:${slug}`);
    assert.equal(reply.status, status);
    assert.equal(reply.json().status, status);
    assert.ok(reply.json().detail.length > 20);
    assert.deepEqual(arrived, [], "nothing may reach the upstream");
  };

  test("its health is open to all and names its version", async () => {
    const reply = await send(`${edge.url}/health`);
    assert.equal(reply.status, 200);
    assert.equal(reply.json().status, "ok");
    assert.match(reply.json().version, /^\d+\.\d+\.\d+/);
  });

  test("a listed request arrives with listed headers and nothing else of the browser's", async () => {
    const reply = await ask("/to/cucm/axl/?a=b", {
      method: "POST",
      body: "<x/>",
      headers: {
        "content-type": "text/xml", soapaction: "x", cookie: "a=b", referer: `${PAGE}/x`,
        "x-forwarded-for": "10.0.0.1", via: "1.1 x", "cf-connecting-ip": "10.0.0.1", "x-other": "x",
      },
    });
    assert.equal(reply.status, 200);
    assert.equal(reply.text, "through");
    const [{ url, headers }] = arrived;
    assert.equal(url, "/axl/?a=b");
    assert.equal(headers.authorization, SECRET);
    assert.equal(headers.soapaction, "x");
    for (const name of ["cookie", "referer", "origin", "x-forwarded-for", "via", "cf-connecting-ip", "x-other"]) {
      assert.equal(headers[name], undefined, name);
    }
  });

  test("a reply comes back readable by the page, without what speaks for the upstream's host", async () => {
    const { headers } = await ask("/to/cucm/axl/");
    assert.equal(headers["access-control-allow-origin"], PAGE);
    assert.equal(headers["access-control-expose-headers"], "ETag, Retry-After, X-Request-Id");
    assert.equal(headers["retry-after"], "7");
    assert.equal(headers["cache-control"], "no-store");
    for (const name of ["set-cookie", "access-control-allow-credentials", "strict-transport-security", "x-powered-by"]) {
      assert.equal(headers[name], undefined, name);
    }
  });

  test("an upstream's own 403 page passes as it is", async () => {
    const reply = await ask("/to/cucm/axl/forbidden");
    assert.equal(reply.status, 403);
    assert.equal(reply.text, "<html>Forbidden</html>");
    assert.equal(reply.headers["access-control-allow-origin"], PAGE);
  });

  describe("preflight", () => {
    const preflight = (path, method, origin = PAGE) => ask(path, {
      method: "OPTIONS",
      origin,
      headers: {
        "access-control-request-method": method,
        "access-control-request-headers": "authorization,content-type,soapaction",
      },
    });

    test("is answered here, with the upstream's lists", async () => {
      const { status, headers } = await preflight("/to/cucm/axl/", "POST");
      assert.equal(status, 204);
      assert.equal(headers["access-control-allow-origin"], PAGE);
      assert.equal(headers["access-control-allow-methods"], "GET, POST");
      for (const name of ["authorization", "content-type", "soapaction"]) {
        assert.ok(headers["access-control-allow-headers"].split(", ").includes(name), name);
      }
      assert.equal(headers["access-control-allow-credentials"], undefined);
      assert.deepEqual(arrived, []);
    });

    test("is refused to other origins, and for other methods, paths and upstreams", async () => {
      refused(await preflight("/to/cucm/axl/", "POST", "https://evil.example"), "origin-refused", 403);
      refused(await preflight("/to/cucm/axl/", "DELETE"), "method-refused", 405);
      refused(await preflight("/to/cucm/ccmadmin/", "POST"), "path-refused", 403);
      refused(await preflight("/to/unity/axl/", "POST"), "unknown-upstream", 404);
    });
  });

  for (const origin of ["https://evil.example", `${PAGE}.evil.example`, "http://127.0.0.1:87000", "null", ""]) {
    test(`origin ${JSON.stringify(origin)} is refused and may not even read why`, async () => {
      const reply = await ask("/to/cucm/axl/", { origin });
      refused(reply, "origin-refused", 403);
      assert.equal(reply.headers["access-control-allow-origin"], undefined);
    });
  }

  test("methods that are not listed are refused, with those that are", async () => {
    for (const method of ["PUT", "DELETE", "PATCH", "HEAD"]) {
      const reply = await ask("/to/cucm/axl/", { method });
      assert.equal(reply.status, 405, method);
      assert.equal(reply.headers.allow, "GET, POST");
      assert.deepEqual(arrived, []);
    }
    refused(await ask("/to/cucm/axl/", { method: "PUT" }), "method-refused", 405);
  });

  test("paths that are not listed are refused, a missing slash included", async () => {
    for (const path of ["/", "/axl", "/AXL/", "/versions", "/ccmadmin/", "/axlx/"]) {
      refused(await ask(`/to/cucm${path}`), "path-refused", 403);
    }
    refused(await ask("/to/shut/"), "path-refused", 403);
  });

  test("a listed path without a slash matches whole segments", async () => {
    assert.equal((await ask("/to/cucm/version")).status, 200);
    assert.equal((await ask("/to/cucm/version/x")).status, 200);
  });

  for (const path of [
    "/axl/../ccmadmin/", "/axl/..", "/axl/./x", "/axl/%2e%2e/ccmadmin/", "/axl/%2E%2E%2Fccmadmin", "/axl/.%2e/x",
    "/axl/%252e%252e/x", "/axl/..%2fx", "/axl/..%5cx", "/axl\\..\\ccmadmin", "/axl/\\..\\x", "/axl//x", "//axl/",
    "/axl/..;/ccmadmin/", "/axl/;x=y/../x", "/axl/%3b/x", "/axl/%00", "/axl/%0d%0aHost:x", "/axl/%", "/axl/%zz",
    "/axl/%c0%ae%c0%ae/ccmadmin/", "/axl/%c0%ae%c0%ae%c0%afccmadmin", "/axl/%C0%2E%C0%2E/x", "/axl/%e0%80%ae%e0%80%ae/x",
    "/axl/%f0%80%80%ae%f0%80%80%ae/x", "/axl/%fc%80%80%80%80%ae./x", "/axl/..%c0%afx", "/axl/..%c1%9cx", "/axl/%ff",
    "/axl/%ed%a0%80", "/axl/%ef%bc%8e%ef%bc%8e/x", "/axl/..%ef%bc%8fx", "/axl/..%ef%bc%bcx", "/axl/..%ef%bc%9b/x",
    "/axl/%e2%80%a4%e2%80%a4/x", "/axl/%e2%80%a5/x", "/axl/..%e2%81%84x", "/axl/..%e2%88%95x", "/axl/..%cd%be/x",
    "/axl/%c4%ae%c4%ae%c4%afx", "/axl/..%20/x", "/axl/.../x",
    "/axl/https://evil.example/", "/axl/@evil.example//", "/../axl/", "/%2e%2e/axl/", "/axl/{x}", "/axl/|",
  ]) {
    test(`the path ${path} is refused`, async () => {
      refused(await ask(`/to/cucm${path}`), "path-refused", 403);
    });
  }

  for (const path of [
    "/to/@evil.example/axl/", "/to/evil.example/axl/", "/to/CUCM/axl/", "/to/cucm%2faxl/", "/to/../cucm/axl/",
    "/to/%63ucm/axl/", "/to/https:/evil.example/axl/", "/to/constructor/axl/", "/to/__proto__/axl/",
    "/to/127.0.0.1/axl/", "/to/127.1/axl/", "/to/2130706433/axl/", "/to/0x7f000001/axl/", "/to/0177.0.0.1/axl/",
    "/to/[::1]/axl/", "/to/[::ffff:127.0.0.1]/axl/", "/to/localhost:22/axl/", "/to/169.254.169.254/axl/",
    "/to/cucm@169.254.169.254/axl/", "/to/cucm.evil.example/axl/", "/to/cucm%00/axl/", "/to/cucm;x/axl/",
  ]) {
    test(`no upstream is found by ${path}`, async () => {
      refused(await ask(path), "unknown-upstream", 404);
    });
  }

  for (const path of ["/", "/to", "/to/", "/to/cucm", "/to/cucm?/axl/", "/api/v2/estate", "/health/"]) {
    test(`there is nothing at ${path}`, async () => {
      refused(await ask(path), "not-found", 404);
    });
  }

  describe("a second request hidden in the first", () => {
    /** Bytes as they are, and all that comes back until the edge has nothing more to say. */
    const raw = (text) => new Promise((resolve, reject) => {
      arrived = [];
      const { hostname, port } = new URL(edge.url);
      const socket = net.connect(Number(port), hostname, () => socket.write(text));
      let all = "";
      socket.setTimeout(1500, () => { socket.destroy(); resolve(all); });
      socket.on("data", (data) => { all += data; }).once("error", reject).once("close", () => resolve(all));
    });
    const hidden = `GET /to/cucm/axl/hidden HTTP/1.1\r\nHost: x\r\nOrigin: ${PAGE}\r\n\r\n`;
    const head = (lines) => `POST /to/cucm/axl/ HTTP/1.1\r\nHost: edge\r\nOrigin: ${PAGE}\r\nContent-Type: text/xml\r\n${lines.join("\r\n")}\r\n\r\n`;

    for (const [name, lines, body] of [
      ["by two lengths of a body", ["Content-Length: 4", `Content-Length: ${4 + hidden.length}`], `<x/>${hidden}`],
      ["by a length and chunks", [`Content-Length: ${5 + hidden.length}`, "Transfer-Encoding: chunked"], `0\r\n\r\n${hidden}`],
      ["by chunks in another spelling", ["Content-Length: 4", "Transfer-Encoding: xchunked"], `<x/>${hidden}`],
      ["by chunks after a tab", ["Content-Length: 4", "Transfer-Encoding:\tchunked"], `0\r\n\r\n${hidden}`],
      ["by a folded header", ["X-Note: a", " Content-Length: 4"], hidden],
      ["by a blank before the colon", ["Content-Length : 4"], `<x/>${hidden}`],
      ["by a length with a sign", ["Content-Length: +4"], `<x/>${hidden}`],
      ["by a length in a list", ["Content-Length: 4, 4"], `<x/>${hidden}`],
    ]) {
      test(`${name} never reaches the upstream within one message`, async () => {
        await raw(`${head(lines)}${body}`);
        // What follows a message may be one of its own, judged by itself; none may have a body that
        // holds another, or lengths of which servers choose one.
        for (const { headers } of arrived) {
          assert.ok(!(headers["content-length"] && headers["transfer-encoding"]), JSON.stringify(headers));
          assert.ok(!/[^0-9]/.test(headers["content-length"] ?? "0"), headers["content-length"]);
        }
        assert.ok(arrived.every(({ body: text }) => !text.includes("hidden")), JSON.stringify(arrived));
      });
    }
  });

  test("an absolute request line chooses no other host", async () => {
    const reply = await ask("http://evil.example/to/cucm/axl/");
    assert.equal(reply.status, 200);
    assert.equal(arrived[0].headers.host, new URL(upstream.url).host);
  });

  test("a redirect is an error that names where to, without its query", async () => {
    const reply = await ask("/to/cucm/axl/moved");
    assert.equal(reply.status, 502);
    assert.equal(reply.json().type, "urn:seatree:edge:redirect-refused");
    assert.match(reply.json().detail, /elsewhere\.example/);
    assert.ok(!reply.text.includes("hunter2"));
    assert.equal(reply.headers.location, undefined);
    assert.equal(reply.headers["access-control-allow-origin"], PAGE);
    assert.equal(arrived.length, 1, "asked once, not followed");
  });

  // Without a body on the short way, with one to AXL on the long one.
  for (const [way, more] of [["short", {}], ["long", { method: "POST", body: "<x/>" }]]) {
    test(`a status that no reply can have is an error of the edge's own, on the ${way} way`, async () => {
      for (const status of [600, 777, 999, 304]) {
        const reply = await ask(`/to/cucm/axl/status/${status}`, more);
        assert.equal(reply.status, 502, `${status}: ${reply.text}`);
        assert.equal(reply.headers["content-type"], "application/problem+json");
        assert.equal(reply.json().type, "urn:seatree:edge:status-refused");
        assert.match(reply.json().detail, new RegExp(`"cucm" answered with status ${status},`));
        assert.doesNotMatch(reply.json().detail, /redirect/);
        assert.equal(reply.headers["access-control-allow-origin"], PAGE);
        assert.match(reply.headers["x-request-id"], /^[0-9a-f]{8}-/);
        assert.ok(!reply.text.includes("odd"), "nothing of the reply");
        assert.equal(arrived.length, 1);
        const line = edge.printed().split("\n").find((text) => text.includes(`"id":"${reply.headers["x-request-id"]}"`));
        assert.match(line, /"refusal":"status-refused".*"status":502/);
      }
      assert.doesNotMatch(edge.printed(), /RangeError|Uncaught/);
      assert.equal((await ask("/to/cucm/axl/status/599", more)).status, 599);
    });
  }

  test("a body over the limit is refused before any of it is sent on", async () => {
    const method = "POST";
    assert.equal((await ask("/to/cucm/axl/", { method, body: "x".repeat(100) })).status, 200);
    refused(await ask("/to/cucm/axl/", { method, body: "x".repeat(101) }), "body-too-large", 413);
  });

  test("a body of unannounced length is refused", async () => {
    const headers = { "transfer-encoding": "chunked" };
    refused(await ask("/to/cucm/axl/", { method: "POST", headers, body: undefined }), "body-too-large", 413);
  });

  test("an upstream that is down is told from one that is refused", async () => {
    const reply = await ask("/to/down/axl/");
    refused(reply, "upstream-unreachable", 502);
    assert.match(reply.json().detail, /"down"/);
    assert.ok(!reply.text.includes("127.0.0.1"), reply.text);
    assert.equal(reply.headers["access-control-allow-origin"], PAGE);
  });

  test("no refusal repeats what was sent", async () => {
    for (const path of ["/to/hunter2/axl/", "/to/cucm/hunter2/", "/to/down/axl/?token=hunter2"]) {
      assert.ok(!(await ask(path)).text.includes("hunter2"), path);
    }
    assert.ok(!edge.printed().includes("hunter2") && !edge.printed().includes(SECRET));
  });

  describe("a configuration", () => {
    const withConfiguration = async (configuration, check) => {
      const other = await startEdge({ configuration, authority });
      try {
        await check(await send(other.url, { path: "/to/cucm/axl/", headers: { origin: PAGE } }), other.printed);
      } finally {
        await other.stop();
      }
    };

    test("that is empty lets nothing through", async () => {
      await withConfiguration({}, (reply) => refused(reply, "origin-refused", 403));
    });

    test("that is wrong lets nothing through, tells anyone the setting and the log all of it", async () => {
      const wrong = { origins: [PAGE], upstreams: { cucm: { address: "http://canary.example/axl" } } };
      await withConfiguration(wrong, async (reply, printed) => {
        refused(reply, "misconfigured", 500);
        assert.match(reply.json().detail, /"upstreams\.\*\.address" is wrong\. .* log/);
        assert.ok(!/canary|cucm/.test(reply.text), reply.text);
        const id = reply.headers["x-request-id"];
        const line = await until("the line", () => printed().split("\n").find((one) => one.includes(id)));
        const { problem, ...told } = JSON.parse(line);
        assert.deepEqual(told, { at: "settings", id, field: "upstreams.cucm.address" });
        assert.ok(problem.length > 10, problem);
      });
      const unknown = { upstreams: { cucm: { address: upstream.url, "canary.example": [] } } };
      await withConfiguration(unknown, async (reply, printed) => {
        assert.match(reply.json().detail, /"upstreams\.\*\.\*" is wrong/);
        await until("the field", () => printed().includes("upstreams.cucm.canary.example"));
      });
      await withConfiguration("{", (reply) => refused(reply, "misconfigured", 500));
    });
  });
});
