import { token } from "./token.js";

// The protocol of docs/embedding.md: the frame says hello, is told what to show and given tokens,
// and says how high it is. Messages go to, and are taken from, Seatree's own host alone.
const frame = document.querySelector("iframe");
const { seatree, edge, connection, scope } = frame.dataset;
const { origin } = new URL(seatree);
const say = (message) => frame.contentWindow.postMessage({ seatree: 1, ...message }, origin);

addEventListener("message", async ({ source, origin: from, data }) => {
  if (source !== frame.contentWindow || from !== origin || data?.seatree !== 1) return;
  if (data.type === "hello") {
    say({ type: "show", element: "tree", attributes: { edge, connection, scope, height: "560" } });
  } else if (data.type === "event" && data.event === "seatree-token-needed") {
    say({ type: "token", token: await token() });
  } else if (data.type === "height") {
    frame.height = data.height;
  }
});
// What the frame may be told begins with who tells it.
frame.src = new URL(`embed.html#${location.origin}`, seatree);
