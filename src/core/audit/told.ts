import { dateOf, type Instant } from '../../kernel/clock.ts';
import { type Event, type Level, rowOf } from './events.ts';
import type { Row } from './marks.ts';

/** An entry as it is told to other programs. */
export interface Told {
  /** None while it waits to be sealed. */
  readonly number: number | null;
  readonly id: string;
  /** As RFC 3339 writes it. */
  readonly at: string;
  readonly event: string;
  readonly level: Level;
  /** Whom it is about: an id, and the user name they have now. */
  readonly account: string | null;
  readonly name: string | null;
  readonly actor: string;
  readonly address: string;
  /** None once it was erased. */
  readonly detail: unknown;
  /** What the chain came to here: whoever keeps it can tell later that the log is another. */
  readonly chain: string;
}

export const toldOf = (row: Row, names: ReadonlyMap<string, string>): Told => ({
  number: row.number,
  id: row.id,
  at: dateOf(row.at as Instant).toISOString(),
  event: row.event,
  level: rowOf(row.event as Event).level,
  account: row.account_id,
  name: names.get(row.account_id ?? '') ?? null,
  actor: row.actor,
  address: row.address,
  detail: row.detail === '' ? null : JSON.parse(row.detail),
  chain: row.chain,
});

/** One to a line (jsonlines.org). */
export const linesOf = (entries: readonly Told[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
