// Compresses the files of a folder as hard as possible and prints their sizes as JSON. With
// --write the results are kept beside the files, where they are smaller.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [folder, write] = process.argv.slice(2);
const brotli = (data) => brotliCompressSync(data, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
  },
});

function* files(path) {
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* files(join(path, entry.name));
    else yield join(path, entry.name);
  }
}

const sizes = [...files(folder)].sort().map((file) => {
  const data = readFileSync(file);
  const results = { gz: gzipSync(data, { level: 9 }), br: brotli(data) };
  if (write === "--write") {
    for (const [ending, result] of Object.entries(results)) {
      if (result.length < data.length) writeFileSync(`${file}.${ending}`, result);
    }
  }
  const least = (result) => Math.min(result.length, data.length);
  return { file: relative(folder, file), raw: data.length, gzip: least(results.gz), brotli: least(results.br) };
});
console.log(JSON.stringify(sizes));
