// A receiver of webhooks, as one of a service desk would be.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { startUpstream } from "./upstream.mjs";

/** A key as operators make it. */
export const KEY = `whsec_${Buffer.from("canary-key-of-32-bytes-at-least!").toString("base64")}`;

/** The check that docs/webhooks.md recommends, as it stands there. */
async function documented() {
  const text = await readFile(new URL("../../docs/webhooks.md", import.meta.url), "utf8");
  const [, code] = text.match(/```js\n([\s\S]*?)```/);
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}

/**
 * Starts a receiver that checks every request. Its `answer` is a function of the event and its number
 * that gives a status, a status and headers, or nothing for a connection that breaks.
 */
export async function startReceiver({ keys = [KEY] } = {}) {
  const { isGenuine } = await documented();
  const receiver = { answer: () => 204, requests: [], problems: [] };
  const server = await startUpstream(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const event = JSON.parse(body);
    try {
      assert.equal(request.method, "POST");
      assert.equal(request.headers["content-type"], "application/json");
      assert.equal(request.headers["webhook-id"], event.id);
      for (const key of keys) assert.ok(isGenuine(key, request.headers, body), "a signature of each key");
      assert.ok(!isGenuine(KEY.toLowerCase(), request.headers, body), "of no other key");
      assert.ok(!isGenuine(keys[0], request.headers, `${body} `), "of no other body");
    } catch (problem) {
      receiver.problems.push(problem);
    }
    const number = receiver.requests.push({ url: request.url, headers: request.headers, body, event });
    const answer = await receiver.answer(event, number);
    if (!answer) return request.socket.destroy();
    const { status, headers = {} } = typeof answer === "number" ? { status: answer } : answer;
    receiver.requests.at(-1).status = status;
    response.writeHead(status, headers);
    response.end("canary-reply");
  });
  return Object.assign(receiver, server, {
    /** The events that it took, each once. */
    taken: () => [...new Map(receiver.requests.filter(({ status }) => status < 300).map(({ event }) => [event.id, event])).values()],
  });
}
