import { findAccountByName } from '../core/accounts/store.ts';
import type { Named } from '../core/attempts/store.ts';
import { namesInstead, rulingFor } from '../core/policies/policy.ts';
import type { AccountId } from '../methods/method.ts';
import type { Handle } from '../store/database.ts';
import type { Gate } from './gate.ts';
import { whoseRules } from './owned.ts';

/** Somebody whom an application names (P-7). Whether anybody has that name shows nowhere. */
export async function namedAt(
  gate: Gate,
  name: string,
  { application, address }: { application: string; address: string },
): Promise<Named> {
  const { policies } = await gate.policy(gate.database.read);
  // As the policy has it for anybody: what is asked first tells nothing of whoever has the name.
  const ruling = rulingFor(policies, { ...whoseRules(null), application, address });
  const kept = [...gate.methods.values()].filter(({ alone }) => alone === 'in-kept-browsers');
  return { name, by: kept.find(({ id }) => namesInstead(ruling, id))?.id ?? null };
}

export const accountNamed = async (handle: Handle, { name }: Named): Promise<AccountId | null> =>
  (await findAccountByName(handle, name))?.id ?? null;

/** Whose name it is. A directory is asked for every name, so that nothing shows in the time it takes. */
export async function whoIs({ database, directory }: Gate, name: string): Promise<AccountId | null> {
  await directory.admit(name);
  return (await findAccountByName(database.read, name))?.id ?? null;
}
