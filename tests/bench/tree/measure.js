// Put into every page before its own scripts: takes the times, of all alike.
{
  const LICENSES = "/licenses?detailed=true";
  const tasks = [];
  const observer = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
  observer.observe({ type: "longtask" });
  /** What a page does right after a load belongs to it, as far as it keeps the page from answering. */
  const AFTERWARDS_MS = 1_000;
  const frame = () => new Promise(requestAnimationFrame);

  /** A frame is painted once the next one begins. */
  async function painted() {
    await frame();
    await frame();
    return performance.now();
  }

  /** When rows have been painted, counted from their being in the document. */
  function rowsPainted(selector) {
    return new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        if (!document.querySelector(selector)) return;
        observer.disconnect();
        resolve(painted());
      }).observe(document, { childList: true, subtree: true, attributeFilter: ["aria-level"] });
    });
  }

  /** Times count from the fetch of the licenses. */
  async function load(url) {
    const { firstRows } = contestant;
    const rows = firstRows && rowsPainted(firstRows);
    await contestant.load(url);
    const loaded = performance.now();
    const shown = rows && await rows;
    await new Promise((resolve) => setTimeout(resolve, AFTERWARDS_MS));
    const end = await painted();
    const fetched = performance.getEntriesByType("resource").find(({ name }) => name.endsWith(LICENSES));
    const { startTime: start, responseStart } = fetched;
    tasks.push(...observer.takeRecords());
    const long = tasks
      .filter((task) => task.startTime + task.duration > start && task.startTime < end)
      .map(({ duration }) => duration);
    return {
      firstByteMs: responseStart - start,
      firstRowsMs: rows && shown - start,
      firstRowsAfterByteMs: rows && shown - responseStart,
      loadedMs: loaded - start,
      longestTaskMs: Math.max(0, ...long),
      longTasks: long.length,
    };
  }

  /** From the call to the second frame after it: 17 to 33 ms of that are waiting. */
  async function step(name, ...given) {
    const start = performance.now();
    contestant[name](...given);
    return await painted() - start;
  }

  /**
   * Jumps from top to bottom, one a frame. `blank` counts where a frame later no row stood in the
   * middle of the grid.
   */
  async function scroll(jumps) {
    const { scroller: selector, row } = contestant;
    const scroller = document.querySelector(selector);
    const { left, top, width, height } = scroller.getBoundingClientRect();
    const inTheMiddle = () => document.elementFromPoint(left + width / 2, top + height / 2)?.closest(row);
    scroller.scrollTop = 0;
    await painted();
    const frames = [];
    let blank = 0;
    let before = await frame();
    for (let jump = 1; jump <= jumps; jump += 1) {
      const most = scroller.scrollHeight - scroller.clientHeight;
      scroller.scrollTop = (most * jump) / jumps;
      const now = await frame();
      frames.push(now - before);
      before = now;
      if (!inTheMiddle()) blank += 1;
    }
    return { frames, blank };
  }

  /** The names of the topmost rows, as shown. */
  function topmost(count) {
    const { scroller: selector, row, name } = contestant;
    const scroller = document.querySelector(selector);
    scroller.scrollTop = 0;
    const { top } = scroller.getBoundingClientRect();
    return [...document.querySelectorAll(row)]
      .map((element) => ({ element, at: element.getBoundingClientRect().top - top }))
      .filter(({ at }) => at > -1)
      .sort((a, b) => a.at - b.at)
      .slice(0, count)
      .map(({ element }) => element.querySelector(name).textContent);
  }

  /** How many rows a person sees. */
  function rowsInSight() {
    const { scroller, row } = contestant;
    const { top, bottom } = document.querySelector(scroller).getBoundingClientRect();
    const within = (element) => {
      const place = element.getBoundingClientRect();
      return place.top < bottom && place.bottom > top;
    };
    return [...document.querySelectorAll(row)].filter(within).length;
  }

  /** How fast the machine is just now: a fixed loop. */
  function loop() {
    const start = performance.now();
    let sum = 0;
    for (let at = 0; at < 10_000_000; at += 1) sum = (sum * 31 + at) | 0;
    return { ms: performance.now() - start, sum };
  }

  globalThis.measure = { load, step, scroll, topmost, rowsInSight, loop };
}
