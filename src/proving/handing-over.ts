import { type AccountId, findAccount } from '../core/accounts/store.ts';
import { findLink } from '../core/directory/store.ts';
import { oneProgramAtATime } from '../core/scim/shelves.ts';
import { addKept, findKept, removeKept } from '../core/scim/users.ts';
import { oneAtATime } from '../core/sessions/sign-outs.ts';
import type { Transaction } from '../store/database.ts';
import type { Gate } from './gate.ts';
import { host, record } from './office.ts';

/** Somebody who was here before goes to whoever keeps people by SCIM, or comes back: only the host says so. */

/** `office`: they have a role; `directory`: a directory keeps them; `already`: it is so. */
export type Came = 'done' | 'gone' | 'office' | 'directory' | 'already';

export const handOver = (gate: Gate, id: AccountId): Promise<Came> =>
  alone(gate, id, 'account.handed-over', async (tx) => {
    const account = await findAccount(tx, id);
    if (account === null) return 'gone';
    if (account.role !== null) return 'office';
    if ((await findLink(tx, id)) !== null) return 'directory';
    if ((await findKept(tx, id)) !== null) return 'already';
    const names = { display: account.name, formatted: null, given: null, family: null };
    await addKept(tx, { account, externalId: null, names, changedAt: gate.clock.now(), shutOutAt: null });
    return 'done';
  });

/** They stay as they are, in the groups they are in. */
export const takeBack = (gate: Gate, id: AccountId): Promise<Came> =>
  alone(gate, id, 'account.taken-back', async (tx) => {
    if ((await findKept(tx, id)) === null) return 'already';
    await removeKept(tx, id);
    return 'done';
  });

const alone = (
  gate: Gate,
  id: AccountId,
  event: 'account.handed-over' | 'account.taken-back',
  work: (tx: Transaction) => Promise<Came>,
): Promise<Came> =>
  gate.database.transaction(async (tx) => {
    await oneProgramAtATime(tx);
    await oneAtATime(tx, id);
    const came = await work(tx);
    if (came === 'done') await record(tx, gate, host, { event, account: id, detail: {} });
    return came;
  });
