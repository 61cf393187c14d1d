import { HOTP, Secret } from 'otpauth';
import { sameText } from '../kernel/bytes.ts';
import type { Instant } from '../kernel/clock.ts';

/** What a code is made of (RFC 4226, 5.3; RFC 6238, 1.2). */
export interface Generator {
  /** Base32 (RFC 4648). */
  readonly secret: string;
  readonly algorithm: 'SHA1' | 'SHA256' | 'SHA512';
  readonly digits: number;
}

/** How codes are made, beside the secret, and for how long each is shown (RFC 6238). */
export interface Pattern extends Pick<Generator, 'algorithm'> {
  readonly digits: 6 | 8;
  /** Seconds. */
  readonly period: 30 | 60;
}

/** What every authenticator app agrees on. */
export const usual: Pattern = { algorithm: 'SHA1', digits: 6, period: 30 };

export const codeAt = ({ secret, algorithm, digits }: Generator, counter: number): string =>
  HOTP.generate({ secret: Secret.fromBase32(secret), algorithm, digits, counter });

/**
 * The counter a code belongs to, from one to another, both looked at; null when it belongs to none. All are looked at
 * whichever fits, so the time tells nothing.
 */
export function counterOf(
  code: string,
  generator: Generator,
  { from, to }: { from: number; to: number },
): number | null {
  let found: number | null = null;
  for (let counter = Math.max(0, from); counter <= to; counter++)
    if (sameText(codeAt(generator, counter), code)) found = counter;
  return found;
}

/** RFC 6238, 4.2: the number of periods since 1970. Beyond 32 bits in 2038, which a double holds exactly. */
export const stepAt = (at: Instant, period: number): number => Math.floor(at / period);

/** What was typed as digits, spaces taken out; null when it cannot be a code of such a length. */
export function tidyCode(typed: string, ...digits: readonly number[]): string | null {
  const code = typed.replaceAll(/[\s-]/g, '');
  return /^[0-9]+$/.test(code) && digits.includes(code.length) ? code : null;
}

/** Base32 without padding. */
export const base32Of = (bytes: Buffer): string => new Secret({ buffer: Uint8Array.from(bytes).buffer }).base32;
