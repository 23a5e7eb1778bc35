// Seatree on somebody else's page: <seatree-tree>, <seatree-summary>, <seatree-users>. Nothing is
// fetched before one of them is on the page; however many there are, everything is fetched once.
// The build writes the hashed names of the files in here; docs/embedding.md is the contract.
const FILES = { script: "{script}", module: "{module}", parts: "{parts}", style: "{style}" };

const there = (name) => new URL(name, import.meta.url);

let loading;

/** The function that mounts elements, and their style sheet. */
function load() {
  loading ??= Promise.all([mounter(), sheet()]).catch((cause) => {
    // The next element on the page tries again.
    loading = undefined;
    throw cause;
  });
  return loading;
}

async function mounter() {
  const module = fetch(there(FILES.module));
  // The script imports it, and would ask for it only then.
  import(there(FILES.parts)).catch(() => {});
  // Where the script fails, nobody waits for the module.
  module.catch(() => {});
  const seatree = await import(there(FILES.script));
  await seatree.default({ module_or_path: module });
  const mount = await new Promise((resolve) => { seatree.embedding(resolve); });
  if (typeof mount !== "function") throw new Error(mount);
  return mount;
}

async function sheet() {
  const reply = await fetch(there(FILES.style));
  if (!reply.ok) throw new Error(`its style sheet answered with status ${reply.status}`);
  const sheet = new CSSStyleSheet();
  return sheet.replace(await reply.text());
}

const DARK = matchMedia("(prefers-color-scheme: dark)");

class Seatree extends HTMLElement {
  static observedAttributes = [
    "edge", "connection", "scope", "node", "columns", "filter", "read-only", "theme", "density",
    "lang", "height",
  ];

  #frame = document.createElement("div");
  #place = document.createElement("div");
  /** Takes commands while the element is mounted. */
  #command;
  #starts = false;
  #token;
  /** Why a token is wanted, while one is. */
  #wanted;
  #revealed;
  #changed = false;
  #follow = () => this.#set();

  constructor() {
    super();
    this.#frame.className = "frame";
    this.#frame.part = "frame";
    // Until it is known what it speaks; all its languages are written from left to right.
    this.#frame.lang = "en";
    this.#frame.dir = "ltr";
    this.#frame.append(this.#place);
    this.attachShadow({ mode: "open" }).append(this.#frame);
  }

  /** A string, or a function that gives one or a promise of one. Never an attribute. */
  get token() {
    return this.#token;
  }

  set token(token) {
    this.#token = token;
    if (typeof token !== "function") this.#give(token);
    else if (this.#wanted) this.#ask(this.#wanted);
  }

  /** Reads everything again. */
  refresh() {
    this.#command?.("refresh");
  }

  /** Shows a node, such as "tenant:UUID", now or once it was read; false for what is no such name. */
  reveal(id) {
    this.#revealed = id;
    return this.#command?.("reveal", id) ?? true;
  }

  /** Saves all rows as "csv", "xlsx" or "json": a promise of the file's name. */
  async export(format) {
    if (!this.#command) throw new Error("Nothing was read yet.");
    return this.#command("export", format);
  }

  connectedCallback() {
    if (Object.hasOwn(this, "token")) {
      // It was set before this script was there.
      const { token } = this;
      delete this.token;
      this.token = token;
    }
    DARK.addEventListener("change", this.#follow);
    this.#size();
    if (!this.#command) this.#start();
  }

  disconnectedCallback() {
    DARK.removeEventListener("change", this.#follow);
    // Whatever moves an element takes it out and puts it in again at once.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#command?.("end");
      this.#command = undefined;
      this.#place.replaceChildren();
    });
  }

  attributeChangedCallback(name) {
    if (name === "height") this.#size();
    if (this.#changed || !this.#command) return;
    // Several attributes change one after the other, and are meant together.
    this.#changed = true;
    queueMicrotask(() => {
      this.#changed = false;
      this.#set();
    });
  }

  #set() {
    this.#command?.("set", this.#attributes());
  }

  #size() {
    const height = this.getAttribute("height")?.trim() || "100%";
    this.#frame.style.setProperty("--height", /^[\d.]+$/.test(height) ? `${height}px` : height);
  }

  /** What the attributes say; the theme is the system's where none is named. */
  #attributes() {
    const said = { folder: there(".").href };
    for (const name of Seatree.observedAttributes) {
      const text = this.getAttribute(name);
      if (text !== null) said[name] = text;
    }
    if (!["light", "dark"].includes(said.theme)) said.theme = DARK.matches ? "dark" : "light";
    return said;
  }

  async #start() {
    if (this.#starts) return;
    this.#starts = true;
    this.#frame.ariaBusy = "true";
    try {
      const [mount, sheet] = await load();
      if (!this.isConnected) return;
      this.shadowRoot.adoptedStyleSheets = [sheet];
      const kind = this.localName.slice("seatree-".length);
      this.#place.className = `seatree embed embed-${kind}`;
      this.#place.removeAttribute("role");
      this.#command = mount(this.#place, kind, this.#attributes(), (event, detail) => this.#told(event, detail));
      if (this.#revealed) this.reveal(this.#revealed);
    } catch (cause) {
      const message = "Seatree could not be loaded here. Reload the page; if that does not help, "
        + "the page may not allow it, or this browser is too old.";
      this.#place.textContent = message;
      this.#place.role = "alert";
      this.#fire("error", { message, technical: String(cause?.message ?? cause) });
    } finally {
      this.#frame.ariaBusy = null;
      this.#starts = false;
    }
  }

  #told(event, detail) {
    if (event !== "token-needed") {
      this.#fire(event, detail);
      return;
    }
    this.#wanted = detail.reason;
    // While it is mounted it takes no commands yet.
    queueMicrotask(() => {
      if (!this.#wanted) return;
      this.#fire(event, detail);
      this.#renew(detail.reason);
    });
  }

  /** Gets a token as the page said; after one that was refused only when somebody asks for it. */
  #renew(reason) {
    if (typeof this.#token === "function") {
      if (reason !== "refused") this.#ask(reason);
    } else if (reason === "missing") {
      this.#give(this.#token);
    }
  }

  async #ask(reason) {
    try {
      this.#give(await this.#token({ reason }));
    } catch (cause) {
      const message = "The page around this has no token for it.";
      this.#fire("error", { message, technical: String(cause?.message ?? cause) });
    }
  }

  #give(token) {
    if (!token || !this.#command) return;
    this.#wanted = undefined;
    this.#command("token", String(token));
  }

  #fire(event, detail) {
    this.dispatchEvent(new CustomEvent(`seatree-${event}`, { detail, bubbles: true, composed: true }));
  }
}

for (const kind of ["tree", "summary", "users"]) {
  const name = `seatree-${kind}`;
  // Each name takes a class of its own; a page may load this script twice.
  if (!customElements.get(name)) customElements.define(name, class extends Seatree {});
}
