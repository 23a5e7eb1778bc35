// The whole of Seatree as an operator runs it: upstreams, edge, and a static host with the page.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { startEdge } from "./edge.mjs";
import { temporaryFolder } from "./folder.mjs";
import { fromEnvironment, together } from "./processes.mjs";
import { startSandbox, truth } from "./sandbox.mjs";

/**
 * Starts three upstreams, each a process of its own so that one can be stopped, the edge, and a
 * static host with the page, whose `seatree.json` leads to all of them. With `liveRoute` "edge"
 * the Live Platform sends no CORS headers and is reached as the CUCM is. Each release makes a
 * cluster; the first is "CUCM Berlin", the others are named after their release.
 */
export async function startSeatree({ sandbox = [], liveRoute = "direct", releases = ["14.0"] } = {}) {
  // First of all, since everything else wants to know where the page comes from.
  const site = await startSite();
  const { origin } = site;
  const clusters = ["--cucm-version", releases.join(",")];
  const served = truth([...sandbox, ...clusters]);
  const upstream = (name, ...more) =>
    startSandbox(["--serve", name, "--origin", origin, ...sandbox, ...more]);
  const [draas, live, cucm] = await together([
    upstream("draas"),
    upstream("live-platform", "--live-cors", liveRoute === "edge" ? "off" : "on"),
    upstream("cucm", ...clusters),
  ]);
  const addresses = {
    draas: draas.draas, live: live["live-platform"], cucm: cucm.cucm,
    more: releases.slice(1).map((release, at) => ({ release, address: cucm[`cucm-${at + 2}`] })),
  };
  const edge = await startEdge({
    configuration: edgeConfiguration(origin, addresses), authority: cucm.certificate,
  });
  await site.configure(settingsFor(served, addresses, edge.url, liveRoute));
  return {
    url: site.url, truth: served, addresses, draas, edge,
    async stop() {
      await Promise.all([site, draas, live, cucm, edge].map((part) => part.stop()));
    },
  };
}

/**
 * A static host with the page, which has no `seatree.json` until it is given one. Pages of the origins
 * `framedBy` may show its elements in a frame.
 */
export async function startSite({ framedBy = [] } = {}) {
  const folder = await temporaryFolder();
  const file = join(folder.path, "seatree.json");
  const { site: origin, stop } = await startSandbox([
    "--serve", "site", "--site", fromEnvironment("SEATREE_SITE"), "--site-config", file,
    ...framedBy.flatMap((origin) => ["--site-framed-by", origin]),
  ]);
  return {
    origin,
    url: `${origin}/`,
    /** An object, or text to try a broken one. */
    configure: (settings) =>
      writeFile(file, typeof settings === "string" ? settings : JSON.stringify(settings)),
    async stop() {
      await stop();
      await folder.remove();
    },
  };
}

/** What an edge for a page of this origin lets through. */
export function edgeConfiguration(origin, { live, cucm, more = [] }) {
  const cluster = (address) => ({ address, methods: ["GET", "POST"], paths: ["/axl/"] });
  return {
    origins: [origin],
    upstreams: {
      cucm: cluster(cucm),
      ...Object.fromEntries(more.map((one, at) => [`cucm-${at + 2}`, cluster(one.address)])),
      live: { address: live, methods: ["GET"], paths: ["/tenantui/api/"] },
    },
  };
}

function settingsFor(served, addresses, edge, liveRoute) {
  const direct = { style: "direct" };
  const through = (upstream) => ({ style: "edge", address: edge, upstream });
  const { draas, live_platform: live, cucm } = served.sign_in;
  return {
    version: 1,
    connections: [
      {
        id: "netaxis", name: "Netaxis DRaaS", kind: "draas", address: addresses.draas,
        instance: served.draas.instance, prefix: served.draas.prefix,
        entity: { level: "group", uuid: served.draas.group.uuid }, route: direct,
      },
      {
        id: "live", name: "Live Platform", kind: "live-platform",
        address: `${addresses.live}/tenantui`,
        route: liveRoute === "edge" ? through("live") : direct,
      },
      { id: "cucm", name: "CUCM Berlin", kind: "cucm", address: addresses.cucm, route: through("cucm") },
      ...addresses.more.map(({ release, address }, at) => ({
        id: `cucm-${at + 2}`, name: `CUCM ${release}`, kind: "cucm", address,
        route: through(`cucm-${at + 2}`),
      })),
    ],
    demo: {
      netaxis: { username: draas.username, password: draas.password },
      live: { token: live.token },
      ...Object.fromEntries(["cucm", ...addresses.more.map((_, at) => `cucm-${at + 2}`)]
        .map((id) => [id, { username: cucm.username, password: cucm.password }])),
    },
  };
}
