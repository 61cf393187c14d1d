import type { AccountId } from '../../core/accounts/store.ts';
import type { Act } from '../../core/roles/roles.ts';
import type { Gate } from '../../proving/gate.ts';
import type { Office } from '../../proving/office.ts';
import { disablePerson, enablePerson, type Refused, signOutPerson, unlockPerson } from '../../proving/people.ts';

/** What is done to a person as a whole, at an address of its own name. What is done to one way in has a page for each. */
export const acts = {
  unlock: unlockPerson,
  'sign-out': signOutPerson,
  disable: disablePerson,
  enable: enablePerson,
} as const satisfies Partial<
  Record<Act, (gate: Gate, office: Office, account: AccountId) => Promise<'done' | Refused>>
>;

export type PlainAct = keyof typeof acts;
export const plainActs = Object.keys(acts) as readonly PlainAct[];

/** Does it take something from them, and give nothing back? */
export const takes = (act: PlainAct): boolean => act === 'disable' || act === 'sign-out';
