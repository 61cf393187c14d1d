import { base32Of } from '../../otp/codes.ts';
import type { Make } from './rules.ts';

/** What a row of a file said of one token, as text, before anything is believed. */
export interface Told {
  readonly serial: string;
  /** The secret's bytes; null when they could not be read. */
  readonly seed: Buffer | null;
  readonly kind: string;
  readonly algorithm: string;
  readonly digits: string;
  readonly period: string;
  readonly counter: string;
  readonly drift: string;
}

/** One row of a file: a token, or why it is none. Lines count from 1. */
export type Row = { readonly line: number } & (
  | { readonly token: Make }
  | { readonly serial: string; readonly why: string }
);

const algorithms: ReadonlyMap<string, Make['algorithm']> = new Map([
  ['', 'SHA1'],
  ['sha1', 'SHA1'],
  ['sha256', 'SHA256'],
  ['sha512', 'SHA512'],
]);

const kinds: ReadonlyMap<string, Make['kind']> = new Map([
  ['', 'TOTP'],
  ['TOTP', 'TOTP'],
  ['HOTP', 'HOTP'],
]);

/** RFC 4226, 4 R6: a seed has 128 bits at least. The most is one block of the longest hash. */
const bytes = { least: 16, most: 128 };

/** Believes a row, or says what is wrong with it: the first thing that is. */
export function believe(line: number, told: Told): Row {
  const { serial, seed } = told;
  const kind = kinds.get(told.kind.toUpperCase());
  const algorithm = algorithms.get(plainName(told.algorithm));
  const digits = numberIn(told.digits, 6);
  const period = numberIn(told.period, 30);
  const counter = numberIn(told.counter, 0);
  const drift = numberIn(told.drift, 0);
  const length = seed?.length ?? bytes.least;
  const complaints: readonly (readonly [boolean, string])[] = [
    [!/^[\w.:/-]{1,64}$/.test(serial), 'no serial number of 1 to 64 letters, digits and . : / - _'],
    [seed === null, 'the secret is neither Base32 nor hexadecimal'],
    [length < bytes.least, `the secret has ${length * 8} bits; it takes 128 at least`],
    [length > bytes.most, 'the secret is longer than 1024 bits'],
    [kind === undefined, `the type is ${told.kind}, which is neither TOTP nor HOTP`],
    [algorithm === undefined, `the algorithm is ${told.algorithm}; known are SHA1, SHA256 and SHA512`],
    [digits !== 6 && digits !== 8, `it shows ${told.digits} digits; known are 6 and 8`],
    [kind === 'TOTP' && period !== 30 && period !== 60, `a code lasts ${told.period} s; known are 30 and 60`],
    [counter < 0 || Number.isNaN(counter + drift), 'the counter is no number'],
  ];
  const why = complaints.find(([bad]) => bad)?.[1];
  if (why !== undefined || seed === null || kind === undefined || algorithm === undefined)
    return { line, serial, why: why ?? 'it is not understood' };
  const moving = kind === 'TOTP' ? { period, counter: 0, drift } : { period: 0, counter, drift: 0 };
  return { line, token: { serial, kind, algorithm, digits, secret: base32Of(seed), ...moving } };
}

/** `HMAC-SHA-256` and `HmacSHA256` are `sha256`. */
const plainName = (algorithm: string): string => algorithm.toLowerCase().replaceAll(/[-_]/g, '').replace(/^hmac/, '');

/** NaN for what is no whole number. */
function numberIn(text: string, otherwise: number): number {
  if (text === '') return otherwise;
  const n = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(n) ? n : Number.NaN;
}
