// What a screen is too narrow for.

/** What makes the page, or a dialog on it, scroll sideways. */
export function sideways(page, width) {
  return page.evaluate((width) => {
    const wide = [document.documentElement, ...document.querySelectorAll("dialog[open]")]
      .filter((element) => element.scrollWidth > width);
    // What scrolls within an element of its own does no harm.
    const contained = (element) => {
      const parent = element.parentElement;
      return parent && !wide.includes(parent)
        && (getComputedStyle(parent).overflowX !== "visible" || contained(parent));
    };
    return wide.flatMap((root) => [...root.querySelectorAll("*")])
      .filter((element) => element.getBoundingClientRect().right > width && !contained(element))
      .map((element) => `wider than ${width} px: ${element.outerHTML.slice(0, 100)}`)
      .concat(wide.map((root) => `${root.tagName} scrolls sideways: ${root.scrollWidth} px`));
  }, width);
}
