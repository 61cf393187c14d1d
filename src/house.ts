import type { Account } from './core/accounts/store.ts';
import type { Service } from './core/applications/services.ts';
import type { ApplicationSettings } from './core/applications/settings.ts';
import type { Purpose } from './core/attempts/store.ts';
import { readChoice } from './core/browsers/passwordless.ts';
import { readTokens } from './core/browsers/remembered.ts';
import { findBrowser } from './core/browsers/store.ts';
import type { MailSettings } from './core/delivery/mail/settings.ts';
import type { Price } from './core/delivery/sms/provider.ts';
import type { Plugin } from './core/plugins/settings.ts';
import type { Nameable } from './core/policies/nameable.ts';
import type { Realm } from './core/realms/settings.ts';
import type { Site } from './core/sites/settings.ts';
import type { CookieChanges } from './http/cookies.ts';
import { Problem } from './http/problems.ts';
import type { Answer, Asked } from './http/route.ts';
import type { SendLimit } from './otp/send-limits.ts';
import { type Beginning, begin } from './proving/begin.ts';
import type { Begun, Gate, Visit } from './proving/gate.ts';
import type { Passed } from './proving/let-through.ts';
import type { Assets } from './ui/assets.ts';
import type { Brand } from './ui/brand.ts';
import type { Frame } from './ui/document.tsx';

/** What every surface and protocol works with. */
export interface House {
  readonly gate: Gate;
  readonly assets: Assets;
  readonly brand: Brand;
  readonly publicUrl: URL;
  readonly applications: readonly ApplicationSettings[];
  readonly services: readonly Service[];
  readonly sites: readonly Site[];
  /** Plugins that were written for privacyIDEA. */
  readonly plugins: readonly Plugin[];
  readonly nameable: Nameable;
  /** Of one SMS, where whoever runs the house said it. */
  readonly smsPrice: Price | null;
  readonly running: Running;
  /** What applications check our signatures with, the one that signs first. */
  signing(): Promise<readonly SigningKey[]>;
}

type MailWords = MailSettings['words'];

/** How this house is set up, as whoever looks after people may read it: who is reached, how often, and no secret. */
export interface Running {
  readonly mail: {
    readonly server: string;
    readonly from: string;
    readonly tls: string;
    readonly words: MailWords;
  } | null;
  /** The provider of text messages. */
  readonly sms: string | null;
  readonly directory: readonly string[];
  /** Where the log is told of what happened. */
  readonly streams: readonly { readonly name: string; readonly to: string }[];
  /** The file of our own certificate; null: a proxy has it, or nobody. */
  readonly certificate: string | null;
  readonly realms: readonly Realm[];
  /** How often codes may be sent, by the methods that send them. */
  readonly sends: readonly { readonly method: string; readonly limits: readonly SendLimit[]; readonly daily: number }[];
}

export interface SigningKey {
  readonly kid: string;
  readonly state: 'signs' | 'next' | 'last';
}

/** The visitor, as far as the request tells. */
export async function visitOf(
  { gate }: House,
  { cookies, address, agent, language, session }: Pick<Asked, 'cookies' | 'address' | 'agent' | 'language' | 'session'>,
): Promise<Visit> {
  const { read } = gate.database;
  const browser = cookies.browser === undefined ? null : await findBrowser(read, cookies.browser);
  const cookie = cookies.passwordless;
  const choice = cookie === undefined ? null : await readChoice(read, gate, { cookie, browser });
  const remembered = readTokens(cookies.remembered);
  return { address, agent, language, browser, choice, session: session?.id ?? null, remembered };
}

type Comer = Pick<Asked, 'session' | 'cookies' | 'address'>;

/** Sends the visitor to the sign-in pages, for this purpose. @throws Problem where too many come from their network */
export async function sendToSignIn(house: House, asked: Comer, purpose: Purpose): Promise<Answer> {
  const begun = await beginFor(house, asked, { purpose, session: asked.session, browserSecret: asked.cookies.attempt });
  return { is: 'redirect', to: `/sign-in/${begun.id}`, cookies: { attempt: begun.browserSecret } };
}

/** Begins an attempt for whoever asks. @throws Problem where too many come from their network */
export async function beginFor(
  { gate }: House,
  { session, cookies: { browser }, address }: Comer,
  given: Omit<Beginning, 'newcomerAt'>,
): Promise<Begun> {
  const isKnown =
    session !== null || (browser !== undefined && (await findBrowser(gate.database.read, browser)) !== null);
  const begun = await begin(gate, { ...given, newcomerAt: isKnown ? null : address });
  if (begun === null) throw new Problem('too-many-requests', `newcomers from the network of ${address}`);
  return begun;
}

/** What the browser of somebody who was let through keeps from now on. */
export const cookiesOf = ({
  sessionSecret,
  browserSecret,
  proofSecret,
  remembered,
  passwordless,
}: Passed): CookieChanges => ({
  ...(sessionSecret !== null && { session: sessionSecret }),
  ...(browserSecret !== null && { browser: browserSecret }),
  ...(proofSecret !== null && { proof: proofSecret }),
  ...(remembered !== null && { remembered }),
  ...(passwordless !== undefined && { passwordless }),
});

export const frameOf = (
  { assets, brand }: House,
  { language, nonce }: Pick<Asked, 'language' | 'nonce'>,
  here: string,
): Frame => ({ language, nonce, assets, brand, here });

/** Of a page of ours at a site's host, where our files are found under another path, and there is no other page of ours. */
export const frameAtSite = (house: House, { language }: Pick<Asked, 'language'>): Frame => ({
  language,
  nonce: '',
  brand: house.brand,
  assets: { ...house.assets, href: (name) => `/.sallyport${house.assets.href(name)}` },
  here: '',
});

/** What pages and applications call a person. */
export const calledOf = (account: Account): string => account.name || account.username;
