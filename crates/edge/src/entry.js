// Where requests come in. Most are passed on as they are, if the gate lets them: their way is driven from
// here, so that none needs a future of the worker's, which would cost more than all checks together. The
// decisions are `passing.rs`'s. All others take the long way, `fetch` in `lib.rs`.
import Worker from "seatree-edge";
import { Deadline, answer, headersOf, replyHead, requestHead, within } from "./platform.js";

export * from "seatree-edge";

const { admit, relay, failed } = Worker.prototype;

export default {
  fetch(request, env, context) {
    const head = admit(requestHead(request), env);
    return head === undefined ? new Worker(context, env).fetch(request) : pass(request.body, head);
  },
};

async function pass(body, head) {
  const lines = head.split("\n");
  const [number, milliseconds, method, url] = lines;
  let reply;
  try {
    const asked = fetch(url, { method, headers: headersOf(lines, 4), body, redirect: "manual" });
    // One that comes first ends the request with what it still asks for. Cheaper than a signal and a timer.
    reply = await Promise.race([asked, scheduler.wait(Number(milliseconds))]);
  } catch (error) {
    return failed(Number(number), error);
  }
  if (reply === undefined) return failed(Number(number), undefined);
  return relayed(relay(Number(number), replyHead(reply)), reply.body);
}

/** The answer, with the body of the reply unless it has a text of its own. */
function relayed(head, body) {
  const lines = head.split("\n");
  const [, milliseconds, text] = lines;
  const sent = text || (body && milliseconds ? within(body, new Deadline(Number(milliseconds))) : body);
  return answer(lines, 3, sent);
}
