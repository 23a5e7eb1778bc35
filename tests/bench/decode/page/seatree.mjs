// Seatree's decoders, as they are in the page: WebAssembly, pushed piece by piece.
import start, { TreeDecoding, UsersDecoding } from "/wasm/seatree_bench.js";

let wasm;

export async function startSeatree() {
  wasm ??= await start();
}

export const seatreeTree = ({ pieces }) => run(new TreeDecoding(), pieces);
export const seatreeUsers = ({ pieces }) => run(new UsersDecoding(), pieces);

function run(decoding, pieces) {
  const before = wasm.memory.buffer.byteLength;
  for (const piece of pieces) decoding.push(piece);
  const decoded = decoding.finish();
  const wasmBytes = wasm.memory.buffer.byteLength - before;
  return { look: () => ({ items: decoded.items(), sum: decoded.sum(), wasmBytes }) };
}
