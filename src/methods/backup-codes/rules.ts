import { type Chance, pick } from '../../kernel/chance.ts';

/** Crockford's Base32: no letter that is taken for a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 16;
const selectorLength = 2;

export const howMany = 15;

/**
 * Fifteen codes of 80 bits. The first two characters of each differ from all others': they say which hash to try, so a
 * guess costs one hash and not fifteen. The 70 bits after them are above the 64 that a saved code needs
 * (NIST SP 800-63B-4, 4.2.1.1).
 */
export function newCodes(chance: Chance): readonly string[] {
  const codes = new Map<string, string>();
  while (codes.size < howMany) {
    const code = pick(chance, alphabet, length);
    codes.set(selectorOf(code), code);
  }
  return [...codes.values()];
}

export const selectorOf = (code: string): string => code.slice(0, selectorLength);

/** `FK6SY9541SJ3EQHB` as `FK6S-Y954-1SJ3-EQHB`. */
export const grouped = (code: string): string => code.match(/.{4}/g)?.join('-') ?? code;

/** What was typed as a code, misread letters put right; null when it cannot be one. */
export function tidy(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return code.length === length && [...code].every((character) => alphabet.includes(character)) ? code : null;
}
