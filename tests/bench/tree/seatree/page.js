// Seatree's page as a contestant: it signs in to the demonstration of its seatree.json, as a person
// would with one click, and the rest is the hook of a bench build (`src/bench.rs`).
globalThis.contestant = {
  ready: () => globalThis.seatreeBench && signIn(),
  // The connection and its group are there as soon as anything is.
  firstRows: "[role=treegrid] .grid-row[aria-level='3']",
  row: "[role=treegrid] .grid-row",
  name: ".label",
  scroller: "[role=treegrid]",
  async load() {
    const grid = document.querySelector("[role=treegrid]");
    const read = new Promise((resolve) => {
      let began = false;
      new MutationObserver((_, observer) => {
        const busy = grid.ariaBusy === "true";
        began ||= busy;
        if (!began || busy) return;
        observer.disconnect();
        resolve();
      }).observe(grid, { attributeFilter: ["aria-busy"] });
    });
    signIn().click();
    await read;
  },
  expandAll: () => seatreeBench.expandAll(),
  sortByInUse: () => seatreeBench.sortByInUse(),
  filter: (text) => seatreeBench.filter(text),
  clearFilter: () => seatreeBench.clearFilter(),
  rows: () => seatreeBench.rows(),
  wasmBytes: () => seatreeBench.wasmBytes(),
};

function signIn() {
  return [...document.querySelectorAll("button")]
    .find((button) => button.textContent.trim() === "Sign in to the demo");
}
