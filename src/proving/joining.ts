import { findAccountByName, saveLanguage } from '../core/accounts/store.ts';
import { mayJoin } from '../core/joining/settings.ts';
import {
  addJoinLink,
  addRequest,
  findJoinLink,
  type JoinRequest,
  takeJoinLink,
  takeRequest,
} from '../core/joining/store.ts';
import { hours, shift } from '../kernel/clock.ts';
import { readAddress } from '../kernel/mail-address.ts';
import type { Transaction } from '../store/database.ts';
import type { Letter } from '../store/outbox.ts';
import { type Language, languageOf } from '../ui/language.ts';
import { joiningBudgets } from './budgets.ts';
import { chargeAll } from './charging.ts';
import { firstMethod, type Gate, type Visit } from './gate.ts';
import { letters } from './joining-words.ts';
import { addPersonIn, newcomer } from './people.ts';
import { linkToSet } from './tickets.ts';

/**
 * People who make an account for themselves, where the house lets them (`docs/adr/0053`): whoever reads a mailbox may have an
 * account of its name, and chooses a password for it. Nothing is made before, and no page says whose mailbox has one already.
 */

/** `malformed`: no address, or too long for a name; `elsewhere`: not at a domain of this house. */
export type AskedFor = 'sent' | 'malformed' | 'elsewhere';

/** The same is done whether there is an account of that name, and nothing is found out yet (T44). */
export async function askToJoin(gate: Gate, typed: string, visit: Visit): Promise<AskedFor> {
  const email = readAddress(typed);
  if (email === null || email.length > 64) return 'malformed';
  if (!mayJoin(gate.joining, email)) return 'elsewhere';
  const { blockedUntil } = await chargeAll(gate, joiningBudgets(gate, email, visit));
  const request = { email, language: visit.language };
  if (blockedUntil === null) await gate.database.transaction((tx) => addRequest(tx, gate, request));
  return 'sent';
}

/** Answers what was asked for, one after the other. */
export async function answerJoining(gate: Gate): Promise<void> {
  while (await gate.database.transaction((tx) => answerOne(tx, gate)));
}

async function answerOne(tx: Transaction, gate: Gate): Promise<boolean> {
  const request = await takeRequest(tx);
  if (request === null) return false;
  const letter = await letterFor(tx, gate, request);
  // Nobody is kept yet: whoever reads there is named by their address alone.
  if (letter !== null) await gate.outbox.add(tx, { account: null, channel: 'mail', recipient: request.email, letter });
  return true;
}

/** Null: nobody is told that an account was shut. */
async function letterFor(tx: Transaction, gate: Gate, { email, language }: JoinRequest): Promise<Letter | null> {
  const say = letters[languageOf([language])];
  const account = await findAccountByName(tx, email);
  if (account !== null)
    return account.disabledAt === null ? say.already(new URL('/sign-in', gate.publicUrl).href) : null;
  const { linkHours } = gate.joining;
  const token = await addJoinLink(tx, gate, email, shift(gate.clock.now(), hours(linkHours)));
  return say.link(new URL(`/join/${token}`, gate.publicUrl).href, linkHours);
}

/** @returns the address that a link was sent to; null when it serves no more */
export const joiningBy = (gate: Gate, token: string): Promise<string | null> =>
  findJoinLink(gate.database.read, token, gate.clock.now());

/** `taken`: the address became somebody's meanwhile. */
export type Joined = { readonly is: 'joined'; readonly to: string } | { readonly is: 'gone' | 'taken' };

/** Makes the account, whose name is the address. @returns where they choose a password: that link works once, too */
export const join = (
  gate: Gate,
  token: string,
  { name, language, visit }: { readonly name: string; readonly language: Language; readonly visit: Visit },
): Promise<Joined> =>
  gate.database.transaction(async (tx): Promise<Joined> => {
    const email = await takeJoinLink(tx, token, gate.clock.now());
    if (email === null) return { is: 'gone' };
    const { groups, linkHours } = gate.joining;
    const account = newcomer(gate, { username: email, email, name, groups });
    const office = { actor: account.id, address: visit.address };
    if (!(await addPersonIn(tx, gate, office, account))) return { is: 'taken' };
    await saveLanguage(tx, account.id, language);
    const method = firstMethod(gate).id;
    const to = await linkToSet(tx, gate, { account: account.id, method, lifetime: hours(linkHours) });
    return { is: 'joined', to: new URL(to).pathname };
  });
