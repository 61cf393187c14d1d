import type { ApplicationSettings } from '../../core/applications/settings.ts';
import { findBrowser } from '../../core/browsers/store.ts';
import type { Session } from '../../core/sessions/store.ts';
import type { CookieName } from '../../http/cookies.ts';
import type { Fetch } from '../../kernel/network.ts';
import type { Gate, Visit } from '../../proving/gate.ts';
import type { Assets } from '../../ui/assets.ts';
import type { Frame } from '../../ui/document.tsx';
import type { Language } from '../../ui/language.ts';

/** What speaking OpenID Connect works with. */
export interface OidcHouse {
  readonly gate: Gate;
  readonly assets: Assets;
  readonly publicUrl: URL;
  readonly applications: readonly ApplicationSettings[];
  readonly fetch: Fetch;
}

/** The visitor as the gate wants to know them. */
export async function visitOf(
  gate: Gate,
  from: {
    readonly cookies: Partial<Record<CookieName, string>>;
    readonly session: Session | null;
    readonly address: string;
    readonly agent: string;
    readonly language: Language;
  },
): Promise<Visit> {
  const { cookies, session, address, agent, language } = from;
  const browser = cookies.browser === undefined ? null : await findBrowser(gate.database.read, cookies.browser);
  return { address, agent, language, browser, session: session?.id ?? null };
}

export const frameOf = (
  { assets }: OidcHouse,
  { language, nonce }: { readonly language: Language; readonly nonce: string },
  here: string,
): Frame => ({ language, nonce, assets, here });

export const applicationOf = ({ applications }: OidcHouse, id: unknown): ApplicationSettings | undefined =>
  applications.find((one) => one.id === id);
