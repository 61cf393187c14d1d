/** What was typed at one question of the set-up page. */
export interface Given {
  /** The question's id; empty when none was chosen. */
  readonly question: string;
  readonly answer: string;
}

export const howMany = 3;

/** Code points of an answer, once it is normalised. */
export interface LengthRules {
  readonly shortest: number;
  readonly longest: number;
}

export type Weakness =
  | 'no-question'
  | 'same-question'
  | 'too-short'
  | 'too-long'
  | 'in-question'
  | 'about-you'
  | 'common'
  | 'same-answer';

/** A weakness and where it is: 0 for the first question. */
export interface Flaw {
  readonly at: number;
  readonly weakness: Weakness;
}

/**
 * The one form of an answer that counts: people remember what they said, not how they wrote it. Compatible characters are
 * one (NFKC), and so are letters large and small, "ß" and "ss", any number of spaces; punctuation at the ends is nothing.
 */
export const normalised = (answer: string): string =>
  answer
    .normalize('NFKC')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[\p{P}\p{S}\s]+|[\p{P}\p{S}\s]+$/gu, '');

/** All answers as the one text that is hashed: none of them can be tried alone, not even with the database in hand. */
export const together = (given: readonly Given[]): string =>
  given.map(({ question, answer }) => `${question}=${normalised(answer)}`).join('\n');

export interface Known {
  readonly rules: LengthRules;
  /** What others try first. */
  readonly common: ReadonlySet<string>;
  /** The words of a question, in every language; null when there is no such question. */
  wordingsOf(question: string): readonly string[] | null;
  /** What this person is called. */
  readonly names: readonly string[];
}

/** Everything that is wrong with what was given, one flaw a question; none when it will do. */
export function flawsOf(given: readonly Given[], known: Known): readonly Flaw[] {
  return given.flatMap((one, at) => {
    const weakness = weaknessOf(one, given.slice(0, at), known);
    return weakness === null ? [] : [{ at, weakness }];
  });
}

function weaknessOf({ question, answer }: Given, before: readonly Given[], known: Known): Weakness | null {
  const wordings = known.wordingsOf(question);
  if (wordings === null) return 'no-question';
  if (before.some((one) => one.question === question)) return 'same-question';
  const said = normalised(answer);
  const length = [...said].length;
  if (length < known.rules.shortest || new Set(said).size < 3) return 'too-short';
  if (length > known.rules.longest) return 'too-long';
  const words = wordsIn(said);
  if (wordings.some((wording) => madeOf(words, wordsIn(normalised(wording))))) return 'in-question';
  if (known.names.some((name) => isAbout(said, normalised(name)))) return 'about-you';
  if (known.common.has(said)) return 'common';
  return before.some((one) => normalised(one.answer) === said) ? 'same-answer' : null;
}

/** `ann.lee@example.org` has four words. */
const wordsIn = (text: string): readonly string[] => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');

const madeOf = (words: readonly string[], others: readonly string[]): boolean =>
  words.every((word) => others.includes(word));

/** A name, its parts or one of its words, with no more than a letter or two beside it. */
function isAbout(said: string, name: string): boolean {
  const letters = wordsIn(said).join('');
  const parts = [...name.split('@').map((part) => wordsIn(part).join('')), ...wordsIn(name)];
  return parts.some((part) => part.length > 2 && letters.includes(part) && letters.length - part.length < 3);
}
