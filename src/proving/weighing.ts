import { claim, listUnweighed, saveWeighed } from '../core/accounts/noted.ts';
import { findAccount } from '../core/accounts/store.ts';
import type { Policy } from '../core/policies/document.ts';
import { hashOf } from '../kernel/ids.ts';
import type { Gate } from './gate.ts';
import { lossesOf } from './hanging.ts';
import { notedOf, ownedBy } from './owned.ts';

const atOnce = 50;
/** What is found out about each: where that is another list, everybody is weighed anew. */
const weighed = ['second', 'resistant', 'hangs'];

/** Weighs some of those whose ways in, or whose rules, are others than when it was done last. @returns how many */
export async function weighSome(gate: Gate): Promise<number> {
  const { read } = gate.database;
  const by = weighedBy(gate, await gate.policy(read));
  const found = await listUnweighed(read, by, atOnce);
  if (found.length === 0) return 0;
  return gate.database.transaction(async (tx) => {
    const { policies } = await gate.policy(tx);
    // In one order, so that no two wait for each other.
    for (const { id } of [...found].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      await claim(tx, id, by);
      const account = await findAccount(tx, id);
      if (account === null) continue;
      const owned = await ownedBy(tx, gate, id);
      const hangs = lossesOf(gate, policies, { account, owned }).length > 0;
      await saveWeighed(tx, id, { ...notedOf(owned), hangs });
    }
    return found.length;
  });
}

/** Everything that it rests on beside the person: the rules, where PINs are taken, and what the methods are here. */
const weighedBy = ({ methods, realms }: Gate, { policies }: Policy): string =>
  hashOf(
    JSON.stringify([
      weighed,
      policies,
      realms,
      [...methods.values()].map(({ id, role, best, hangsOn }) => [id, role, best, hangsOn]),
    ]),
  );
