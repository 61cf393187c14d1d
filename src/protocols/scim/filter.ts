import { type Filter, parse } from 'scim2-parse-filter';
import { canonical } from '../../core/accounts/canonical.ts';
import { Refused } from './errors.ts';
import { type Bag, several } from './values.ts';

/**
 * Filters (RFC 7644, 3.4.2.2). Among a million nobody looks through everybody: some part of a filter has to name what it looks for,
 * by an attribute that is found at once, and whatever is found so is held against all of it.
 */

/** An attribute, lower case, and the value that it is to have. */
export interface Anchor {
  readonly attribute: string;
  readonly value: string;
}

const longest = 1000;
/** So many are looked up for one request. */
const most = 50;

/** @throws Refused */
export function readFilter(text: string): Filter {
  if (text.length > longest) throw new Refused('bad-filter', `A filter has at most ${longest} characters.`);
  try {
    return parse(text);
  } catch {
    throw new Refused('bad-filter');
  }
}

/** Without the name of the schema before it, in the one form in which they are compared. */
export const plain = (path: string): string =>
  path.toLowerCase().replace(/^urn:ietf:params:scim:schemas:core:2\.0:(user|group):/, '');

/** What to look up, so that nobody whom the filter means is missed. @throws Refused where that would be everybody */
export function anchorsOf(filter: Filter, findable: readonly string[]): readonly Anchor[] {
  const anchors = found(filter, findable, '');
  if (anchors === null)
    throw new Refused('bad-filter', `Some part has to say with eq which one is meant: ${findable.join(', ')}.`);
  if (anchors.length > most) throw new Refused('too-many', `A filter names at most ${most}.`);
  return anchors;
}

function found(filter: Filter, findable: readonly string[], within: string): readonly Anchor[] | null {
  switch (filter.op) {
    case 'eq': {
      const { compValue: value } = filter;
      const attribute = nameIn(filter, within);
      return findable.includes(attribute) && typeof value === 'string' ? [{ attribute, value }] : null;
    }
    case '[]':
      return found(filter.valFilter, findable, plain(filter.attrPath));
    case 'and':
      return filter.filters.map((one) => found(one, findable, within)).find((one) => one !== null) ?? null;
    case 'or': {
      const all = filter.filters.map((one) => found(one, findable, within));
      return all.includes(null) ? null : all.flatMap((one) => one ?? []);
    }
    default:
      return null;
  }
}

/** Of several that have parts, the part that is called value is meant. */
const nameIn = ({ attrPath }: { attrPath: string }, within: string): string =>
  `${within === '' ? '' : `${within}.`}${plain(attrPath)}`.replace(/^(emails|members)$/, '$1.value');

/** All that is compared in it, and how. */
export function comparedIn(filter: Filter, within = ''): readonly { attribute: string; op: string; value: unknown }[] {
  switch (filter.op) {
    case 'and':
    case 'or':
      return filter.filters.flatMap((one) => comparedIn(one, within));
    case 'not':
      return comparedIn(filter.filter, within);
    case '[]':
      return comparedIn(filter.valFilter, plain(filter.attrPath));
    default: {
      const value = 'compValue' in filter ? filter.compValue : null;
      return [{ attribute: nameIn(filter, within), op: filter.op, value }];
    }
  }
}

/** Does this resource fit? Names are compared in their one form; ids, and who is in what, to the letter. */
export function fits(filter: Filter, resource: unknown, within = ''): boolean {
  switch (filter.op) {
    case 'and':
      return filter.filters.every((one) => fits(one, resource, within));
    case 'or':
      return filter.filters.some((one) => fits(one, resource, within));
    case 'not':
      return !fits(filter.filter, resource, within);
    case '[]': {
      const path = plain(filter.attrPath);
      return valuesAt(resource, path).some((value) => fits(filter.valFilter, value, path));
    }
    case 'pr':
      return valuesAt(resource, plain(filter.attrPath)).length > 0;
    default:
      return compares(filter, resource, within);
  }
}

const exact = /^(id|externalid|members|groups)(\.|$)/;

function compares({ op, attrPath, compValue }: Compared, resource: unknown, within: string): boolean {
  const path = plain(attrPath);
  const isExact = exact.test(within === '' ? path : within);
  const alike = (value: unknown) => (typeof value === 'string' && !isExact ? canonical(value) : value);
  const holds = (value: unknown) => comparisons[op](alike(simple(value)), alike(compValue));
  const values = valuesAt(resource, path);
  return op === 'ne' ? values.every(holds) : values.some(holds);
}

type Compared = Extract<Filter, { compValue: unknown }>;
type Compare = (one: unknown, other: unknown) => boolean;
const texts =
  (hold: (one: string, other: string) => boolean): Compare =>
  (one, other) =>
    typeof one === 'string' && typeof other === 'string' && hold(one, other);

const comparisons: Record<Compared['op'], Compare> = {
  eq: (one, other) => one === other,
  ne: (one, other) => one !== other,
  co: texts((one, other) => one.includes(other)),
  sw: texts((one, other) => one.startsWith(other)),
  ew: texts((one, other) => one.endsWith(other)),
  gt: texts((one, other) => one > other),
  ge: texts((one, other) => one >= other),
  lt: texts((one, other) => one < other),
  le: texts((one, other) => one <= other),
};

const simple = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as Bag)['value'] : value;

function valuesAt(resource: unknown, path: string): readonly unknown[] {
  return path.split('.').reduce<readonly unknown[]>(
    (values, name) =>
      values
        .flatMap((value) => (typeof value === 'object' && value !== null ? Object.entries(value) : []))
        .filter(([key]) => key.toLowerCase() === name)
        .flatMap(([, value]) => several(value)),
    [resource],
  );
}
