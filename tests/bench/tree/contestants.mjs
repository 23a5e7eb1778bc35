// Who takes part. `seatree` is what is measured; the others are peers, and what no page can do
// without.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readFile } from "node:fs/promises";
import { build } from "esbuild";
import { filesOf } from "./server.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/**
 * `steps: false` only loads. `above` are rows that a contestant has beside the reply's: Seatree's
 * tree begins with the connection. `height` is the window's: Seatree has more beside its rows, and
 * taller ones, and is to show as many.
 */
export const CONTESTANTS = [
  { name: "seatree", steps: true, above: ["DRaaS"], height: 1320, adapter: join(HERE, "seatree/page.js") },
  { name: "tanstack", steps: true, above: [], source: "tanstack/page.jsx" },
  { name: "tabulator", steps: true, above: [], source: "tabulator/page.mjs" },
  { name: "json", steps: false, above: [], source: "json/page.mjs" },
];

const SMALL = ["tree-10000", "tree-100000"];
const LARGE = ["tree-1000000"];

/** The names of the replies of a size: `small`, `large` or `all`. */
export function repliesOf(size) {
  return { small: SMALL, large: LARGE, all: [...SMALL, ...LARGE] }[size];
}

/** Those that the filters name; all without filters. */
export function chosen(filters) {
  return CONTESTANTS.filter(({ name }) => filters.length === 0 || filters.includes(name));
}

/** The files of a contestant's page, as a host would have them. */
export async function filesFor({ name, source }, site) {
  if (!source) return filesOf(site);
  const folder = join(HERE, name);
  const styles = name === "json" ? [] : [join(folder, "page.css")];
  const bundle = await build({
    entryPoints: [join(HERE, source), ...styles], outdir: folder, entryNames: "page",
    bundle: true, minify: true, format: "esm", target: "es2022", charset: "utf8",
    jsx: "automatic", define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".svg": "dataurl", ".png": "dataurl" }, legalComments: "none",
    write: false, logLevel: "warning",
  });
  const built = bundle.outputFiles.map(({ path, contents }) =>
    [path.slice(folder.length + 1), Buffer.from(contents)]);
  return new Map([["index.html", await readFile(join(folder, "index.html"))], ...built]);
}

/** Bytes until the page can show something: itself and every file it names. */
export function weight(files) {
  const index = files.get("index.html").toString();
  const named = [...files].filter(([name]) => name === "index.html" || index.includes(name));
  const sum = (of) => named.reduce((sum, [, file]) => sum + Math.min(of(file), file.length), 0);
  return {
    raw: sum((file) => file.length),
    gzip: sum((file) => gzipSync(file, { level: 9 }).length),
    brotli: sum((file) => brotliCompressSync(file, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: file.length,
      },
    }).length),
  };
}
