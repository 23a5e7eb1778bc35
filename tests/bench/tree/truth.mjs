// What every contestant must show of a reply.
import { children, inUse } from "./reply.mjs";

/** The name of a family: it is in names of tenants and resellers. */
export const TEXT = "whitfield";
/** How many of the topmost rows are compared. */
export const TOPMOST = 12;

/**
 * How many entities there are, how many the filter leaves (those with the text in their name, and
 * all above them), and the first names with everything open, in the reply's order and sorted by in
 * use from the most on, stable among siblings.
 */
export function truth(body) {
  const reply = JSON.parse(body.toString("utf8"));
  const { group } = reply;
  group.msTeamsUsers = reply.msTeamsUsers;
  const most = (list) => list.toSorted((a, b) => inUse(b) - inUse(a));
  return {
    uuid: group.uuid,
    rows: size(group),
    left: left(group, TEXT),
    inOrder: first(group, (list) => list),
    sorted: first(group, most),
  };
}

function size(entity) {
  return children(entity).reduce((sum, child) => sum + size(child), 1);
}

function left(entity, text) {
  const below = children(entity).reduce((sum, child) => sum + left(child, text), 0);
  return below > 0 || entity.name.toLowerCase().includes(text) ? below + 1 : 0;
}

function first(group, order) {
  const names = [];
  const add = (entity) => {
    if (names.length === TOPMOST) return;
    names.push(entity.name);
    order(children(entity)).forEach(add);
  };
  add(group);
  return names;
}
