import type { Handle } from '../../store/database.ts';
import { canonical } from '../accounts/canonical.ts';
import { type Account, findAccountByName } from '../accounts/store.ts';

/** Whoever answers for a service: by their user name, for an address is whoever's it becomes. @returns null: nobody, who may be in */
export async function findAnswering(handle: Handle, owner: string): Promise<Account | null> {
  const account = await findAccountByName(handle, owner);
  if (account === null || account.disabledAt !== null) return null;
  return canonical(account.username) === canonical(owner) ? account : null;
}
