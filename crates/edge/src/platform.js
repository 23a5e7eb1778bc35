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

/** The headers of a head after so many parts. A record: the platform takes it far faster than pairs. */
export function headersOf(lines, parts) {
  const headers = { __proto__: null };
  // The last line has an end, too.
  for (let at = parts; at + 1 < lines.length; at += 2) headers[lines[at]] = lines[at + 1];
  return headers;
}

/** Sends a request; its reply comes as soon as its head is there. Redirects are not followed. */
export function send(head, body, deadline) {
  const lines = head.split("\n");
  return fetch(lines[1], {
    method: lines[0], headers: headersOf(lines, 2), body, redirect: "manual", signal: deadline.signal,
  });
}

/** An answer: its first part is its status. */
export function answer(lines, parts, body) {
  return new Response(body, { status: Number(lines[0]), headers: headersOf(lines, parts) });
}

/** The same, of a head that has no other part. */
export const plainAnswer = (head, body) => answer(head.split("\n"), 1, body);

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

/** The same, into a passage; settles once it has ended. */
export const pass = (body, into, deadline) => body.pipeTo(into.writable, { signal: deadline.signal });
