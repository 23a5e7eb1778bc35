// The bench's page: holds a reply as the network gave it, and lets one contestant decode it.
import { seatreeTree, seatreeUsers, startSeatree } from "./seatree.mjs";
import { arena, nodes, parsed } from "./json.mjs";
import { domParser, fastXmlParser } from "./xml.mjs";

const DECODERS = {
  "tree/seatree": seatreeTree,
  "tree/JSON.parse": parsed,
  "tree/JSON.parse+objects": nodes,
  "tree/JSON.parse+arena": arena,
  "users/seatree": seatreeUsers,
  "users/DOMParser": domParser,
  "users/fast-xml-parser": fastXmlParser,
};

let bytes;
let pieces;
// What was decoded last stays referenced, so that it counts as held.
let held;

/** Fetches a reply, and holds it whole and in pieces as a stream would give it. */
async function load(url, pieceSize) {
  bytes = new Uint8Array(await (await fetch(url)).arrayBuffer());
  pieces = [];
  for (let at = 0; at < bytes.length; at += pieceSize) {
    pieces.push(bytes.subarray(at, at + pieceSize));
  }
  await startSeatree();
}

/**
 * One decode. `ms` is all of it from bytes on, `textMs` the part that made a text of the bytes.
 * A decoder gives what it built and how to look at that, which is not timed.
 */
function decode(name) {
  held = undefined;
  const decoder = DECODERS[name];
  const start = performance.now();
  const { textMs, look } = decoder({ bytes, pieces });
  const ms = performance.now() - start;
  held = look;
  return { ms, textMs: textMs ?? 0, ...look() };
}

globalThis.bench = { load, decode };
