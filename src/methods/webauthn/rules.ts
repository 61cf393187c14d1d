import type { Evidence } from '../../flow/assurance.ts';
import { type Instant, minutes } from '../../kernel/clock.ts';

/** How long an answer to a challenge is waited for (WebAuthn 3, 15.1: five to ten minutes). */
const life = minutes(5);

/** A page that is opened again keeps its challenge while this much is left of it, so that another tab's stays good. */
const rest = minutes(1);

/** What was asked: kept in the attempt, and the only thing that says what an answer has to hold. */
export interface Ceremony {
  /** base64url, 32 bytes */
  readonly challenge: string;
  readonly at: Instant;
  /** Decided when it was asked, whatever the settings have become since. */
  readonly userVerification: 'required' | 'preferred' | 'discouraged';
  /** base64url, 64 random bytes: who the account is to a key. */
  readonly userHandle: string;
  /** Asked of nobody in particular: the answer has to say whose it is (WebAuthn 3, 7.2, step 6). */
  readonly nameless?: boolean;
  /** Asked beside something else that is proven. */
  readonly beside?: boolean;
}

/** Milliseconds left to answer. */
export const timeLeft = ({ at }: Ceremony, now: Instant): number => at + life - now;

export const isOver = (ceremony: Ceremony, now: Instant): boolean => timeLeft(ceremony, now) <= 0;

export const isYoung = (ceremony: Ceremony, now: Instant): boolean => timeLeft(ceremony, now) > rest;

/** WebAuthn 3, 5.1.3 and 13.4.9: our own address, or a domain above it. Whose that is only its owner knows. */
export const covers = (rpId: string, host: string): boolean =>
  rpId === host || (rpId.includes('.') && host.endsWith(`.${rpId}`));

/** WebAuthn 3, 7.2: a count that stands still or goes back means a copy of the key, unless it keeps none at all. */
export const countHolds = (stored: number, given: number): boolean => (stored === 0 && given === 0) || given > stored;

/** A passkey of a phone that answered for the computer beside it: it came over from there, and is not carried as a key is. */
export const isElsewhere = (
  { attachment, transports }: { readonly attachment: string | null; readonly transports: readonly string[] },
  answered: string | null | undefined,
): boolean => answered === 'cross-platform' && (attachment === 'platform' || transports.includes('hybrid'));

/** What a key is, as it was bound. */
export interface Traits {
  /** It has told a person by PIN, finger or face before. */
  readonly verifies: boolean;
  /** BE: it may be on many devices. */
  readonly synced: boolean;
  /** Its maker has vouched that the key cannot leave it. */
  readonly hardware: boolean;
}

/**
 * What a touch proves, and what a touch with PIN, finger or face does (D21). Whether they know something or are somebody
 * the key does not tell; it is one factor more either way. A key that never told a person before does not begin with it
 * alone (WebAuthn 3, 7.2, step 27).
 */
export const evidenceOf = ({ verifies, synced, hardware }: Traits, verified: boolean): Evidence => ({
  kinds: verified && verifies ? ['possession', 'inherence'] : ['possession'],
  phishingResistant: true,
  hardware: hardware && !synced,
  recovery: false,
  amr: [synced ? 'swk' : 'hwk', 'user'],
  ...(synced && { synced }),
});

/**
 * The 65 bytes of a U2F public key as a COSE key (FIDO U2F Raw Message Formats, 4.3; RFC 9053, 7.1.1); null when they
 * are not a point without compression.
 */
export function coseOf(point: Buffer): Buffer | null {
  if (point.length !== 65 || point[0] !== 4) return null;
  // A map of five: kty EC2, alg ES256, crv P-256, then x and y of 32 bytes each.
  const head = Buffer.from('a5010203262001215820', 'hex');
  return Buffer.concat([head, point.subarray(1, 33), Buffer.from('225820', 'hex'), point.subarray(33)]);
}
