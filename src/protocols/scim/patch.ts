import { Refused } from './errors.ts';
import { attributeOf, type Bag, bag, several } from './values.ts';

/** One change of a PATCH (RFC 7644, 3.5.2). Entra ID writes what is done with a capital. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  /** Null: the value is an object that says several. */
  readonly path: string | null;
  readonly value: unknown;
}

/** So many changes are made at once. */
const most = 1000;

export function operationsIn(body: unknown): readonly Operation[] {
  const given = several(attributeOf(bag('the body', body), 'Operations'));
  if (given.length === 0 || given.length > most) throw new Refused('malformed', `Operations are 1 to ${most}.`);
  return given.map((one) => operationIn(bag('an operation', one)));
}

function operationIn(given: Bag): Operation {
  const op = String(attributeOf(given, 'op')).toLowerCase();
  const path = attributeOf(given, 'path') ?? null;
  if (op !== 'add' && op !== 'replace' && op !== 'remove')
    throw new Refused('malformed', 'op is add, replace or remove.');
  if (path !== null && (typeof path !== 'string' || path.length > 1000)) throw new Refused('bad-path');
  if (op === 'remove' && path === null) throw new Refused('no-target', 'What is removed is named by a path.');
  return { op, path: path as string | null, value: attributeOf(given, 'value') };
}
