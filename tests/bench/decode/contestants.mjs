// Who takes part, with what, and where. `seatree` is what is measured; the others are peers.
// `memory: "own"` counts its own allocations.

/** Where a contestant runs, and what it reads. */
export const CONTESTANTS = [
  { place: "native", kind: "tree", name: "seatree", memory: "own" },
  { place: "native", kind: "tree", name: "seatree-whole", memory: "own" },
  { place: "native", kind: "tree", name: "serde_json", memory: "own" },
  { place: "native", kind: "users", name: "seatree", memory: "own" },
  { place: "native", kind: "users", name: "seatree-whole", memory: "own" },
  { place: "native", kind: "users", name: "quick-xml", memory: "own" },
  { place: "native", kind: "users", name: "lxml" },
  { place: "native", kind: "users", name: "fast-xml-parser" },
  { place: "browser", kind: "tree", name: "seatree" },
  { place: "browser", kind: "tree", name: "JSON.parse" },
  { place: "browser", kind: "tree", name: "JSON.parse+objects" },
  { place: "browser", kind: "tree", name: "JSON.parse+arena" },
  { place: "browser", kind: "users", name: "seatree" },
  { place: "browser", kind: "users", name: "DOMParser" },
  { place: "browser", kind: "users", name: "fast-xml-parser" },
];

const SMALL = ["tree-100000", "users-10000"];
const LARGE = ["tree-1000000", "users-100000"];

/** The names of the data of a size: `small`, `large` or `all`. */
export function dataOf(size) {
  return { small: SMALL, large: LARGE, all: [...SMALL, ...LARGE] }[size];
}

/** Those that one of the filters names, by place, kind, name or `place/name`; all without filters. */
export function chosen(filters) {
  return CONTESTANTS.filter(({ place, kind, name }) =>
    filters.length === 0 ||
    filters.some((filter) => [place, kind, name, `${place}/${name}`].includes(filter)));
}
