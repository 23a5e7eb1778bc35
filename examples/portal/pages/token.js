/** A token of whoever is signed in to the portal, minted by its server. */
export async function token() {
  const reply = await fetch("/token", { method: "POST" });
  if (!reply.ok) throw new Error(`the portal answered with status ${reply.status}`);
  return reply.text();
}
