import { findAccount } from '../core/accounts/store.ts';
import { addEntry, type Entry, isWritten } from '../core/audit/store.ts';
import { type Act, may } from '../core/roles/roles.ts';
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

/** Page after page of the same is one reading, for an hour; what a person takes along is told of each time. */
export const noteReading = (gate: Gate, office: Office, reading: Reading): Promise<void> =>
  office.program !== undefined || reading.event.endsWith('.read')
    ? noteHourly(gate, office, reading)
    : gate.database.transaction((tx) => addEntry(tx, gate, { ...reading, ...whoIn(office) }));

/** What a program tried and may not: its token may be in other hands. */
export const noteRefused = (gate: Gate, office: Office, act: Act): Promise<void> =>
  noteHourly(gate, office, { event: 'program.refused', account: null, detail: { act } });

/** Once an hour the same, by the same; by a program, from the same address, for its token is whoever holds it. */
export async function noteHourly(gate: Gate, office: Office, entry: Omit<Entry, 'actor' | 'address'>): Promise<void> {
  const { database, clock } = gate;
  const { actor, address, program } = office;
  const from = program === undefined ? null : address;
  if (await isWritten(database.read, { ...entry, actor }, shift(clock.now(), -hours(1)), from)) return;
  await database.transaction((tx) => addEntry(tx, gate, { ...entry, ...whoIn(office) }));
}

const whoIn = ({ actor, address }: Office) => ({ actor, address });

/** Are they still in, and is it still theirs to look? Asked again while a long file is on its way. */
export async function mayLook({ database: { read } }: Gate, { id, account }: Session): Promise<boolean> {
  const owner = (await hasSession(read, id, account)) ? await findAccount(read, account) : null;
  return owner !== null && owner.disabledAt === null && may(owner, 'look');
}
