// One element in a frame of its own. It talks with the page around it alone, whose origin stands behind
// the # of its address, in messages of one version; docs/embedding.md is the contract.
const VERSION = 1;
const ELEMENTS = ["tree", "summary", "users"];
const EVENTS = ["ready", "select", "finding", "token-needed", "error"];

const around = origin(decodeURIComponent(location.hash.slice(1)));
let element;

/** The text, if it is an origin as browsers write it. */
function origin(text) {
  try {
    return new URL(text).origin === text ? text : undefined;
  } catch {
    return undefined;
  }
}

function say(message) {
  parent.postMessage({ seatree: VERSION, ...message }, around);
}

function set(attributes) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === false) element.removeAttribute(name);
    else element.setAttribute(name, value === true ? "" : value);
  }
}

function show(kind, attributes) {
  if (!ELEMENTS.includes(kind) || element) return;
  element = document.createElement(`seatree-${kind}`);
  for (const event of EVENTS) {
    element.addEventListener(`seatree-${event}`, ({ detail }) => say({ type: "event", event: `seatree-${event}`, detail }));
  }
  // The frame itself says nothing, in no language.
  element.lang = navigator.language;
  set(attributes);
  document.body.replaceChildren(element);
  new ResizeObserver(() => {
    const { height } = element.getBoundingClientRect();
    // It has none while what draws it is on its way.
    if (height > 0) say({ type: "height", height: Math.ceil(height) });
  }).observe(element);
}

const DOES = {
  show: ({ element: kind, attributes }) => show(kind, attributes),
  set: ({ attributes }) => element && set(attributes),
  token: ({ token }) => {
    if (element && typeof token === "string") element.token = token;
  },
  refresh: () => element?.refresh(),
  reveal: ({ id }) => element?.reveal(String(id)),
};

if (around && parent !== window) {
  addEventListener("message", ({ source, origin: from, data }) => {
    // Whoever else has a hold of this window is not heard.
    if (source !== parent || from !== around || typeof data !== "object" || !data?.seatree) return;
    if (data.seatree === VERSION) Object.hasOwn(DOES, data.type) && DOES[data.type](data);
    else say({ type: "unsupported", versions: [VERSION] });
  });
  say({ type: "hello", versions: [VERSION] });
} else {
  const words = document.createElement("p");
  words.textContent = "This page is for other pages to show in a frame: its address has their origin behind a #.";
  document.body.append(words);
}
