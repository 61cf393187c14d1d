import type { AskedLevel, Evidence } from '../assurance.ts';
import type { Offer } from '../facts.ts';
import type { Allowed } from '../gather.ts';

/**
 * A small world: what a house offers, what Anna owns, what whoever sits at the browser can really do of it, who is
 * signed in there already, and what they came for. Ben lives in it too; the actor can do all that is his.
 */
export interface World {
  readonly house: House;
  readonly errand: Errand;
  readonly session: Session;
  /** Of Anna. */
  readonly owns: readonly string[];
  /** One backup code is left, and the next is none. */
  readonly lastCode: boolean;
}

export interface House {
  readonly name: string;
  readonly methods: readonly Allowed[];
}

export interface Errand {
  readonly name: string;
  /** `owned`: all that this person owns, as the pages ask it that change a way to sign in. */
  readonly level: AskedLevel | 'owned';
  readonly by: 'policy' | 'request';
  /** Proofs that lift must be a few minutes old at most. */
  readonly young: boolean;
  readonly withoutRecovery: boolean;
  readonly deniesAnna: boolean;
  readonly wanted: string | null;
  readonly preferred: string | null;
  /** In Anna's browser, kept by her for this method. */
  readonly returning: string | null;
  readonly offers: readonly Offer[];
  /** The policy asks for a code besides one factor. */
  readonly confirms: boolean;
}

/** From before: twenty days old; seven minutes, lately enough to set something up; or a minute. */
export interface Session {
  readonly of: 'anna' | 'ben' | null;
  readonly age: 'old' | 'late' | 'young';
  readonly proofs: 'password' | 'everything';
}

export const bensMethods: readonly string[] = ['password', 'totp'];

const proves = (kinds: Evidence['kinds'], more: Partial<Evidence> = {}): Evidence => ({
  kinds,
  phishingResistant: false,
  hardware: false,
  recovery: false,
  amr: [],
  ...more,
});

// biome-ignore format: one method a line
const best = {
  password: proves(['knowledge']),
  totp:     proves(['possession']),
  passkey:  proves(['possession', 'inherence'], { phishingResistant: true }),
  ease:     proves(['possession', 'inherence'], { phishingResistant: true }),
  key:      proves(['possession'],              { phishingResistant: true, hardware: true }),
  codes:    proves(['possession'],              { recovery: true }),
  mail:     proves(['possession'],              { relayed: true }),
  pets:     proves(['knowledge'],               { standsIn: true }),
} as const satisfies Record<string, Evidence>;

const byId = new Map<string, Evidence>(Object.entries(best));
export function bestOf(id: string): Evidence {
  const found = byId.get(id);
  if (!found) throw new Error(`no method ${id}`);
  return found;
}

/** A passkey touched without PIN or finger proves less than it could. */
export const touched: Evidence = proves(['possession'], { phishingResistant: true });

const password: Allowed = { id: 'password', role: 'first', best: best.password, inline: false };
const totp: Allowed = { id: 'totp', role: 'second', best: best.totp, inline: true };
const passkey: Allowed = { id: 'passkey', role: 'first', best: best.passkey, inline: true };
/** A passkey that was made when it was offered, beside the password. */
const ease: Allowed = { id: 'ease', role: 'first', best: best.ease, inline: false, beside: true };
const key: Allowed = { id: 'key', role: 'second', best: best.key, inline: true };
const pets: Allowed = { id: 'pets', role: 'second', best: best.pets, inline: true };
const codes: Allowed = { id: 'codes', role: 'backup', best: best.codes, inline: false };

export const today: House = { name: 'today', methods: [password, totp, codes] };
export const tomorrow: House = { name: 'tomorrow', methods: [totp, passkey, password, key, codes] };
/** Offers passkeys on the way. */
export const easy: House = { name: 'easy', methods: [password, totp, ease, codes] };
/** Sends codes. */
const mail: Allowed = { id: 'mail', role: 'second', best: best.mail, inline: true };
export const writing: House = { name: 'writing', methods: [password, totp, mail, ease] };
/** Asks for codes, and can send none. */
export const mute: House = { name: 'mute', methods: [password, ease] };
/** The authenticator app proves nothing here, and keys are handed out. */
export const strict: House = {
  name: 'strict',
  methods: [{ ...totp, role: 'off' }, passkey, password, { ...key, inline: false }, codes],
};
/** As strict, by somebody who does not even mention the app. */
export const silent: House = { name: 'silent', methods: [passkey, password] };
/** Asks for names of pets, and lets in on them whom only the policy asks. */
export const lax: House = { name: 'lax', methods: [password, totp, pets, codes] };
