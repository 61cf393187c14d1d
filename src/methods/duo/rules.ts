import { createHmac } from 'node:crypto';
import type { Evidence } from '../../flow/assurance.ts';
import { minutes } from '../../kernel/clock.ts';

/** What was done at Duo, by the names of its `auth_context.factor` (https://duo.com/docs/oauthapi), and what RFC 8176 calls it. */
const real = {
  duo_push: { amr: ['mca'], verified: true },
  verified_duo_push: { amr: ['mca'], verified: true },
  duo_mobile_passcode: { amr: ['otp'] },
  passcode: { amr: ['otp'] },
  hardware_token: { amr: ['otp'] },
  yubikey_passcode: { amr: ['otp'] },
  webauthn_credential: { amr: ['pop'], verified: true },
  webauthn_security_key: { amr: ['hwk', 'pop'] },
  webauthn_chrome_touch_id: { amr: ['pop', 'swk'], verified: true },
  phone_call: { amr: ['tel'] },
  sms_passcode: { amr: ['sms'], relayed: true },
} as const satisfies Record<string, { amr: readonly string[]; verified?: true; relayed?: true }>;

/** Where Duo let somebody through who showed nothing: "allow" is not "proven" (T39). */
const unproven = {
  bypass_user: true,
  bypass_code: true,
  remembered_device: true,
  trusted_network: true,
  allow_unenrolled_user: true,
} as const;

export type Factor = keyof typeof real | keyof typeof unproven;
export const usualFactors = Object.keys(real) as (keyof typeof real)[];
export const factors = [...usualFactors, ...Object.keys(unproven)] as Factor[];

/** What an installation says of its tenant. */
export interface Declared {
  readonly allowedFactors: readonly Factor[];
  /** Biometrics or a PIN are forced there, with a number to match. */
  readonly declaredMfa: boolean;
}

const base = { phishingResistant: false, hardware: false, recovery: false } as const;

/** Nothing was shown, and that is what it says. */
export const standIn: Evidence = { ...base, kinds: [], amr: [], standsIn: true };

/** What Duo's "yes" proves; null when it is not taken here. A factor that nobody has heard of never is. */
export function evidenceOf(factor: string, { allowedFactors, declaredMfa }: Declared): Evidence | null {
  if (!allowedFactors.some((allowed) => allowed === factor)) return null;
  const proof: { amr: readonly string[]; verified?: true; relayed?: true } | undefined =
    real[factor as keyof typeof real];
  if (proof === undefined) return standIn;
  const { amr, verified, relayed } = proof;
  const kinds: Evidence['kinds'] = declaredMfa && verified ? ['possession', 'inherence'] : ['possession'];
  return { ...base, kinds, amr, ...(relayed && { relayed }) };
}

/** The best of what is taken: the factors above stand in that order. */
export const bestOf = (declared: Declared): Evidence =>
  usualFactors.map((factor) => evidenceOf(factor, declared)).find((evidence) => evidence !== null) ?? standIn;

/** A reason that says more than the factor: nothing was shown after all. */
export const shownBy = (factor: string, reason: string | undefined): string =>
  reason !== undefined && reason in unproven ? reason : factor;

/**
 * What kind of passcode this is, which Duo does not tell: Duo Mobile and hardware tokens show six or eight digits, a text
 * message brings seven, and what an administrator hands out for a bad day has nine. Null when it cannot be a passcode.
 */
export function passcodeKind(code: string): Factor | null {
  if (/^[0-9]{6}$|^[0-9]{8}$/.test(code)) return 'passcode';
  if (/^[0-9]{7}$/.test(code)) return 'sms_passcode';
  if (/^[0-9]{9}$/.test(code)) return 'bypass_code';
  return /^[cbdefghijklnrtuv]{44}$/.test(code) ? 'yubikey_passcode' : null;
}

export const tidy = (typed: string): string => typed.replaceAll(/[\s-]/g, '');

/** The number to match, where Duo gives one: it stands in what Duo says of the push. */
export const numberIn = (message: string): string | null => /\bcode (\d{2,8})\b/.exec(message)?.[1] ?? null;

/**
 * One form for every name, as for our accounts: with a leading space Duo knows somebody else, whom it may let through
 * unasked (DUO-PSA-2015-003).
 */
export const duoName = (username: string): string => username.normalize('NFKC').trim().toLowerCase().normalize('NFKC');

/** How long a push may be answered, how many may stay unanswered, and in how long. */
export const answerable = minutes(1);
const atMost = 3;
export const within = minutes(60);

export interface Push {
  readonly slot: number;
  readonly sentAt: number;
  readonly outstanding: boolean;
}

/** Where the next push is kept, or how many milliseconds it has to wait: one at a time, three an hour without a yes. */
export function roomFor(pushes: readonly Push[], now: number): { slot: number } | { wait: number } {
  const open = pushes.find(({ outstanding, sentAt }) => outstanding && sentAt > now - answerable);
  if (open !== undefined) return { wait: open.sentAt + answerable - now };
  const lately = pushes.filter(({ sentAt }) => sentAt > now - within);
  const slots = Array.from({ length: atMost }, (_, slot) => slot);
  const slot = slots.find((one) => lately.every((push) => push.slot !== one));
  if (slot !== undefined) return { slot };
  return { wait: Math.min(...lately.map(({ sentAt }) => sentAt)) + within - now };
}

export interface Call {
  readonly method: 'GET' | 'POST';
  /** With its port, where that is not 443. */
  readonly host: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  /** RFC 9110, 5.6.7 */
  readonly date: string;
}

/** The parameters as they are signed and sent: sorted, and escaped as RFC 3986 has it. */
export const encoded = (params: Call['params']): string =>
  Object.keys(params)
    .sort()
    .map((name) => `${escaped(name)}=${escaped(params[name] ?? '')}`)
    .join('&');
const escaped = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The `Authorization` of a call of the Auth API, signed by HMAC-SHA512 (https://duo.com/docs/authapi, Authentication). */
export function authorization(
  { method, host, path, params, date }: Call,
  keys: { id: string; secret: string },
): string {
  const canonical = [date, method, host.toLowerCase(), path, encoded(params)].join('\n');
  const signature = createHmac('sha512', keys.secret).update(canonical).digest('hex');
  return `Basic ${Buffer.from(`${keys.id}:${signature}`).toString('base64')}`;
}
