import { Refused } from './errors.ts';

/** How values of attributes are read. Each throws where the value is none. */

/** One line, trimmed; what is said to be nothing is nothing. */
export function line(name: string, value: unknown, most = 254): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string') throw new Refused('bad-value', `${name} is to be a text.`);
  const text = value.trim();
  if (text.length > most || /\p{C}/u.test(text))
    throw new Refused('bad-value', `${name} is one line of at most ${most} characters.`);
  return text === '' ? null : text;
}

/** Some clients write it as a text, with a capital. */
export function truth(name: string, value: unknown): boolean {
  const said = typeof value === 'string' ? value.toLowerCase() : value;
  if (said === true || said === 'true') return true;
  if (said === false || said === 'false') return false;
  throw new Refused('bad-value', `${name} is to be true or false.`);
}

export type Bag = Readonly<Record<string, unknown>>;

export function bag(name: string, value: unknown): Bag {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refused('malformed', `${name} is to be an object.`);
  return value as Bag;
}

/** Some clients leave the brackets out around one. */
export const several = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];

/** By its name, in capitals or not (RFC 7643, 2.1). */
export const attributeOf = (given: Bag, name: string): unknown =>
  Object.entries(given).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
