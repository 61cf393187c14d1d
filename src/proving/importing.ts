import { type Account, addAccounts } from '../core/accounts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { newId } from '../kernel/ids.ts';
import type { Transaction } from '../store/database.ts';
import { firstMethod, type Gate } from './gate.ts';
import type { Office } from './office.ts';
import type { NewPerson } from './people.ts';

/** Somebody another system kept, with what it kept of their password. */
export interface Imported extends NewPerson {
  readonly disabled: boolean;
  readonly hash: string | null;
}

/** So many rows go to the database at once. */
const batch = 500;

/**
 * Adds them all, or nobody (`docs/adr/0035`).
 * @param tell how many there are so far @returns the names that were somebody's already: then nobody was added
 */
export async function importPeople(
  gate: Gate,
  office: Office,
  people: readonly Imported[],
  tell: (done: number) => void,
): Promise<readonly string[]> {
  try {
    await gate.database.transaction(async (tx) => {
      for (let from = 0; from < people.length; from += batch) {
        await addBatch(tx, gate, office, people.slice(from, from + batch));
        tell(Math.min(from + batch, people.length));
      }
    });
    return [];
  } catch (failure) {
    if (failure instanceof Taken) return failure.names;
    throw failure;
  }
}

/** Thrown, so that what was added before goes too. */
class Taken extends Error {
  override readonly name = 'Taken';
  readonly names: readonly string[];
  constructor(names: ReadonlySet<string>) {
    super('taken');
    this.names = [...names];
  }
}

async function addBatch(tx: Transaction, gate: Gate, office: Office, people: readonly Imported[]): Promise<void> {
  const now = gate.clock.now();
  const pairs = people.map(({ username, email, name, groups, role = null, disabled, hash }) => {
    const id = newId<'account'>(gate.chance);
    const disabledAt = disabled ? now : null;
    const account: Account = { id, username, email, name, groups, role, language: 'en', disabledAt, createdAt: now };
    return { account, hash };
  });
  const taken = await addAccounts(
    tx,
    pairs.map(({ account }) => account),
  );
  if (taken.size > 0) throw new Taken(taken);
  const kept = pairs.flatMap(({ account, hash }) => (hash === null ? [] : [{ account: account.id, hash }]));
  if (kept.length > 0) await firstMethod(gate).adopt?.(tx, kept, { at: now, level: 1 });
  for (const { account } of pairs)
    await addEntry(tx, gate, { ...office, event: 'account.added', account: account.id, detail: { imported: true } });
}
