// The trees that the edge reads itself: when they come late, and when they are too large.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { platform, startPlatform, startRemembering, teams, uuid } from "../support/memory.mjs";
import { until } from "../support/processes.mjs";
import { send } from "../support/request.mjs";

const TENANTS = 20;
/** A group with a distributor, a reseller and its tenants; each tree begins below a connection. */
const NODES = 1 + 1 + 1 + 1 + TENANTS;
const GOOD_SECONDS = 4;

describe("a platform's tree", () => {
  let upstream, edge, isHeld = false;
  const held = [];

  const distributors = () => [{
    name: "Distributor", uuid: uuid(2), ...teams(9, 1),
    resellers: [{
      name: "Reseller", uuid: uuid(3), ...teams(9, 1),
      tenants: Array.from({ length: TENANTS }, (_, tenant) => ({
        name: `Tenant ${tenant}`, uuid: uuid(10 + tenant), ...teams(9, 1), subscriptions: [],
      })),
    }],
  }];
  const settings = (draas) => {
    const usual = platform(upstream.url);
    return { ...usual, methods: ["GET"], paths: ["/api/v01/"], draas: { ...usual.draas, ...draas } };
  };

  before(async () => {
    upstream = await startPlatform(distributors, (answer) => (isHeld ? held.push(answer) : answer()));
    edge = await startRemembering({
      upstreams: {
        slow: settings({ tree_seconds: GOOD_SECONDS }),
        fits: settings({ most_nodes: NODES }),
        large: settings({ most_nodes: NODES - 1 }),
      },
    });
  });
  after(async () => {
    await Promise.all([edge?.stop(), upstream?.stop()]);
  });

  const estate = (name) => edge.ask(`estate?upstream=${name}`, `upstream:${name}`);

  test("that does not come is not waited for by those whom the former one knows", async () => {
    assert.equal((await estate("slow")).status, 200);
    isHeld = true;
    const asked = [];
    await until("a new reading", () => {
      asked.push(estate("slow"));
      return held.length > 0;
    });
    // It hangs: whoever began it waits, and nobody else.
    const reply = await estate("slow");
    assert.equal(reply.status, 200, reply.text);
    assert.equal(reply.json().count, NODES - 1);
    const node = await edge.ask(`node/tenant:${uuid(10)}?upstream=slow`, "upstream:slow");
    assert.equal(node.json().name, "Tenant 0");
    assert.equal(held.length, 1);
    isHeld = false;
    held.pop()();
    for (const waited of await Promise.all(asked)) assert.equal(waited.status, 200, waited.text);
  });

  test("that has more nodes than are set is refused as unreadable, and the log says so", async () => {
    const fits = await estate("fits");
    assert.equal(fits.json().count, NODES - 1, fits.text);
    const large = await estate("large");
    assert.equal(large.status, 502);
    assert.equal(large.json().type, "urn:seatree:edge:scope-unknown");
    const [line] = await until("the reason", () => {
      const lines = edge.printedLines().filter(({ upstream: name, what }) => name === "large" && what === "tree");
      return lines.length > 0 && lines;
    });
    assert.match(line.why, /^too-large$/);
  });

  test("that is too large for it makes no snapshot", async () => {
    const settled = settings({ most_nodes: NODES - 1 });
    const other = await startRemembering({ upstreams: { large: { ...settled, memory: { every_seconds: 1 } } } });
    try {
      await send(other.url, { path: "/ready" });
      const { count, failure } = await other.once("no snapshot", (account) => account.failure);
      assert.deepEqual([count, failure.problem], [0, "unreadable"]);
    } finally {
      await other.stop();
    }
  });
});
