// How much, how often, how long, and what of AXL the edge lets through.
import assert from "node:assert/strict";
import http from "node:http";
import { after, before, describe, test } from "node:test";
import { startEdge } from "../support/edge.mjs";
import { open, send } from "../support/request.mjs";
import { startSandbox, truth } from "../support/sandbox.mjs";
import { until } from "../support/processes.mjs";
import { startUpstream } from "../support/upstream.mjs";

const PAGE = "http://127.0.0.1:8700";
const SOAP = 'xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"';
const AXL = 'xmlns:n="http://www.cisco.com/AXL/API/14.0"';

const envelope = (inside) => `<e:Envelope ${SOAP} ${AXL}><e:Body>${inside}</e:Body></e:Envelope>`;
const calling = (operation, children = "") => envelope(`<n:${operation}>${children}</n:${operation}>`);

const refused = (reply, slug, status) => {
  assert.equal(reply.headers["content-type"], "application/problem+json", reply.text);
  assert.equal(reply.json().type, `urn:seatree:edge:${slug}`, reply.text);
  assert.equal(reply.status, status);
  assert.equal(reply.headers["access-control-allow-origin"], PAGE);
};

describe("limits", () => {
  let edge, upstream, sandbox, answer;
  let arrived = [];

  before(async () => {
    sandbox = await startSandbox(["--serve", "cucm"]);
    upstream = await startUpstream((request, response) => {
      arrived.push(request.url);
      answer(request, response);
    });
    const rules = { address: upstream.url, methods: ["GET", "POST"], paths: ["/"] };
    edge = await startEdge({
      configuration: {
        origins: [PAGE],
        client_header: "x-test-client",
        upstreams: {
          cucm: {
            address: sandbox.cucm, methods: ["GET", "POST"], paths: ["/axl/"],
            operations: ["get*", "list*", "executeSQLQuery"],
          },
          axl: { ...rules, operations: ["get*", "list*", "executeSQLQuery"], time_limit: 2 },
          two: { ...rules, operations: ["*"], lists: 2 },
          shut: { ...rules, operations: [] },
          admin: { ...rules, operations: ["*"] },
          unlisted: rules,
          counted: { ...rules, rate: { requests: 3, seconds: 600 } },
          slow: { ...rules, time_limit: 1, total_limit: 2, max_body: 1000 },
        },
      },
      authority: sandbox.certificate,
    });
  });
  after(async () => {
    await Promise.all([edge?.stop(), upstream?.stop(), sandbox?.stop()]);
  });

  const axl = (upstreamName, body, headers = {}) => {
    arrived = [];
    return send(edge.url, {
      method: "POST", path: `/to/${upstreamName}/axl/`, body,
      headers: { origin: PAGE, "content-type": "text/xml; charset=utf-8", ...headers },
    });
  };

  describe("operations of AXL", () => {
    const authorization = () => {
      const { username, password } = truth().sign_in.cucm;
      return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
    };

    test("reading reaches the cluster, and its reply comes back", async () => {
      const headers = { authorization: authorization(), soapaction: '"CUCM:DB ver=14.0 getCCMVersion"' };
      const reply = await axl("cucm", calling("getCCMVersion"), headers);
      assert.equal(reply.status, 200, reply.text);
      assert.match(reply.text, /getCCMVersionResponse/);
    });

    test("a list reaches the cluster again and again, one after the other", async () => {
      const list = calling("listLicensedUser", "<searchCriteria><userId>%</userId></searchCriteria><returnedTags><userId/></returnedTags><skip>0</skip><first>5</first>");
      const headers = { authorization: authorization(), soapaction: '"CUCM:DB ver=14.0 listLicensedUser"' };
      const replies = await Promise.all([1, 2, 3].map(() => axl("cucm", list, headers)));
      assert.deepEqual(replies.map((reply) => reply.status), [200, 200, 200], replies[0].text);
    });

    test("changing does not, even with the rights to", async () => {
      for (const operation of ["doUpdateLicenseUsage", "updateUser", "executeSQLUpdate", "removePhone", "addUser", "doLdapSync"]) {
        const reply = await axl("cucm", calling(operation), { authorization: authorization() });
        refused(reply, "operation-refused", 403);
        assert.match(reply.json().detail, new RegExp(operation));
      }
    });

    test("an empty list refuses all of them", async () => {
      refused(await axl("shut", calling("getUser")), "operation-refused", 403);
      assert.deepEqual(arrived, []);
    });

    const get = calling("getUser");
    const utf16 = Buffer.from(`\ufeff${get}`, "utf16le");
    for (const [name, body, headers] of [
      ["two operations", envelope("<n:getUser/><n:updateUser/>")],
      ["two bodies", `<e:Envelope ${SOAP} ${AXL}><e:Body><n:getUser/></e:Body><e:Body><n:updateUser/></e:Body></e:Envelope>`],
      ["two envelopes", get + calling("updateUser")],
      ["an operation in the header", `<e:Envelope ${SOAP} ${AXL}><e:Header><n:updateUser/></e:Header><e:Body><n:getUser/></e:Body></e:Envelope>`],
      ["an operation of another namespace", envelope('<getUser xmlns="urn:x"/>')],
      ["an operation of no namespace", envelope("<getUser/>")],
      ["a document type", `<!DOCTYPE x [<!ENTITY y "<n:updateUser/>">]>${envelope("&y;")}`],
      ["an entity of its own", envelope("<n:getUser>&y;</n:getUser>")],
      ["an external entity", `<!DOCTYPE x SYSTEM "http://evil.example/x.dtd">${get}`],
      ["a billion laughs", `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>${envelope("<n:getUser>&b;</n:getUser>")}`],
      ["UTF-16 by its declaration", `<?xml version="1.0" encoding="UTF-16"?>${get}`],
      ["UTF-16 by its bytes", utf16],
      ["UTF-7", `<?xml version="1.0" encoding="UTF-7"?>${get}`],
      ["UTF-16 by its media type", get, { "content-type": "text/xml; charset=utf-16" }],
      ["a multipart body", get, { "content-type": "multipart/related; boundary=x" }],
      ["no media type", get, { "content-type": "" }],
      ["a form", `x=${get}`, { "content-type": "application/x-www-form-urlencoded" }],
      ["a SOAPAction that says otherwise", get, { soapaction: "CUCM:DB ver=14.0 updateUser" }],
      ["a SOAPAction of another service", get, { soapaction: "urn:x" }],
      ["a processing instruction", `<?x y?>${get}`],
      ["elements that cross", envelope("<n:getUser><a></n:getUser></a>")],
      ["an envelope that never ends", get.slice(0, -12)],
      ["a name of other letters", envelope("<n:gеtUser/>")],
      ["an attribute twice", envelope('<n:getUser a="1" a="2"/>')],
      ["a thousand levels", calling("getUser", "<a>".repeat(1000) + "</a>".repeat(1000))],
      ["a statement that deletes", calling("executeSQLQuery", "<sql>delete from enduser</sql>")],
      ["a second statement", calling("executeSQLQuery", "<sql>select 1; delete from enduser</sql>")],
      ["two statements", calling("executeSQLQuery", "<sql>select 1</sql><sql>delete from enduser</sql>")],
      ["a statement in a comment's shadow", calling("executeSQLQuery", "<sql>{} delete from enduser</sql>")],
      ...[
        "select * from enduser into temp x", "select * from enduser INTO\nexternal x", "select 1into raw x from y",
        "select * from enduser for update", "select 'a\\' from x where b=' into temp x --'", "select 1 in/**/to temp x",
        "select * from table(execute procedure x())", "select 1 -- x",
      ].map((sql) => [`the statement ${sql}`, calling("executeSQLQuery", `<sql>${sql}</sql>`)]),
      ["JSON", '{"getUser":{}}'],
      ["nothing", ""],
    ]) {
      test(`${name} is no request for one listed operation`, async () => {
        refused(await axl("axl", body, headers), "operation-refused", 403);
        assert.deepEqual(arrived, [], "nothing may reach the upstream");
      });
    }

    test("a body that a GET brings along is read as well", async () => {
      arrived = [];
      const reply = await send(edge.url, {
        method: "POST", path: "/to/axl/axl/", headers: { origin: PAGE, "content-type": "text/xml", "content-length": 0 },
      });
      refused(reply, "operation-refused", 403);
      assert.deepEqual(arrived, []);
    });

    test("a body that does not arrive is not waited for", async () => {
      const { hostname, port } = new URL(edge.url);
      arrived = [];
      const reply = await new Promise((resolve, reject) => {
        const request = http.request({
          host: hostname, port, path: "/to/axl/axl/", method: "POST", agent: false,
          headers: { origin: PAGE, "content-type": "text/xml", "content-length": 1000 },
        });
        request.once("error", reject).once("response", resolve);
        request.write("<e:Envelope");
      });
      assert.equal(reply.statusCode, 408);
      reply.destroy();
      assert.deepEqual(arrived, []);
    });
  });

  describe("long lists", () => {
    /** An upstream that answers when told to, and knows how many it works on. */
    const held = () => {
      const waiting = [];
      answer = (request, response) => {
        request.resume();
        response.writeHead(200, { "content-type": "text/xml" });
        response.write("<begin/>");
        waiting.push(() => response.end("<end/>"));
      };
      return waiting;
    };
    const list = (name) => axl(name, calling("listUser"));

    test("reach the upstream one at a time", async () => {
      const waiting = held();
      const replies = [list("axl"), list("axl"), list("axl")];
      for (let n = 1; n <= 3; n += 1) {
        await until(`list ${n}`, () => waiting.length === n);
        // Another kind of request is not held up.
        const quick = open(edge.url, {
          method: "POST", path: "/to/axl/axl/", body: calling("getUser"),
          headers: { origin: PAGE, "content-type": "text/xml" },
        });
        (await quick).destroy();
        await until("the quick one", () => waiting.length === n + 1);
        waiting.pop();
        waiting[n - 1]();
      }
      for (const reply of await Promise.all(replies)) assert.equal(reply.text, "<begin/><end/>");
    });

    test("of one server take turns under whatever name it is asked, and where no operations are listed", async () => {
      const waiting = held();
      const lists = [list("axl"), list("admin"), list("unlisted"), axl("unlisted", "what is this")];
      for (let n = 1; n <= lists.length; n += 1) {
        await until(`list ${n}`, () => waiting.length === n);
        const quick = open(edge.url, {
          method: "POST", path: "/to/unlisted/axl/", body: calling("getUser"),
          headers: { origin: PAGE, "content-type": "text/xml" },
        });
        (await quick).destroy();
        await until("the quick one", () => waiting.length === n + 1);
        waiting.pop();
        waiting[n - 1]();
      }
      for (const reply of await Promise.all(lists)) assert.equal(reply.text, "<begin/><end/>");
    });

    test("reach it two at a time where that is set", async () => {
      const waiting = held();
      const replies = [list("two"), list("two"), list("two")];
      await until("two lists", () => waiting.length === 2);
      waiting[0]();
      await until("the third", () => waiting.length === 3);
      waiting.slice(1).forEach((end) => end());
      await Promise.all(replies);
    });

    test("that nobody reads any more count until the upstream is done with them", async () => {
      const waiting = held();
      const gone = await open(edge.url, {
        method: "POST", path: "/to/axl/axl/", body: calling("listUser"),
        headers: { origin: PAGE, "content-type": "text/xml" },
      });
      gone.destroy();
      const next = list("axl");
      // Asked later and answered sooner: by then the list would have arrived if it could.
      const quick = axl("axl", calling("getUser"));
      await until("the quick one", () => waiting.length === 2);
      waiting.pop()();
      await quick;
      assert.equal(waiting.length, 1);
      waiting[0]();
      await until("the next list", () => waiting.length === 2);
      waiting[1]();
      assert.equal((await next).text, "<begin/><end/>");
    });

    test("that fail hold nobody up", async () => {
      answer = (request) => request.socket.destroy();
      assert.equal((await list("axl")).status, 502);
      answer = (_request, response) => response.end("<x/>");
      assert.equal((await list("axl")).status, 200);
    });
  });

  describe("rates", () => {
    const ask = (client) => {
      arrived = [];
      answer = (_request, response) => response.end("through");
      return send(edge.url, { path: "/to/counted/x", headers: { origin: PAGE, ...(client && { "x-test-client": client }) } });
    };

    test("who asks too often is told when to come back, and others are not held up", async () => {
      for (let n = 0; n < 3; n += 1) assert.equal((await ask("10.0.0.1")).status, 200);
      const reply = await ask("10.0.0.1");
      refused(reply, "rate-limited", 429);
      assert.deepEqual(arrived, []);
      assert.ok(Number(reply.headers["retry-after"]) > 100, reply.headers["retry-after"]);
      assert.equal(reply.headers["access-control-expose-headers"], "ETag, Retry-After, X-Request-Id");
      assert.equal((await ask("10.0.0.2")).status, 200);
    });

    test("clients that are not told apart share one", async () => {
      for (let n = 0; n < 3; n += 1) assert.equal((await ask()).status, 200);
      refused(await ask(), "rate-limited", 429);
      refused(await ask("x".repeat(1000)), "rate-limited", 429);
      refused(await ask("10.0.0.7, 10.0.0.8"), "rate-limited", 429);
    });

    test("a network of IPv6 is one client, and IPv4 is itself however it is written", async () => {
      for (let n = 0; n < 3; n += 1) assert.equal((await ask(`2001:db8:1:2::${n}`)).status, 200);
      for (let n = 3; n < 30; n += 1) refused(await ask(`2001:db8:1:2:${n}::1`), "rate-limited", 429);
      assert.equal((await ask("2001:db8:1:3::1")).status, 200);
      for (const address of ["10.1.2.3", "::ffff:10.1.2.3", "10.1.2.3:4711"]) assert.equal((await ask(address)).status, 200);
      refused(await ask("::ffff:a01:203"), "rate-limited", 429);
    });
  });

  describe("time", () => {
    const ask = () => open(edge.url, { path: "/to/slow/x", headers: { origin: PAGE } });
    const text = async (reply) => {
      let all = "";
      for await (const data of reply) all += data;
      return all;
    };

    test("an upstream that does not begin to answer is given up", async () => {
      answer = () => {};
      const reply = await send(edge.url, { path: "/to/slow/x", headers: { origin: PAGE } });
      refused(reply, "upstream-timeout", 504);
      assert.match(reply.json().detail, /1 seconds/);
    });

    test("a reply that does not end is cut off and does not look complete", async () => {
      answer = (_request, response) => {
        response.writeHead(200);
        response.write("beginning");
      };
      const reply = await ask();
      assert.equal(reply.statusCode, 200);
      await assert.rejects(text(reply));
    });

    test("a long reply is cut off even if it announced its length", async () => {
      answer = (_request, response) => {
        response.writeHead(200, { "content-length": 1_000_000 });
        response.write("beginning");
      };
      await assert.rejects(text(await ask()));
    });

    test("a reply that begins late and ends soon enough is whole", async () => {
      answer = (_request, response) => {
        response.writeHead(200);
        response.write("one ");
        setTimeout(() => response.end("two"), 1300);
      };
      assert.equal(await text(await ask()), "one two");
    });

    test("a request whose body is slow is given up as well", async () => {
      const { hostname, port } = new URL(edge.url);
      answer = (request, response) => request.on("end", () => response.end("all")).resume();
      const reply = await new Promise((resolve, reject) => {
        const request = http.request({
          host: hostname, port, path: "/to/slow/x", method: "POST", agent: false,
          headers: { origin: PAGE, "content-length": 1000 },
        });
        request.once("error", reject).once("response", resolve);
        request.write("slowly");
      });
      assert.equal(reply.statusCode, 504);
      reply.destroy();
    });
  });
});
