// Starts the page. A file of its own, because the page's Content-Security-Policy allows no inline
// script; the build writes the hashed names of module and wasm into this tag's attributes.
const { js, wasm } = document.querySelector("script[data-js]").dataset;
const app = document.getElementById("app");
// All else comes with the module.
const starting = { de: "Seatree startet…", fr: "Seatree démarre…", nl: "Seatree start…", es: "Seatree se inicia…" };
const language = navigator.language.slice(0, 2);
if (starting[language]) {
  app.firstElementChild.lang = language;
  app.firstElementChild.textContent = starting[language];
}
try {
  const page = await import(new URL(js, document.baseURI));
  await page.default({ module_or_path: new URL(wasm, document.baseURI) });
  page.start();
} catch (cause) {
  app.lang = "en";
  app.textContent = "Seatree could not start: this browser may be too old, or the page was changed "
    + "while it loaded. Reload it; if that does not help, update the browser.";
  app.setAttribute("role", "alert");
  throw cause;
}
