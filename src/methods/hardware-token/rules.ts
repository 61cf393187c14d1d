import { type Instant, seconds } from '../../kernel/clock.ts';
import { codeAt, counterOf, type Generator, stepAt } from '../../otp/codes.ts';

/** What the maker put into a token. */
export interface Make extends Generator {
  readonly serial: string;
  readonly kind: 'TOTP' | 'HOTP';
  /** Seconds a code is shown (TOTP); 0 where a button counts (HOTP). */
  readonly period: number;
  /** The first counter it may show (HOTP); 0 for TOTP. */
  readonly counter: number;
  /** Steps its clock is ahead of ours (TOTP); 0 for HOTP. */
  readonly drift: number;
}

/** When a code is looked at, and what is known of those before it. */
export interface Now {
  readonly now: Instant;
  /** The last step or counter that was used; null when none was. */
  readonly last: number | null;
}

/**
 * How far is looked for one code, and for two that follow each other. TOTP: steps to either side (RFC 6238, 5.2 and 6).
 * HOTP: counters ahead, for presses that nobody typed in (RFC 4226, 7.2 and 7.4).
 */
const reach = {
  TOTP: { one: 1, two: 10 },
  HOTP: { one: 10, two: 100 },
} as const;

const step = ({ period }: Pick<Make, 'period'>, now: Instant): number => stepAt(now, seconds(period));

function rangeOf(token: Make, { now, last }: Now, codes: 'one' | 'two'): { from: number; to: number } {
  const far = reach[token.kind][codes];
  if (token.kind === 'TOTP') {
    const middle = step(token, now) + token.drift;
    return { from: middle - far, to: middle + far };
  }
  // The one used last is looked at too: typed again it is a replay, and no guess.
  const from = Math.max(token.counter, last ?? 0);
  return { from, to: from + far };
}

/** The step or counter a code belongs to, near where the token should be; null when it is not there. */
export const placeOf = (code: string, token: Make, when: Now): number | null =>
  code.length === token.digits ? counterOf(code, token, rangeOf(token, when, 'one')) : null;

/**
 * The last place whose code may have been used before now. Nobody knows how often a button was pressed since then: as often
 * as is looked ahead for one code, and two in a row bring it back.
 */
export const lastUsable = (token: Omit<Make, 'secret'>, { now, last }: Now): number =>
  token.kind === 'TOTP'
    ? step(token, now) + token.drift + reach.TOTP.one + 1
    : Math.max(token.counter, last ?? 0) + reach.HOTP.one;

/**
 * The step or counter of the second of two codes that follow each other, looked for further off; null when they are not
 * there, or were used. All places are tried whichever fits.
 */
export function placeOfTwo(codes: readonly [string, string], token: Make, when: Now): number | null {
  if (codes.some((code) => code.length !== token.digits)) return null;
  const { from, to } = rangeOf(token, when, 'two');
  let found: number | null = null;
  for (let at = Math.max(0, from, (when.last ?? -1) + 1); at <= to; at++) {
    const first = counterOf(codes[0], token, { from: at, to: at });
    const second = counterOf(codes[1], token, { from: at + 1, to: at + 1 });
    if (first !== null && second !== null) found = at + 1;
  }
  return found;
}

/** How far its clock is off, once a code was found there: remembered instead of looking wider. */
export const driftAt = (token: Make, place: number, now: Instant): number =>
  token.kind === 'TOTP' ? place - step(token, now) : 0;

/** What it shows now, or shows after so many presses. */
export const codeOf = (token: Make, now: Instant, ahead = 0): string =>
  codeAt(token, (token.kind === 'TOTP' ? step(token, now) + token.drift : token.counter) + ahead);

/** Milliseconds until a token shows another code by itself; null when somebody has to press its button. */
export const untilNext = (token: Make, now: Instant): number | null =>
  token.kind === 'TOTP' ? (step(token, now) + 1) * seconds(token.period) - now : null;
