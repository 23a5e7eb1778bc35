// Limits at the DRaaS sandbox, as somebody else sees and changes them, and what is asked of it.
import assert from "node:assert/strict";

const TEAMS = "msTeamsUsers";
const SIP = "sipTrunkChannels";

/** The platform of a running Seatree. */
export function platform(seatree) {
  const { draas: at } = seatree.addresses;
  const { instance, prefix, group } = seatree.truth.draas;
  const authorization = `Bearer ${seatree.truth.sign_in.draas.machine_token}`;
  const ask = async (path, options = {}) => {
    const reply = await fetch(`${at}/api/v01/${prefix}/${instance}${path}`, {
      ...options, headers: { authorization, "content-type": "application/json" },
    });
    assert.equal(reply.status, 200, `${path}: ${reply.status}`);
    return reply.json();
  };
  const pathOf = ({ tenant, id }) => `/tenants/${tenant}/subscriptions/${id}/licenses`;
  const rules = `${at}/_sandbox/faults`;
  const set = async (rule) => {
    const reply = await fetch(rules, { method: "POST", body: JSON.stringify(rule) });
    assert.equal(reply.status, 201, await reply.text());
  };
  return {
    /** The subscriptions whose number no other has, in the order of the tree. */
    async subscriptions() {
      const found = [];
      const visit = (entity, above) => {
        const path = [...above, entity];
        for (const [key, below] of Object.entries(entity)) {
          if (!Array.isArray(below)) continue;
          for (const one of below) {
            if (key === "subscriptions") {
              found.push({
                tenant: entity.uuid, id: one.id, name: one.name, tenantName: entity.name, path,
                teams: one[TEAMS], sip: one[SIP],
              });
            } else {
              visit(one, path);
            }
          }
        }
      };
      const all = await ask(`/groups/${group.uuid}/licenses?detailed=true`);
      visit(all.group, []);
      const numbers = new Map();
      for (const { id } of found) numbers.set(id, (numbers.get(id) ?? 0) + 1);
      return found.filter(({ id, name }) => numbers.get(id) === 1 && name.trim());
    },
    /** What a subscription has now. */
    async limits(subscription) {
      const { [TEAMS]: teams, [SIP]: sip } = await ask(pathOf(subscription));
      return { teams: teams.assigned, sip: sip.assigned };
    },
    /** What a node above has now. */
    async totals(plural, uuid) {
      const { [TEAMS]: teams, [SIP]: sip } = await ask(`/${plural}/${uuid}/licenses`);
      return { teams: teams.assigned, sip: sip.assigned };
    },
    /** Somebody else changes a limit. */
    change: (subscription, teams) =>
      ask(pathOf(subscription), { method: "PUT", body: JSON.stringify({ [TEAMS]: { assigned: teams } }) }),
    /** The tenant that an account administers. */
    async ownTenant(username, password) {
      const json = { "content-type": "application/json" };
      const login = await fetch(`${at}/api/v01/auth/login`, {
        method: "POST", headers: json, body: JSON.stringify({ username, password }),
      });
      const { access_token: token } = await login.json();
      const user = await fetch(`${at}/api/v01/system/users/local`, { headers: { authorization: `Bearer ${token}` } });
      const { admin_of: [{ reference }] } = await user.json();
      return reference;
    },
    /** Has the platform answer changes of a subscription so, once. */
    rehearse: (subscription, effect) =>
      set({ method: "PUT", path_contains: pathOf(subscription), times: 1, ...effect }),
    set,
    /** Counts the changes that arrive from now on; to be set before anything goes wrong. */
    async counter() {
      await fetch(rules, { method: "DELETE" });
      await set({ method: "PUT", skip: 1_000_000, latency_ms: 0 });
      return async () => {
        const { faults } = await (await fetch(rules)).json();
        return faults.find(({ method, skip }) => method === "PUT" && skip === 1_000_000).matched;
      };
    },
  };
}

export const CHANGES = { role: "grid", name: "Changes" };

/** Drafts new limits through the import, which is the shortest way, and leads to the page. */
export async function draft(page, lines) {
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Go to a node or run a command" });
  await palette.getByRole("combobox").fill("Import limits");
  await palette.getByRole("option", { name: "Import limits from CSV", selected: true }).waitFor();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Import limits" });
  await dialog.getByLabel("Or paste it here").fill(lines.join("\n"));
  await dialog.getByRole("button", { name: /^Add [\d,]+ changes? to the draft$/ }).click();
  await dialog.getByRole("button", { name: "Review the draft" }).click();
  await page.getByRole(CHANGES.role, { name: CHANGES.name }).waitFor();
}

/** A line of an import. */
export const line = ({ id }, license, limit) => `${id},${license},${limit}`;

/** The row of a change, by its subscription. */
export function changeOf(page, { id, tenantName }) {
  const place = page.locator(".note", { hasText: `#${id} · ${tenantName}` });
  return page.getByRole(CHANGES.role, { name: CHANGES.name })
    .locator(".grid-space > [role=row]:not([hidden])").filter({ has: place });
}

/** Waits until a change's row says this. */
export async function says(page, subscription, words) {
  await changeOf(page, subscription).getByText(words).waitFor();
}

/** Confirms that the draft is to be sent, and waits for its end. */
export async function send(page) {
  await confirm(page);
  await page.getByText(/^(Stopped\. )?[\d,]+ limits? (is|are) as wanted/).waitFor();
}

/** Confirms that the draft is to be sent. */
export async function confirm(page) {
  await page.getByRole("button", { name: "Send…" }).click();
  await page.getByRole("dialog", { name: "Send these changes?" })
    .getByRole("button", { name: /^Send [\d,]+ changes?$/ }).click();
}
