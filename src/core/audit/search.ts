import { type Expression, type ExpressionBuilder, expressionBuilder, type SqlBool } from 'kysely';
import type { Instant } from '../../kernel/clock.ts';
import type { AccountId } from '../../kernel/ids.ts';
import type { Handle } from '../../store/database.ts';
import type { Event } from './events.ts';
import type { Row } from './marks.ts';

/** The log as it is looked through: newest first, a page at a time. What each way costs: `docs/adr/0040`. */

export interface Search {
  /** Whom it is about, or who did it; null: anybody. */
  readonly person: AccountId | null;
  /** What happened; null: anything. */
  readonly events: readonly Event[] | null;
  /** From then on. */
  readonly since: Instant | null;
  /** Before then. */
  readonly until: Instant | null;
  /** Where the page before ended; empty: at the newest. */
  readonly after: string;
}

export interface Found {
  readonly rows: readonly Row[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

type Tables = { audit: Row };
const own = (handle: Handle) => handle.withTables<Tables>();
type Builder = ExpressionBuilder<Tables, 'audit'>;
type Where = (row: Builder) => Expression<SqlBool>;

/** What a page is put together of: each has an index of its own, in the order of the page. */
function strandsOf({ person, events }: Search): readonly Where[] {
  if (person !== null)
    return [
      (row) => row('account_id', '=', person),
      // Said as its index says it, which holds nothing that the first one has.
      (row) => row.and([row('actor', '=', person), row('account_id', 'is distinct from', row.ref('actor'))]),
    ];
  if (events !== null) return events.map((event) => (row: Builder) => row('event', '=', event));
  return [(row) => row.and([])];
}

/** Of one person so many entries are looked through for a page: what else is asked of them has no index. */
const looked = 1000;

/** @param size of a page */
export async function searchLog(handle: Handle, search: Search, size: number): Promise<Found> {
  const { person, events } = search;
  const fits = ({ event }: Row): boolean => events === null || events.includes(event as Event);
  const most = person !== null && events !== null ? Math.max(size, looked) : size;
  const read = await newest(handle, search, most + 1);
  const seen = read.slice(0, most);
  const fitting = seen.filter(fits);
  const rows = fitting.slice(0, size);
  const last = fitting.length > size ? rows.at(-1) : read.length > most ? seen.at(-1) : undefined;
  return { rows, next: last === undefined ? null : placeOf(last) };
}

/** As many of each strand as of all together: whatever the page holds is among them. */
async function newest(handle: Handle, search: Search, limit: number): Promise<readonly Row[]> {
  const strands = strandsOf(search).map((where) =>
    own(handle)
      .selectFrom(strandOf(search, where, limit))
      .selectAll(),
  );
  const [first, ...others] = strands;
  if (first === undefined) return [];
  const together = others.reduce((all, strand) => all.unionAll(strand), first);
  // Put together where they were put in order: what sorts texts otherwise than the database would lose some between pages.
  return own(handle)
    .selectFrom(together.as('together'))
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
}

const strandOf = (search: Search, where: Where, limit: number) =>
  expressionBuilder<Tables>()
    .selectFrom('audit')
    .selectAll()
    .where((row) => row.and([where(row), ...boundsOf(search, row)]))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .as('strand');

function boundsOf({ since, until, after }: Search, row: Builder): readonly Expression<SqlBool>[] {
  const [at, id = ''] = after.split('.');
  return [
    ...(since === null ? [] : [row('at', '>=', since)]),
    ...(until === null ? [] : [row('at', '<', until)]),
    ...(after === '' ? [] : [row(row.refTuple('at', 'id'), '<', row.tuple(Number(at), id))]),
  ];
}

const placeOf = ({ at, id }: Row): string => `${at}.${id}`;
