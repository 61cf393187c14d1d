import { realmAt } from '../core/realms/settings.ts';
import type { AccountId, Credential } from '../methods/method.ts';
import { shared } from '../otp/realms.ts';
import type { Handle } from '../store/database.ts';
import type { Gate, LiveMethod } from './gate.ts';

/**
 * Where which PINs are taken (`docs/adr/0030`). At an application with a realm: those that were registered there, and of whoever
 * has none the one they have for all; on a person's own pages all of theirs, so that nobody gets past one by asking elsewhere.
 */

/** Those who show codes that an application may ask for. */
export const pins = ({ methods }: Gate): readonly LiveMethod[] =>
  [...methods.values()].filter(({ pin }) => pin === true);

/** Whose PINs are asked for where somebody is; undefined on their own pages. @param has all that they have set up */
export function realmAmong(
  { realms }: Pick<Gate, 'realms'>,
  application: string | null,
  has: readonly Pick<Credential, 'realm'>[],
): string | undefined {
  return application === null ? undefined : takenFor(realmAt(realms, application), has);
}

/** The realm itself, where they have a PIN of it; else the one that all share. */
const takenFor = (realm: string, has: readonly Pick<Credential, 'realm'>[]): string =>
  has.some((one) => one.realm === realm) ? realm : shared;

/** The realm whose PINs this account types at applications that ask for that one. */
export async function realmFor(handle: Handle, gate: Gate, account: AccountId, realm: string): Promise<string> {
  if (realm === shared) return shared;
  const has: Credential[] = [];
  for (const method of pins(gate)) has.push(...(await method.list(handle, account)));
  return takenFor(realm, has);
}
