import { type Account, findAccount, listHolders } from '../core/accounts/store.ts';
import { keeper } from '../core/roles/roles.ts';
import type { AccountId } from '../methods/method.ts';
import type { Transaction } from '../store/database.ts';
import type { Letter as Mail } from '../store/outbox.ts';
import type { Language } from '../ui/language.ts';
import type { Gate, LiveMethod } from './gate.ts';
import { type Letter, type Notice, notices } from './words.ts';

/** Tells the person what happened to their account, in the transaction in which it happened (NIST SP 800-63B-4, 4.2). */
export async function notice(tx: Transaction, gate: Gate, id: AccountId | null, which: Notice): Promise<void> {
  const account = id === null ? null : await findAccount(tx, id);
  if (account !== null) await write(tx, gate, account, notices[account.language][which]);
}

/** What somebody is told who has set a method up: the first one they had already, and everybody knows its name. */
export const noticeOf = ({ role }: Pick<LiveMethod, 'role'>): Notice =>
  role === 'first' ? 'password-changed' : 'method-added';

/** Tells all who answer for this house. */
export async function noticeToAdministrators(
  tx: Transaction,
  gate: Gate,
  letter: (language: Language) => Letter,
): Promise<void> {
  for (const account of await listHolders(tx, keeper)) await write(tx, gate, account, letter(account.language));
}

const write = (tx: Transaction, gate: Gate, account: Account, { subject, body }: Letter): Promise<void> =>
  mail(tx, gate, account, (name) => ({
    language: account.language,
    subject,
    paragraphs: body(name).trim().split('\n\n'),
  }));

/** Owes somebody a mail, where they have an address. */
export async function mail(
  tx: Transaction,
  { outbox }: Gate,
  { id, email, name }: Account,
  letter: (name: string) => Mail,
): Promise<void> {
  if (email !== null) await outbox.add(tx, { account: id, channel: 'mail', recipient: email, letter: letter(name) });
}
