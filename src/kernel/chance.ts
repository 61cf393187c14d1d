import { randomBytes } from 'node:crypto';

/** Handed in, never imported: a test knows what comes next. */
export interface Chance {
  /** `length` bytes from a cryptographically secure source. */
  bytes(length: number): Buffer;
}

export const systemChance: Chance = { bytes: (length) => randomBytes(length) };

/** A string of `length` characters, each equally likely, from an alphabet of at most 256 (rejection, so no modulo bias). */
export function pick(chance: Chance, alphabet: string, length: number): string {
  const fair = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of chance.bytes(length * 2)) {
      if (byte < fair && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}
