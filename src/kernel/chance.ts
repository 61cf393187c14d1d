import { randomBytes, randomFillSync } from 'node:crypto';

/** Handed in, never imported: a test knows what comes next. */
export interface Chance {
  /** `length` bytes from a cryptographically secure source. */
  bytes(length: number): Buffer;
}

const drawn = Buffer.alloc(4096);
let left = 0;

/** Drawn by the page, since a page costs hardly more than an id, and every request has one; given out, it is wiped here. */
export const systemChance: Chance = {
  bytes(length) {
    if (length > drawn.length) return randomBytes(length);
    if (length > left) left = randomFillSync(drawn).length;
    left -= length;
    const given = Buffer.from(drawn.subarray(left, left + length));
    drawn.fill(0, left, left + length);
    return given;
  },
};

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
