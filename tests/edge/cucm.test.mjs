// The edge in front of a CUCM: what passes, and that its private certificate is what counts.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { startEdge } from "../support/edge.mjs";
import { send } from "../support/request.mjs";
import { startSandbox, truth } from "../support/sandbox.mjs";

const PAGE = "http://127.0.0.1:8700";
const AXL = { methods: ["GET", "POST"], paths: ["/axl/"] };

const envelope = (version, operation) => `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ns="http://www.cisco.com/AXL/API/${version}">
<soapenv:Header/><soapenv:Body><ns:${operation}/></soapenv:Body></soapenv:Envelope>`;

describe("the edge in front of a CUCM", () => {
  let edge, sandbox, stranger, signIn;

  before(async () => {
    signIn = truth().sign_in.cucm;
    [sandbox, stranger] = await Promise.all([
      startSandbox(["--serve", "cucm"]),
      startSandbox(["--serve", "cucm"]),
    ]);
    edge = await startEdge({
      configuration: {
        origins: [PAGE],
        upstreams: {
          cucm: { address: sandbox.cucm, ...AXL },
          stranger: { address: stranger.cucm, ...AXL },
        },
      },
      authority: sandbox.certificate,
    });
  });
  after(async () => {
    await Promise.all([edge?.stop(), sandbox?.stop(), stranger?.stop()]);
  });

  const axl = (upstream, { version = "12.5", password = signIn.password } = {}) => send(edge.url, {
    method: "POST",
    path: `/to/${upstream}/axl/`,
    headers: {
      origin: PAGE,
      authorization: `Basic ${Buffer.from(`${signIn.username}:${password}`).toString("base64")}`,
      "content-type": "text/xml; charset=utf-8",
      soapaction: `"CUCM:DB ver=${version} getCCMVersion"`,
    },
    body: envelope(version, "getCCMVersion"),
  });

  const readable = (reply) => {
    assert.equal(reply.headers["access-control-allow-origin"], PAGE);
    assert.match(reply.headers.vary, /Origin/);
    assert.equal(reply.headers["cache-control"], "no-store");
  };

  test("relays an AXL request with its sign-in, over a certificate of a private authority", async () => {
    const reply = await axl("cucm");
    assert.equal(reply.status, 200, reply.text);
    assert.match(reply.text, /getCCMVersionResponse/);
    readable(reply);
  });

  test("hands back no session cookie", async () => {
    assert.equal((await axl("cucm")).headers["set-cookie"], undefined);
  });

  test("relays 401 as CUCM's page, without the prompt a browser would open", async () => {
    const reply = await axl("cucm", { password: "wrong" });
    assert.equal(reply.status, 401);
    assert.match(reply.text, /<html/i);
    assert.equal(reply.headers["www-authenticate"], undefined);
    readable(reply);
  });

  test("relays 599, a status of CUCM's own, with the versions its page names", async () => {
    const reply = await axl("cucm", { version: "3.0" });
    assert.equal(reply.status, 599, reply.text);
    assert.match(reply.text, /Supported axl versions are/i);
    readable(reply);
  });

  test("says so when it does not trust a certificate", async () => {
    const reply = await axl("stranger");
    assert.equal(reply.status, 502);
    assert.equal(reply.headers["content-type"], "application/problem+json");
    assert.equal(reply.json().type, "urn:seatree:edge:upstream-certificate");
    assert.match(reply.json().detail, /"stranger"/);
    assert.ok(!reply.text.includes("127.0.0.1"), reply.text);
    readable(reply);
  });

  test("says nothing of the sign-in in what it prints", async () => {
    await axl("stranger");
    const secret = Buffer.from(`${signIn.username}:${signIn.password}`).toString("base64");
    assert.ok(!edge.printed().includes(secret) && !edge.printed().includes(signIn.password));
  });
});
