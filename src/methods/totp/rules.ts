import { type Instant, seconds } from '../../kernel/clock.ts';
import { base32Of, codeAt as codeFor, counterOf, stepAt as stepOfPeriod, tidyCode } from '../../otp/codes.ts';

/** What every authenticator app speaks (RFC 6238; SHA-1 and six digits are what they agree on). */
const period = seconds(30);
const digits = 6;
const algorithm = 'SHA1';

/** Steps to either side of our clock that are looked at (RFC 6238, 5.2: at most one). */
const window = 1;
/** How far a phone's clock may have wandered before its owner should be told. */
const mostDrift = 2;

export const stepAt = (at: Instant): number => stepOfPeriod(at, period);

/** When the step after this one begins: the first moment another code can be right. */
export const nextStepAt = (at: Instant): Instant => ((stepAt(at) + 1) * period) as Instant;

/** What was typed as six digits, spaces taken out; null when it cannot be a code, whatever the time. */
export const tidy = (typed: string): string | null => tidyCode(typed, digits);

/** @param secret Base32 (RFC 4648), as authenticators take it */
export const codeAt = (secret: string, step: number): string => codeFor({ secret, algorithm, digits }, step);

/** The step a code belongs to, near now as that phone's clock sees it; null when it belongs to none. */
export function stepOf(code: string, secret: string, drift: number, now: Instant): number | null {
  const middle = stepAt(now) + drift;
  return counterOf(code, { secret, algorithm, digits }, { from: middle - window, to: middle + window });
}

/** How far that phone's clock is off, remembered instead of a wider window. */
export const driftOf = (step: number, now: Instant): number =>
  Math.max(-mostDrift, Math.min(mostDrift, step - stepAt(now)));

/** The last step whose code may have been used before now, by a phone whose clock was last known to be so far off. */
export const lastUsable = (now: Instant, drift: number): number => stepAt(now) + drift + window + 1;

/** 160 bits (RFC 4226, 4 R6) in Base32 without padding. */
export const secretOf = base32Of;

/** What the QR code says (the Key Uri Format that authenticator apps share). */
export function keyUri(issuer: string, name: string, secret: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(name)}`;
  const query = new URLSearchParams({
    secret,
    issuer,
    algorithm,
    digits: String(digits),
    period: String(period / 1000),
  });
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`;
}
