// Files that the page saves, read by the plainest means.
import { readFile } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";

/** Does what makes the page save a file; gives its name and bytes. */
export async function saved(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The rows of a CSV, as RFC 4180 has them, by their headings. */
export function csvRows(text) {
  const lines = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const found = cell.exec(text);
    if (!found) throw new Error(`no CSV from ${at}: ${JSON.stringify(text.slice(at, at + 60))}`);
    const [, quoted, plain, end] = found;
    lines.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "\r\n") lines.push([]);
  }
  const [titles, ...rows] = lines.slice(0, -1);
  for (const row of rows) {
    if (row.length !== titles.length) throw new Error(`a row of ${row.length} cells: ${row}`);
  }
  return rows.map((row) => Object.fromEntries(titles.map((title, at) => [title, row[at]])));
}

/** The files of a zip archive, by its directory. */
export function unzipped(bytes) {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [compressed, nameLength] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const head = bytes.readUInt32LE(at + 42);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const data = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
    files.set(name, inflateRawSync(bytes.subarray(data, data + compressed)).toString("utf8"));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}
