// What both peers make of a DRaaS group's reply. The objects that JSON.parse gave are shown as they
// are: copying them would only cost time and memory.

const LISTS = ["distributors", "resellers", "tenants", "subscriptions"];

/** Fetches the reply and gives the group with its totals, which the vendor sends beside it. */
export async function fetchGroup(url) {
  const reply = await (await fetch(url)).json();
  const { group } = reply;
  group.msTeamsUsers = reply.msTeamsUsers;
  group.sipTrunkChannels = reply.sipTrunkChannels;
  return group;
}

const NONE = [];

/** All that stands directly below an entity. Most have one list, which is given as it is. */
export function children(entity) {
  let found = NONE;
  for (const key of LISTS) {
    const list = entity[key];
    if (list?.length) found = found.length ? [...found, ...list] : list;
  }
  return found;
}

/** The letter before the name. */
export function kind(entity) {
  if (entity.distributors) return "G";
  if (entity.resellers) return "D";
  if (entity.tenants) return "R";
  return entity.subscriptions ? "T" : "S";
}

const UNKNOWN = "–";
const whole = new Intl.NumberFormat("en-US");
const percent = new Intl.NumberFormat("en-US", { style: "percent", maximumFractionDigits: 0 });

export const assigned = (entity) => entity.msTeamsUsers?.assigned;
export const inUse = (entity) => entity.msTeamsUsers?.inUse;
export const channels = (entity) => entity.sipTrunkChannels?.assigned;

export const available = (entity) => assigned(entity) - inUse(entity);

/** Undefined where nothing is assigned. */
export function utilization(entity) {
  const of = assigned(entity);
  return of ? inUse(entity) / of : undefined;
}

export const count = (value) => value === undefined || Number.isNaN(value) ? UNKNOWN : whole.format(value);

export const share = (value) => value === undefined ? UNKNOWN : percent.format(value);

/** The last column: what a person should look at. */
export function finding(entity) {
  const [limit, used] = [assigned(entity), inUse(entity)];
  if (used > limit) return "over limit";
  if (limit > 0 && used === 0) return "idle";
  return limit > 0 && used >= limit * 0.8 ? "near limit" : "";
}
