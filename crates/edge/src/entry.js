// Where requests come in. Most are passed on as they are, if the gate lets them: their way is driven from
// here, so that none needs a future of the worker's, which would cost more than all checks together. The
// decisions are `passing.rs`'s. All others take the long way: `fetch` in `lib.rs`.
import Worker from "seatree-edge";
import { Deadline, replyHead, requestHead, within } from "./platform.js";

// The Durable Objects.
export * from "seatree-edge";

const { admit, relay, failed } = Worker.prototype;

export default {
  fetch(request, env, context) {
    const admitted = admit(requestHead(request));
    return admitted === undefined ? new Worker(context, env).fetch(request) : pass(request, JSON.parse(admitted));
  },
};

async function pass(request, { number, milliseconds, has_body, sent: { url, init } }) {
  if (has_body) init.body = request.body;
  let reply;
  try {
    reply = await inTime(fetch(url, init), milliseconds);
  } catch (error) {
    return answer(await failed(number, error), null);
  }
  if (reply === undefined) return answer(await failed(number, undefined), null);
  return answer(relay(number, replyHead(reply)), reply.body);
}

/**
 * What comes of it; undefined once that takes too long. With the answer all ends that the request still
 * waits for, this timer or the reply: a signal, and clearing the timer, would cost a tenth of a request.
 */
function inTime(promise, milliseconds) {
  return new Promise((resolve, reject) => {
    setTimeout(resolve, milliseconds, undefined);
    promise.then(resolve, reject);
  });
}

function answer(relayed, body) {
  const { init, milliseconds, text } = JSON.parse(relayed);
  const limited = body && milliseconds !== null ? within(body, new Deadline(milliseconds)) : body;
  return new Response(text ?? limited, init);
}
