// Who is signed in to the portal: sessions in memory, named by a cookie that no script reads.
import { randomBytes } from "node:crypto";

const COOKIE = "portal";
const HOUR_S = 3_600;

/** Sessions by the value of their cookie. */
export class Sessions {
  #known = new Map();

  /** Begins a session; gives the header that tells the browser. */
  begin(visitor) {
    const id = randomBytes(24).toString("base64url");
    this.#known.set(id, { visitor, ends: Date.now() + HOUR_S * 1_000 });
    // `Secure` belongs here, too, wherever the portal is not on this machine alone.
    return `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${HOUR_S}`;
  }

  /** Who asks; undefined for nobody. */
  of(request) {
    const session = this.#known.get(idOf(request));
    return session && session.ends > Date.now() ? session.visitor : undefined;
  }

  /** Ends a session; gives the header that tells the browser. */
  end(request) {
    this.#known.delete(idOf(request));
    return `${COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;
  }
}

function idOf(request) {
  const cookies = (request.headers.cookie ?? "").split(/;\s*/).map((cookie) => cookie.split("="));
  return cookies.find(([name]) => name === COOKIE)?.[1];
}
