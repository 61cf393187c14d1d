/** NIST SP 800-63B-4, 3.1.1.2: at least 15 code points where the password may stand alone, each counts as one. */
export interface LengthRules {
  readonly shortest: number;
  readonly longest: number;
}

export type Weakness = 'too-short' | 'too-long' | 'common' | 'about-you';

/** The one form that is hashed: Unicode NFC, nothing trimmed, nothing cut (3.1.1.2). */
export const normalised = (typed: string): string => typed.normalize('NFC');

/**
 * Why a new password will not do; null when it will. No rule about kinds of characters and no expiry: those make
 * passwords worse (3.1.1.2 items 5 and 6).
 * @param common does a list of passwords that attackers try first hold it?
 * @param about words about this person and this installation
 */
export function weaknessOf(
  typed: string,
  rules: LengthRules,
  common: (lowered: string) => boolean,
  about: readonly string[],
): Weakness | null {
  const password = normalised(typed);
  const length = [...password].length;
  if (length < rules.shortest) return 'too-short';
  if (length > rules.longest) return 'too-long';
  const lowered = password.toLowerCase();
  if (common(lowered)) return 'common';
  if (about.some((word) => word.length > 3 && leftover(lowered, word.toLowerCase()) < 8)) return 'about-you';
  return null;
}

/** The words a name is made of: `ann.lee@example.org` has four. */
export const wordsIn = (name: string): readonly string[] => name.split(/[^\p{L}\p{N}]+/u);

/** How many letters and digits are left of a password once a word is taken out of it. */
const leftover = (password: string, word: string): number => wordsIn(password.replaceAll(word, ' ')).join('').length;
