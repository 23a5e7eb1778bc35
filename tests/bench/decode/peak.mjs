// The most memory that a process had in use, as Linux counts it.
import { readFile, writeFile } from "node:fs/promises";

/**
 * From here on the peak counts anew. Gives how to ask for the peak's growth since, in bytes; that
 * answers null where Linux is not.
 */
export async function forgetPeak(pid) {
  if (pid === null) return async () => null;
  try {
    await writeFile(`/proc/${pid}/clear_refs`, "5");
    const before = await inUse(pid);
    return async () => await status(pid, "VmHWM") - before;
  } catch {
    return async () => null;
  }
}

/** The bytes that a process has in use now; not a number where Linux is not. */
export async function inUse(pid) {
  return status(pid, "VmRSS").catch(() => NaN);
}

async function status(pid, field) {
  const text = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(text)[1]) * 1024;
}
