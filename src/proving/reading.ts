import { findAccount } from '../core/accounts/store.ts';
import { addEntry, type Entry, isWritten } from '../core/audit/store.ts';
import { may } from '../core/roles/roles.ts';
import { hasSession, type Session } from '../core/sessions/store.ts';
import { hours, shift } from '../kernel/clock.ts';
import type { AccountId } from '../kernel/ids.ts';
import type { Gate } from './gate.ts';
import type { Office } from './office.ts';

/** Whoever reads about others, or takes them along, is written down before they see any of it. */
export interface Reading {
  readonly event: 'log.read' | 'log.exported' | 'people.read' | 'people.exported' | 'policy.names-shown';
  /** Of whom; null: of anybody. */
  readonly account: AccountId | null;
  /** What else was asked for; no name, for it would stay when its person is erased. */
  readonly detail: Entry['detail'];
}

/** Page after page of the same is one reading, for an hour; what is taken along is told of each time. */
export async function noteReading(gate: Gate, { actor, address }: Office, reading: Reading): Promise<void> {
  const { database, clock } = gate;
  const since = shift(clock.now(), -hours(1));
  if (reading.event.endsWith('.read') && (await isWritten(database.read, { ...reading, actor }, since))) return;
  await database.transaction((tx) => addEntry(tx, gate, { ...reading, actor, address }));
}

/** Are they still in, and is it still theirs to look? Asked again while a long file is on its way. */
export async function mayLook({ database: { read } }: Gate, { id, account }: Session): Promise<boolean> {
  const owner = (await hasSession(read, id, account)) ? await findAccount(read, account) : null;
  return owner !== null && owner.disabledAt === null && may(owner, 'look');
}
