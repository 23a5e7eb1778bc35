// Bodies pass through the edge while they arrive, at any size.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import http from "node:http";
import { after, before, describe, test } from "node:test";
import { startEdge } from "../support/edge.mjs";
import { open } from "../support/request.mjs";
import { startSandbox } from "../support/sandbox.mjs";
import { startUpstream } from "../support/upstream.mjs";

const PAGE = "http://127.0.0.1:8700";
const MEGABYTE = 1024 * 1024;
const chunk = randomBytes(MEGABYTE);
const CHUNKS = 30;
const expected = createHash("sha256");
for (let n = 0; n < CHUNKS; n += 1) expected.update(chunk);
const digest = expected.digest("hex");

/** A promise with its resolver. */
const signal = () => {
  let resolve;
  const promise = new Promise((done) => { resolve = done; });
  return { promise, resolve };
};

/** Writes all chunks but the first once `go` settles, waiting whenever the other side is slow. */
async function writeRest(stream, go) {
  await go;
  for (let n = 1; n < CHUNKS; n += 1) {
    if (!stream.write(chunk)) await new Promise((resolve) => stream.once("drain", resolve));
  }
  stream.end();
}

describe("bodies", () => {
  let edge, upstream, sandbox, answer;

  before(async () => {
    sandbox = await startSandbox(["--serve", "cucm"]);
    upstream = await startUpstream((request, response) => answer(request, response));
    edge = await startEdge({
      configuration: {
        origins: [PAGE],
        upstreams: {
          big: { address: upstream.url, methods: ["GET", "POST"], paths: ["/"], max_body: CHUNKS * MEGABYTE },
        },
      },
      authority: sandbox.certificate,
    });
  });
  after(async () => {
    await Promise.all([edge?.stop(), upstream?.stop(), sandbox?.stop()]);
  });

  test("a reply's first bytes reach the page before the upstream has the rest", async () => {
    const firstSeen = signal();
    answer = (_request, response) => {
      response.writeHead(200, { "content-type": "application/octet-stream" });
      response.write(chunk);
      // An edge that collects the body first would wait for ever, and so would this.
      writeRest(response, firstSeen.promise);
    };
    const reply = await open(edge.url, { path: "/to/big/", headers: { origin: PAGE } });
    const hash = createHash("sha256");
    for await (const data of reply) {
      firstSeen.resolve();
      hash.update(data);
    }
    assert.equal(hash.digest("hex"), digest);
  });

  test("a request's first bytes reach the upstream before the page has sent the rest", async () => {
    const firstSeen = signal();
    answer = async (request, response) => {
      const hash = createHash("sha256");
      for await (const data of request) {
        firstSeen.resolve();
        hash.update(data);
      }
      response.end(hash.digest("hex"));
    };
    const url = new URL(edge.url);
    const reply = await new Promise((resolve, reject) => {
      const request = http.request({
        host: url.hostname, port: url.port, path: "/to/big/", method: "POST",
        headers: { origin: PAGE, "content-length": CHUNKS * MEGABYTE },
      });
      request.once("error", reject).once("response", resolve);
      request.write(chunk);
      writeRest(request, firstSeen.promise);
    });
    let text = "";
    for await (const data of reply) text += data;
    assert.equal(text, digest);
  });

  test("a reply that breaks off does not look complete", async () => {
    answer = (_request, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("only this");
      response.socket.end();
    };
    await assert.rejects(async () => {
      const reply = await open(edge.url, { path: "/to/big/", headers: { origin: PAGE } });
      for await (const _ of reply);
    });
  });

  test("an upstream is done with a short reply that its client does not read", async () => {
    const done = signal();
    const body = randomBytes(128 * 1024);
    answer = (_request, response) => {
      response.writeHead(200, { "content-length": body.length }).end(body);
      response.once("finish", () => done.resolve("done"));
    };
    const reply = await open(edge.url, { path: "/to/big/", headers: { origin: PAGE } });
    const late = AbortSignal.timeout(20_000);
    const outcome = await Promise.race([done.promise, new Promise((resolve) => late.addEventListener("abort", resolve))]);
    assert.equal(outcome, "done");
    const received = [];
    for await (const data of reply) received.push(data);
    assert.deepEqual(Buffer.concat(received), body);
  });

  test("a compressed reply arrives as the upstream sent it", async () => {
    const { gzipSync, gunzipSync } = await import("node:zlib");
    const body = gzipSync("licenses ".repeat(1000));
    answer = (_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" });
      response.end(body);
    };
    const reply = await open(edge.url, { path: "/to/big/", headers: { origin: PAGE } });
    assert.equal(reply.headers["content-encoding"], "gzip");
    const received = [];
    for await (const data of reply) received.push(data);
    assert.equal(gunzipSync(Buffer.concat(received)).toString(), "licenses ".repeat(1000));
  });
});
