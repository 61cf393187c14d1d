import { randomBytes } from 'node:crypto';
import type { Pending, Person } from './sign-in.ts';

/** What is known of one browser. */
export interface Session {
  readonly id: string;
  person: Person | null;
  pending: Pending | null;
  /** Said once, on the next page. */
  told: string | null;
}

const cookie = 'tracker';

/** In memory: it is a demonstration. */
export class Sessions {
  readonly #byId = new Map<string, Session>();

  /** The browser's session by its cookie. */
  find(header: string | undefined): Session | null {
    const id = new RegExp(`(?:^|; )${cookie}=([\\w-]+)`).exec(header ?? '')?.[1];
    return this.#byId.get(id ?? '') ?? null;
  }

  /** A new id for the same browser: the one from before signing in is worth nothing after it. */
  renew(before: Session | null): Session {
    if (before !== null) this.#byId.delete(before.id);
    const id = randomBytes(32).toString('base64url');
    const session = { person: null, pending: null, told: null, ...before, id };
    this.#byId.set(id, session);
    return session;
  }

  remove(session: Session): void {
    this.#byId.delete(session.id);
  }

  /** Sallyport says that one of its sessions ended (OpenID Connect Back-Channel Logout). */
  endAll(sid: string): void {
    for (const session of this.#byId.values()) if (session.person?.sid === sid) session.person = null;
  }
}

export const setCookie = (session: Session | null): string =>
  session === null
    ? `${cookie}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`
    : `${cookie}=${session.id}; Path=/; HttpOnly; SameSite=Lax`;
