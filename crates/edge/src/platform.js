// What the worker asks of its platform, one call for each step of a request. A call between the two
// costs little, each text that goes along costs more than its bytes: heads are one text. What comes is
// lines (`gate::Head`); what leaves is JSON, which is what an engine makes objects of fastest.

import { waitUntil } from "cloudflare:workers";

/** Method, address, whether there is a body, and all headers. */
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

/** Sends a request; its reply comes as soon as its head is there. */
export function send(sent, body, deadline) {
  const { url, init } = JSON.parse(sent);
  return fetch(url, { ...init, body, signal: deadline.signal });
}

export const answer = (init, body) => new Response(body, JSON.parse(init));

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

/** Goes on until this has settled, even where the client has left. */
export { waitUntil };

/** The platform's own way to pass bytes on: they never enter JavaScript. */
export const passage = () => new IdentityTransformStream();

/** The body into a passage, cut off at the deadline; settles once it has ended. */
export const pass = (body, into, deadline) => body.pipeTo(into.writable, { signal: deadline.signal });
