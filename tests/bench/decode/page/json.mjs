// JSON.parse, and what a page builds from its objects to show a tree: either a flat list of nodes
// that know their parent and depth, or the same columns as Seatree's arena.

const LISTS = [
  ["distributors", 2], ["resellers", 3], ["tenants", 4], ["subscriptions", 5],
];

function parse(bytes) {
  const start = performance.now();
  const text = new TextDecoder().decode(bytes);
  const textMs = performance.now() - start;
  const reply = JSON.parse(text);
  // The vendor sends the group's totals beside it.
  const { group } = reply;
  group.msTeamsUsers = reply.msTeamsUsers;
  group.sipTrunkChannels = reply.sipTrunkChannels;
  return { group, textMs };
}

/** JSON.parse alone: for comparison, since nobody can show its objects as they are. */
export function parsed({ bytes }) {
  const { group, textMs } = parse(bytes);
  const count = (entity) => {
    let [items, sum] = [1, entity.msTeamsUsers.assigned];
    for (const [key] of LISTS) {
      for (const child of entity[key] ?? []) {
        const below = count(child);
        items += below.items;
        sum += below.sum;
      }
    }
    return { items, sum };
  };
  return { textMs, look: () => count(group) };
}

/** A flat list of node objects in tree order. */
export function nodes({ bytes }) {
  const { group, textMs } = parse(bytes);
  const list = [];
  const add = (entity, kind, parent, depth) => {
    const { msTeamsUsers: teams, sipTrunkChannels: sip } = entity;
    const node = {
      parent, depth, kind, size: 1,
      name: entity.name,
      id: entity.uuid ?? entity.id,
      assigned: teams?.assigned ?? null,
      inUse: teams?.inUse ?? null,
      users: teams?.inUseMsUsers ?? null,
      resourceAccounts: teams?.inUseMsResourceAccount ?? null,
      channels: sip?.assigned ?? null,
    };
    const at = list.push(node) - 1;
    for (const [key, childKind] of LISTS) {
      const children = entity[key];
      if (!children) continue;
      for (const child of children) add(child, childKind, at, depth + 1);
    }
    node.size = list.length - at;
  };
  add(group, 1, -1, 0);
  const look = () => ({
    items: list.length,
    sum: list.reduce((sum, node) => sum + node.assigned, 0),
  });
  return { textMs, look };
}

/** Columns that grow as they fill, as Seatree's do. Names and ids stay texts, which costs nothing. */
class Arena {
  length = 0;
  room = 1024;
  parent = new Uint32Array(this.room);
  size = new Uint32Array(this.room);
  depth = new Uint8Array(this.room);
  kind = new Uint8Array(this.room);
  figures = Array.from({ length: 5 }, () => new Float64Array(this.room));
  names = [];
  ids = [];

  append(parent, depth, kind) {
    if (this.length === this.room) this.#grow();
    const at = this.length;
    this.length += 1;
    this.parent[at] = parent;
    this.depth[at] = depth;
    this.kind[at] = kind;
    return at;
  }

  #grow() {
    this.room *= 2;
    const longer = (column) => {
      const grown = new column.constructor(this.room);
      grown.set(column);
      return grown;
    };
    this.parent = longer(this.parent);
    this.size = longer(this.size);
    this.depth = longer(this.depth);
    this.kind = longer(this.kind);
    this.figures = this.figures.map(longer);
  }
}

/** The arena's columns. A figure that was not sent is NaN. */
export function arena({ bytes }) {
  const { group, textMs } = parse(bytes);
  const tree = new Arena();
  const add = (entity, kind, parent, depth) => {
    const at = tree.append(parent, depth, kind);
    const { msTeamsUsers: teams, sipTrunkChannels: sip } = entity;
    const [assigned, inUse, users, accounts, channels] = tree.figures;
    assigned[at] = teams?.assigned ?? NaN;
    inUse[at] = teams?.inUse ?? NaN;
    users[at] = teams?.inUseMsUsers ?? NaN;
    accounts[at] = teams?.inUseMsResourceAccount ?? NaN;
    channels[at] = sip?.assigned ?? NaN;
    tree.names.push(entity.name);
    tree.ids.push(entity.uuid ?? entity.id);
    for (const [key, childKind] of LISTS) {
      const children = entity[key];
      if (!children) continue;
      for (const child of children) add(child, childKind, at, depth + 1);
    }
    tree.size[at] = tree.length - at;
  };
  add(group, 1, 0, 0);
  const look = () => ({
    items: tree.length,
    sum: tree.figures[0].subarray(0, tree.length).reduce((sum, assigned) => sum + assigned, 0),
  });
  return { textMs, look };
}
