// Where requests come in. Most are passed on as they are, if the gate lets them: their way is driven from
// here, so that none needs a future of the worker's, which would cost more than all checks together. The
// decisions are `passing.rs`'s. All others take the long way: `fetch` in `lib.rs`.
import Worker from "seatree-edge";
import { Deadline, passage, pass as passInto, replyHead } from "./platform.js";

// The Durable Objects.
export * from "seatree-edge";

const { open, admit, relay, ended, refuse, failed, headersFor } = Worker.prototype;

/** `Known` of passing.rs; none until requests may pass. */
let known;
/** The values of the headers that are looked at, of the request that is being decided about. */
const values = [];

export default {
  fetch(request, env, context) {
    known ??= JSON.parse(open() ?? null);
    if (!known) return new Worker(context, env).fetch(request);
    const { method, url, body } = request;
    const admitted = admit(head(method, url, body, request.headers), Date.now());
    if (admitted >= 0) return pass(method, url, body, admitted, context);
    if (admitted === CLOSED) known = undefined;
    return new Worker(context, env).fetch(request);
  },
};

/** What `admit` says when what is known is so no longer. */
const CLOSED = -2;

/** As platform.js would give it, of the headers that are looked at: asked for one by one they take less. */
function head(method, url, body, headers) {
  let lines = `${method}\n${url}\n${body ? "body" : ""}\n`;
  for (let at = 0; at < known.asked.length; at += 1) {
    const name = known.asked[at];
    const value = (values[at] = headers.get(name));
    if (value !== null) lines += `${name}\n${value}\n`;
  }
  return lines;
}

/** Sends it on, as `admit` said. The answer is what comes first: a reply, or the end of the time for it. */
function pass(method, url, body, admitted, context) {
  const number = admitted >>> 0;
  const way = known.ways[(admitted - number) / 2 ** 32];
  const headers = {};
  for (const at of way.headers) if (values[at] !== null) headers[known.asked[at]] = values[at];
  const init = { method, headers, redirect: "manual" };
  if (body) init.body = body;
  const page = values[known.origin];
  const sent = fetch(way.address + url.slice(url.indexOf("/", HOST) + way.replaced), init);
  return new Promise((resolve, reject) => {
    // With the answer all ends that the request still waits for, this timer or the reply: a signal, and
    // clearing the timer, would cost a tenth of a request.
    let isThere = false;
    setTimeout(() => { if (!isThere) resolve(failure(number)); }, way.milliseconds);
    sent.then(
      (reply) => {
        isThere = true;
        try {
          resolve(answer(reply, number, page, context));
        } catch (error) {
          reject(error);
        }
      },
      (error) => resolve(failure(number, error)),
    );
  });
}

/** No path of an address begins before. */
const HOST = "http://".length;

/** What a page gets of every reply, by its origin: few are listed. */
const forPages = new Map();

function answer(reply, number, page, context) {
  if (!forPages.has(page)) forPages.set(page, JSON.parse(headersFor(page)));
  const headers = { ...forPages.get(page), "x-request-id": known.idStart + number.toString(16) };
  const { status, body, headers: all } = reply;
  for (const name of known.returned) {
    const value = all.get(name);
    if (value !== null) headers[name] = value;
  }
  const length = body ? Number(headers["content-length"]) : 0;
  const milliseconds = relay(number, status, length, Date.now());
  if (milliseconds === UNKNOWN) throw new Error("the worker was started anew meanwhile");
  if (milliseconds === REFUSED) return own(refuse(number, replyHead(reply)));
  return new Response(milliseconds > 0 ? untilEnded(body, number, milliseconds, context) : body, { status, headers });
}

/** What `relay` says instead of a time. */
const REFUSED = -1, UNKNOWN = -2;

/** The body, cut off once its time is over. With it the request ends. */
function untilEnded(body, number, milliseconds, context) {
  const way = passage();
  const end = () => ended(number);
  context.waitUntil(passInto(body, way, new Deadline(milliseconds)).then(end, end));
  return way.readable;
}

const failure = async (number, error) => own(await failed(number, error));

function own(answer) {
  const { init, text } = JSON.parse(answer);
  return new Response(text, init);
}
