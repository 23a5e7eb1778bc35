// Changes of limits and the tree that the edge keeps: no figure of before is told after, and changes
// do not have the tree read over and over.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { send } from "../support/request.mjs";
import { misbehave, startSandbox, truth } from "../support/sandbox.mjs";
import { startForVisitors } from "../support/visitors.mjs";

const PAGE = "http://127.0.0.1:8700";
const ESTATE = ["--size", "200"];
/** So many seconds apart changes have the tree read. */
const BETWEEN = 5;
const CHANGES = 20;

describe("changes of limits", () => {
  let edge, sandbox, known, readings;

  before(async () => {
    known = truth(ESTATE);
    sandbox = await startSandbox([...ESTATE, "--serve", "draas"]);
    edge = await startForVisitors({
      page: PAGE, known, sandbox,
      upstream: { methods: ["GET", "PUT"], paths: ["/api/v01/draas/"], credentials: { kind: "token", token: { secret: "TOKEN" } } },
      secrets: { TOKEN: known.sign_in.draas.machine_token },
    });
    // Counts the requests for the whole tree, and lets them all through.
    const { matched } = await misbehave(sandbox.draas, { method: "GET", path_contains: "/groups/", skip: 1_000_000, latency_ms: 0 });
    readings = matched;
  });
  after(async () => {
    await Promise.all([edge?.stop(), sandbox?.stop()]);
  });

  const subscription = () => known.draas.samples.subscription;
  const node = () => `subscription:${subscription().tenant_uuid}:${subscription().id}`;
  const authorization = () => edge.bearer({ scope: `tenant:${subscription().tenant_uuid}`, permissions: ["read", "limits:write"] });
  const put = (path, body) => send(edge.url, {
    method: "PUT", path, body: JSON.stringify(body),
    headers: { origin: PAGE, authorization: authorization(), "content-type": "application/json" },
  });
  const byGateway = (assigned) => {
    const { tenant_uuid: tenant, id } = subscription();
    return put(`/to/draas/api/v01/draas/${known.draas.instance}/tenants/${tenant}/subscriptions/${id}/licenses`, { msTeamsUsers: { assigned } });
  };
  const byApi = (assigned) => put("/api/v1/limits", { node: node(), limits: { msTeamsUsers: assigned } });
  const told = async () => {
    const reply = await send(edge.url, { path: "/api/v1/estate", headers: { authorization: authorization() } });
    assert.equal(reply.status, 200, reply.text);
    return reply.json().nodes.find(({ id }) => id === node()).licenses.msTeamsUsers.assigned;
  };

  for (const [way, change] of [["the gateway", byGateway], ["the API", byApi]]) {
    test(`through ${way} are in the estate that is asked for afterwards`, async () => {
      for (const assigned of [6001, 6002]) {
        const before = await told();
        assert.notEqual(before, assigned);
        const reply = await change(assigned);
        assert.equal(reply.status, 200, reply.text);
        assert.equal(await told(), assigned);
      }
      await change(6000);
    });
  }

  test("in great number have the tree read a few times only, and each is seen by who asks after it", async () => {
    await told();
    const [begun, before] = [Date.now(), await readings()];
    const asked = [];
    for (let number = 1; number <= CHANGES; number += 1) {
      const reply = await (number % 2 ? byApi : byGateway)(7000 + number);
      assert.equal(reply.status, 200, reply.text);
      asked.push(told());
    }
    const figures = await Promise.all(asked);
    const [seconds, read] = [(Date.now() - begun) / 1000, (await readings()) - before];
    figures.forEach((figure, at) => assert.ok(figure >= 7001 + at, `${figure} after ${7001 + at}`));
    assert.equal(figures.at(-1), 7000 + CHANGES);
    assert.ok(read <= 2 + seconds / BETWEEN, `${read} readings in ${seconds} s`);
    assert.ok(read < CHANGES / 2, `${read} readings`);
  });
});
