import { token } from "./token.js";

const tree = document.querySelector("seatree-tree");
for (const element of document.querySelectorAll("seatree-tree, seatree-summary, seatree-users")) {
  // Asked for whenever one is needed: at first, and after one has ended.
  element.token = token;
}
// What the summary names is shown in the tree.
document.querySelector("seatree-summary").addEventListener("seatree-select", ({ detail }) => {
  tree.reveal(detail.id);
  tree.scrollIntoView({ block: "nearest" });
});
