// Where requests come in. Most are passed on as they are, if the gate lets them: their way is driven from
// here, so that none needs a future of the worker's, which would cost more than all checks together. The
// decisions are `passing.rs`'s. All others take the long way: `fetch` in `lib.rs`.
import Worker from "seatree-edge";
import { Deadline, passage, pass as passInto, replyHead, requestHead } from "./platform.js";

// The Durable Objects.
export * from "seatree-edge";

const { open, admit, relay, ended, refuse, failed, headersFor } = Worker.prototype;

/** The headers that decide about a request and go on with it, and those of its reply that come back; none until requests may pass. */
let names;

export default {
  fetch(request, env, context) {
    names ??= open()?.split("\n\n").map((lines) => lines.split("\n"));
    const admitted = names && admit(requestHead(request, names[0]), Date.now());
    return admitted === undefined ? new Worker(context, env).fetch(request) : pass(request, admitted.split("\n"), context);
  },
};

/** Sends it on; its lines are those of `admit`. The answer is what comes first: a reply, or the end of the time for it. */
function pass(request, lines, context) {
  const number = Number(lines[0]);
  const init = { method: lines[5], redirect: "manual" };
  if (lines[4]) init.body = request.body;
  if (lines.length > 7) {
    init.headers = {};
    for (let at = 7; at < lines.length; at += 2) init.headers[lines[at]] = lines[at + 1];
  }
  return new Promise((resolve, reject) => {
    // With the answer all ends that the request still waits for, this timer or the reply: a signal, and
    // clearing the timer, would cost a tenth of a request.
    let isThere = false;
    setTimeout(() => { if (!isThere) resolve(failure(number)); }, Number(lines[1]));
    fetch(lines[6], init).then(
      (reply) => {
        isThere = true;
        try {
          resolve(answer(reply, number, lines, context));
        } catch (error) {
          reject(error);
        }
      },
      (error) => resolve(failure(number, error)),
    );
  });
}

/** What a page gets of every reply, by its origin: few are listed. */
const forPages = new Map();

function answer(reply, number, lines, context) {
  const page = lines[3];
  if (!forPages.has(page)) forPages.set(page, JSON.parse(headersFor(page)));
  const headers = { ...forPages.get(page), "x-request-id": lines[2] };
  const { status, body, headers: all } = reply;
  for (const name of names[1]) {
    const value = all.get(name);
    if (value !== null) headers[name] = value;
  }
  const length = body ? headers["content-length"] : 0;
  const milliseconds = relay(number, status, length === undefined ? undefined : Number(length), Date.now());
  if (milliseconds === undefined) throw new Error("the worker was started anew meanwhile");
  if (milliseconds < 0) return own(refuse(number, replyHead(reply)));
  return new Response(milliseconds > 0 ? untilEnded(body, number, milliseconds, context) : body, { status, headers });
}

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
