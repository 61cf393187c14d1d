import { findAccount } from '../core/accounts/store.ts';
import type { Attempt } from '../core/attempts/store.ts';
import { addMessage } from '../core/delivery/store.ts';
import type { Transaction } from '../store/database.ts';
import type { Gate } from './gate.ts';
import { type Notice, notices } from './words.ts';

/** Tells the person what happened to their account, in the transaction in which it happened (NIST SP 800-63B-4, 4.2). */
export async function notice(
  tx: Transaction,
  gate: Gate,
  { account: id }: Pick<Attempt, 'account'>,
  which: Notice,
): Promise<void> {
  const account = id === null ? null : await findAccount(tx, id);
  if (account === null || account.email === null) return;
  const { subject, body } = notices.en[which];
  await addMessage(tx, gate, {
    account: account.id,
    channel: 'mail',
    recipient: account.email,
    subject,
    body: body(account.name),
  });
}
