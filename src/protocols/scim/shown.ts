import { hashOf } from '../../kernel/ids.ts';
import { Refused } from './errors.ts';
import { plain } from './filter.ts';
import type { Called, Query } from './speak.ts';
import type { Bag } from './values.ts';

/** What a client sees of a resource, by which it knows a version of it, and how many come at once. */

/** Always there (RFC 7643, 7: returned "always"). */
const always = ['schemas', 'id'];

/** As the query asks for it (RFC 7644, 3.9). */
export function shown(resource: Bag, query: Query): Bag {
  const [only, but] = [namesIn(query, 'attributes'), namesIn(query, 'excludedAttributes')];
  if (only === null && but === null) return resource;
  const isShown = (name: string): boolean =>
    always.includes(name) || ((only === null || only.some((one) => covers(one, name))) && !(but ?? []).includes(name));
  const parts = (within: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => parts(within, one));
    if (typeof value !== 'object' || value === null) return value;
    const whole = only === null || only.includes(within);
    return Object.fromEntries(
      Object.entries(value).filter(([name]) => {
        const path = `${within}.${name.toLowerCase()}`;
        return (whole || only.includes(path)) && !(but ?? []).includes(path);
      }),
    );
  };
  return Object.fromEntries(
    Object.entries(resource)
      .filter(([name]) => isShown(name.toLowerCase()))
      .map(([name, value]) => [name, always.includes(name) ? value : parts(name.toLowerCase(), value)]),
  );
}

/** A part of it is asked for, or all of it. */
const covers = (asked: string, name: string): boolean => asked === name || asked.startsWith(`${name}.`);

/** Is this attribute to be left out? Then it need not be looked up. */
export function isWanted(query: Query, name: string): boolean {
  const [only, but] = [namesIn(query, 'attributes'), namesIn(query, 'excludedAttributes')];
  return (only === null || only.some((one) => covers(one, name))) && !(but ?? []).includes(name);
}

function namesIn(query: Query, parameter: string): readonly string[] | null {
  const text = query[parameter];
  if (text === undefined || text === '') return null;
  if (typeof text !== 'string') throw new Refused('malformed', `${parameter} is given once.`);
  return text.split(',').map((name) => plain(name.trim()));
}

/** What it is now, in short: another after every change of what is seen of it. */
export const tagOf = (resource: unknown): string => `W/"${hashOf(JSON.stringify(resource)).slice(0, 22)}"`;

const tagsIn = (header: string): readonly string[] => header.split(',').map((tag) => tag.trim());

/** Whoever names a version means no other (RFC 7644, 3.14). @throws Refused */
export function mustMatch({ ifMatch }: Pick<Called, 'ifMatch'>, tag: string): void {
  if (ifMatch === null || ifMatch.trim() === '*' || tagsIn(ifMatch).includes(tag)) return;
  throw new Refused('outdated');
}

/** Has the client this very version? */
export const isKnown = ({ ifNoneMatch }: Pick<Called, 'ifNoneMatch'>, tag: string): boolean =>
  ifNoneMatch !== null && (ifNoneMatch.trim() === '*' || tagsIn(ifNoneMatch).includes(tag));

/** So many come at once, where nobody says how many; and at most. */
const usual = 100;
export const mostResults = 200;

/** The part of a list that is asked for; the first is 1 (RFC 7644, 3.4.2.4). */
export function pageIn(query: Query): { before: number; limit: number } {
  const start = Math.max(1, numberIn(query, 'startIndex') ?? 1);
  const limit = Math.min(mostResults, Math.max(0, numberIn(query, 'count') ?? usual));
  return { before: start - 1, limit };
}

/** That part of what was found by a filter. */
export const part = <One>(found: readonly One[], { before, limit }: ReturnType<typeof pageIn>) => ({
  total: found.length,
  page: found.slice(before, before + limit),
});

function numberIn(query: Query, parameter: string): number | null {
  const text = query[parameter];
  if (text === undefined || text === '') return null;
  if (typeof text !== 'string' || !/^-?\d{1,9}$/.test(text))
    throw new Refused('bad-value', `${parameter} is to be a whole number.`);
  return Number(text);
}

export const listed = (total: number, before: number, resources: readonly Bag[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
  totalResults: total,
  startIndex: before + 1,
  itemsPerPage: resources.length,
  Resources: resources,
});
