// What the worker asks of its platform, one call for each step of a request. A call between the two
// costs little, each text that goes along costs more than its bytes: heads are one text, a line for
// each part, then one for the name and one for the value of each header (`gate::Head`).

/** Method, address, whether there is a body, and the headers. */
export function requestHead(request) {
  return withHeaders(`${request.method}\n${request.url}\n${request.body ? "body" : ""}\n`, request.headers);
}

/** Status and headers. */
export function replyHead(reply) {
  return withHeaders(`${reply.status}\n`, reply.headers);
}

function withHeaders(parts, headers) {
  let head = parts;
  headers.forEach((value, name) => { head += `${name}\n${value}\n`; });
  return head;
}

/** The parts of a head, so many of them, and its headers as the platform takes them. */
function read(head, count) {
  const lines = head.split("\n");
  const headers = [];
  // The last line ends, too.
  for (let at = count; at + 1 < lines.length; at += 2) headers.push([lines[at], lines[at + 1]]);
  return { parts: lines, headers };
}

/** Sends a request; its reply comes as soon as its head is there. Redirects are not followed. */
export function send(head, body, deadline) {
  const { parts: [method, url], headers } = read(head, 2);
  return fetch(url, { method, headers, body, redirect: "manual", signal: deadline.signal });
}

/** An answer of this status, with these headers. */
export function answer(head, body) {
  const { parts: [status], headers } = read(head, 1);
  return new Response(body, { status: Number(status), headers });
}

/** Aborts a request once its time is over. */
export class Deadline {
  #controller = new AbortController();
  #timer;

  constructor(milliseconds) {
    this.restart(milliseconds);
  }

  get signal() {
    return this.#controller.signal;
  }

  get isOver() {
    return this.signal.aborted;
  }

  /** Gives that much time from now on. */
  restart(milliseconds) {
    this.end();
    this.#timer = setTimeout(() => this.#controller.abort(), milliseconds);
  }

  end() {
    clearTimeout(this.#timer);
  }
}

/** The platform's own way to pass bytes on: they never enter JavaScript. */
export const passage = () => new IdentityTransformStream();

/** The same body, cut off at the deadline. */
export const within = (body, deadline) => body.pipeThrough(passage(), { signal: deadline.signal });

/** The same, into a passage. */
export const pass = (body, passage, deadline) => body.pipeTo(passage.writable, { signal: deadline.signal });
