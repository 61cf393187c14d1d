import { stringify } from 'csv-stringify/sync';
import { listPeople, type Person, type Wanted } from '../../core/accounts/people.ts';
import { listSeen } from '../../core/browsers/store.ts';
import { dateOf, type Instant } from '../../kernel/clock.ts';
import type { Gate } from '../../proving/gate.ts';

/** So many are in memory at once. */
const part = 500;

/** Without it a spreadsheet takes UTF-8 for something else. */
const byteOrderMark = '\uFEFF';

type Cell = (person: Person, seen: Instant | undefined) => string;
const moment = (at: Instant | null | undefined): string => (at == null ? '' : dateOf(at).toISOString());

/** A column each, the first five as `user import` names them. */
const columns: Readonly<Record<string, Cell>> = {
  username: ({ username }) => username,
  email: ({ email }) => email ?? '',
  name: ({ name }) => name,
  groups: ({ groups }) => groups.join('|'),
  disabled: ({ disabledAt }) => String(disabledAt !== null),
  role: ({ role }) => role ?? '',
  second_factor: ({ hasSecond }) => String(hasSecond),
  locked: ({ isLocked }) => String(isLocked),
  added_at: ({ createdAt }) => moment(createdAt),
  seen_at: (_, seen) => moment(seen),
  id: ({ id }) => id,
};

/**
 * Everybody who fits, as CSV (RFC 4180) in UTF-8, some hundreds at a time. What a spreadsheet would take for a formula has an
 * apostrophe before it (OWASP, CSV injection).
 */
export async function* peopleAsCsv(gate: Gate, wanted: Omit<Wanted, 'after'>): AsyncIterable<string> {
  yield byteOrderMark + lines([Object.keys(columns)]);
  for (let after: string | null = ''; after !== null; ) {
    const page: Awaited<ReturnType<typeof listPeople>> = await listPeople(
      gate.database.read,
      { ...wanted, after },
      gate.clock.now(),
      part,
    );
    const seen = await listSeen(
      gate.database.read,
      page.people.map(({ id }) => id),
    );
    const rows = page.people.map((person) => Object.values(columns).map((cell) => cell(person, seen.get(person.id))));
    if (rows.length > 0) yield lines(rows);
    after = page.next;
  }
}

const lines = (rows: readonly (readonly string[])[]): string =>
  stringify(rows as string[][], { quoted: true, escape_formulas: true, record_delimiter: 'windows' });
