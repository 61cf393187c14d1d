import { HOTP, Secret } from 'otpauth';
import { sameText } from '../../kernel/bytes.ts';
import { type Instant, seconds } from '../../kernel/clock.ts';

/** What every authenticator app speaks (RFC 6238; SHA-1 and six digits are what they agree on). */
const period = seconds(30);
const digits = 6;
const algorithm = 'SHA1';

/** Steps to either side of our clock that are looked at (RFC 6238, 5.2: at most one). */
const window = 1;
/** How far a phone's clock may have wandered before its owner should be told. */
const mostDrift = 2;

/** RFC 6238, 4.2: the number of periods since 1970. Beyond 32 bits in 2038, which a double holds exactly. */
export const stepAt = (at: Instant): number => Math.floor(at / period);

/** When the step after this one begins: the first moment another code can be right. */
export const nextStepAt = (at: Instant): Instant => ((stepAt(at) + 1) * period) as Instant;

/** What was typed as six digits, spaces taken out; null when it cannot be a code, whatever the time. */
export function tidy(typed: string): string | null {
  const code = typed.replaceAll(/[\s-]/g, '');
  return /^[0-9]{6}$/.test(code) ? code : null;
}

/** @param secret Base32 (RFC 4648), as authenticators take it */
export const codeAt = (secret: string, step: number): string =>
  HOTP.generate({ secret: Secret.fromBase32(secret), algorithm, digits, counter: step });

/**
 * The step a code belongs to, near now as that phone's clock sees it; null when it belongs to none. All steps are
 * looked at whichever fits, so the time tells nothing.
 */
export function stepOf(code: string, secret: string, drift: number, now: Instant): number | null {
  let found: number | null = null;
  for (let near = -window; near <= window; near++) {
    const step = stepAt(now) + drift + near;
    if (sameText(codeAt(secret, step), code)) found = step;
  }
  return found;
}

/** How far that phone's clock is off, remembered instead of a wider window. */
export const driftOf = (step: number, now: Instant): number =>
  Math.max(-mostDrift, Math.min(mostDrift, step - stepAt(now)));

/** 160 bits (RFC 4226, 4 R6) in Base32 without padding. */
export const secretOf = (bytes: Buffer): string => new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32;

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
