import { type AccountId, findAccount } from '../core/accounts/store.ts';
import { addAttempt, type Purpose } from '../core/attempts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { addLink, findLink, type Link, removeLink } from '../core/links/store.ts';
import type { AskedLevel, Proof } from '../flow/assurance.ts';
import { minutes } from '../kernel/clock.ts';
import { newSecret } from '../kernel/ids.ts';
import type { Transaction } from '../store/database.ts';
import type { Begun, Gate, Turn } from './gate.ts';
import { Outrun } from './outrun.ts';

/**
 * A link that begins an attempt, whose end is a ticket: another link, which sets one method and signs nobody in. What the first
 * one was worth is what it was handed out by: a mail (`recovery.ts`), or somebody who runs the house (`enrolment.ts`).
 */
export interface Way {
  /** The method that may be set in the end. */
  readonly ticket: string;
  readonly level: AskedLevel;
  /** What bringing the link has proven. */
  readonly proofs: readonly Proof[];
}

/** The link serves once. @returns null when there is none, or it leads elsewhere */
export async function beginByLink(
  gate: Gate,
  given: { readonly token: string; readonly browserSecret: string | undefined },
  wayOf: (link: Link) => Way | null,
): Promise<Begun | null> {
  const link = await findLink(gate.database.read, gate, given.token, given.browserSecret);
  const way = link === null ? null : wayOf(link);
  if (link === null || way === null) return null;
  const { browserSecret = newSecret(gate.chance) } = given;
  return gate.database.transaction(async (tx) => {
    if (!(await removeLink(tx, link))) return null;
    const { account } = link;
    const progress = { proofs: way.proofs };
    const id = await addAttempt(tx, gate, { browserSecret, account, session: null, purpose: purposeOf(way), progress });
    return { id, browserSecret };
  });
}

const purposeOf = ({ ticket, level }: Way): Purpose => ({
  application: null,
  ask: { level, notBefore: null, withoutRecovery: false },
  wanted: null,
  act: null,
  returnTo: '/account',
  ticket,
});

/** What an attempt that ends in a ticket gives: an address, for this one thing, once, for a quarter of an hour. */
export async function giveTicket(tx: Transaction, gate: Gate, { attempt, visit }: Turn): Promise<string> {
  const account = attempt.account === null ? null : await findAccount(tx, attempt.account);
  const { ticket: method } = attempt.purpose;
  if (account === null || method === undefined) throw new Outrun();
  const { address } = visit;
  await addEntry(tx, gate, { event: 'recovery.proven', account: account.id, address, detail: { method } });
  return new URL(await linkToSet(tx, gate, { account: account.id, method, lifetime: minutes(15) })).pathname;
}

export async function linkToSet(
  tx: Transaction,
  gate: Gate,
  given: { readonly account: AccountId; readonly method: string; readonly lifetime: number },
): Promise<string> {
  return new URL(`/set-up/${await addLink(tx, gate, given)}`, gate.publicUrl).href;
}
