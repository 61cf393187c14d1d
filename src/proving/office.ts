import { type Account, type AccountId, findAccount } from '../core/accounts/store.ts';
import { type ApiToken, findApiTokenById } from '../core/api-tokens/store.ts';
import type { Event } from '../core/audit/events.ts';
import { addEntry, type Entry } from '../core/audit/store.ts';
import { programMayDo } from '../core/roles/programs.ts';
import { type Act, type Actor, mayDo } from '../core/roles/roles.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Gate } from './gate.ts';
import { type Leave, spend } from './leave.ts';

/** Who does something about other people: by what right, and under which name it is written down. */

/** `host` for the command line, else the account of whoever does it, or the program; and why they say they do. */
export interface Office {
  readonly actor: string;
  readonly address: string;
  readonly reason?: string;
  /** That it is they, for this very act; the host needs none. */
  readonly leave?: Leave;
  /** By which token, where it is a program: it proves nothing at that moment, and may do less. */
  readonly program?: ApiToken['id'];
}
export const host: Office = { actor: 'host', address: 'host' };

/** Whoever was given leave, and why they say they do it. */
export const officeOf = (leave: Leave, reason: string): Office => ({
  actor: leave.session.account,
  address: leave.visit.address,
  reason,
  leave,
});

/** A program, and why it says it does it. */
export const officeOfProgram = ({ id, name }: ApiToken, address: string, reason?: string): Office => ({
  actor: `token:${name}`,
  address,
  ...(reason !== undefined && { reason }),
  program: id,
});

/** The host needs none, and a program has none to give. */
export async function spendLeave(tx: Transaction, gate: Gate, { actor, leave, program }: Office): Promise<void> {
  if (actor === host.actor || program !== undefined) return;
  if (leave === undefined) throw new Error('an act without leave');
  await spend(tx, gate, leave);
}

/** The host may do everything; a program what its token is for, as long as it serves. */
export async function isTheirs(
  tx: Transaction,
  gate: Gate,
  { actor: id, program }: Office,
  { act, person }: { act: Act; person: Account },
): Promise<boolean> {
  if (id === host.actor) return true;
  if (program !== undefined) {
    const token = await findApiTokenById(tx, program, gate.clock.now());
    return token !== null && programMayDo(token, act, person);
  }
  const actor = await findAccount(tx, id as AccountId);
  return actor !== null && actor.disabledAt === null && mayDo(await asActor(tx, gate, actor), act, person);
}

/** Somebody, with what the house lets them do for others. */
export const asActor = async (handle: Handle, gate: Gate, account: Account): Promise<Account & Required<Actor>> => ({
  ...account,
  shares: (await gate.policy(handle)).support.sharedWithAdministrators,
});

export const record = (
  tx: Transaction,
  gate: Gate,
  { actor, address, reason }: Office,
  { event, account, detail }: { event: Event; account: AccountId | null; detail: Entry['detail'] },
): Promise<void> =>
  addEntry(tx, gate, {
    event,
    account,
    actor,
    address,
    detail: { ...detail, ...(reason !== undefined && { reason }) },
  });
