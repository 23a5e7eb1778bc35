// Makes WebAssembly modules as small as they get, all of them in one process: for most of them,
// starting the optimizer takes longer than its work.
//
//   node optimize.mjs FROM TO [FROM TO]…
import { readFileSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";

// -Oz
binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(2);
binaryen.setDebugInfo(false);

// What rustc's wasm32 target emits; nothing that a browser of 2023 would not know.
const FEATURES = [
  "BulkMemory", "BulkMemoryOpt", "CallIndirectOverlong", "MutableGlobals", "Multivalue", "NontrappingFPToInt",
  "ReferenceTypes", "SignExt",
].reduce((all, name) => all | binaryen.Features[name], 0);

const files = process.argv.slice(2);
for (let at = 0; at < files.length; at += 2) {
  const module = binaryen.readBinary(readFileSync(files[at]));
  module.setFeatures(FEATURES);
  module.optimize();
  module.runPasses(["strip-debug", "strip-producers"]);
  writeFileSync(files[at + 1], module.emitBinary());
  module.dispose();
}
