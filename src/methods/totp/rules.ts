import { type Instant, seconds } from '../../kernel/clock.ts';
import {
  base32Of,
  codeAt as codeFor,
  counterOf,
  type Pattern,
  stepAt as stepOfPeriod,
  usual,
} from '../../otp/codes.ts';
import { seedIn } from '../../otp/seeds.ts';

/** A secret in Base32 (RFC 4648), as authenticators take it, and how codes are made of it. */
export interface Key extends Pattern {
  readonly secret: string;
}

/** Steps to either side of our clock that are looked at (RFC 6238, 5.2: at most one). */
const window = 1;
/** How far a phone's clock may have wandered before its owner should be told. */
const mostDrift = 2;

export const stepAt = (at: Instant, { period }: Pattern = usual): number => stepOfPeriod(at, seconds(period));

/** When the step after this one begins: the first moment another code can be right. */
export const nextStepAt = (at: Instant, pattern: Pattern = usual): Instant =>
  ((stepAt(at, pattern) + 1) * seconds(pattern.period)) as Instant;

/** @param secret Base32 */
export const codeAt = (secret: string, step: number, pattern: Pattern = usual): string =>
  codeFor({ ...pattern, secret }, step);

/** The step a code belongs to, near now as that authenticator's clock sees it; null when it belongs to none. */
export function stepOf(code: string, key: Key, drift: number, now: Instant): number | null {
  const middle = stepAt(now, key) + drift;
  return counterOf(code, key, { from: middle - window, to: middle + window });
}

/** How far that clock is off, remembered instead of a wider window. */
export const driftOf = (step: number, now: Instant, pattern: Pattern): number =>
  Math.max(-mostDrift, Math.min(mostDrift, step - stepAt(now, pattern)));

/** The last step whose code may have been used before now, by a clock that was last known to be so far off. */
export const lastUsable = (now: Instant, drift: number, pattern: Pattern): number =>
  stepAt(now, pattern) + drift + window + 1;

/** 160 bits (RFC 4226, 4 R6) in Base32 without padding. */
export const secretOf = base32Of;

/** Shorter keys are guessed (RFC 4226, 4 R6); longer ones than any hash takes whole serve nothing. In bytes. */
const [fewest, most] = [16, 128];

/** A key as somebody typed it, in Base32 or hexadecimal; null when it is none, or too short to be safe. */
export function keyIn(typed: string, pattern: Pattern): Key | null {
  const bytes = seedIn(typed);
  const fits = bytes !== null && bytes.length >= fewest && bytes.length <= most;
  return fits ? { ...pattern, secret: base32Of(bytes) } : null;
}

/** What the QR code says (the Key Uri Format that authenticator apps share). */
export function keyUri(issuer: string, name: string, { secret, algorithm, digits, period }: Key): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(name)}`;
  const query = new URLSearchParams({ secret, issuer, algorithm, digits: String(digits), period: String(period) });
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`;
}
