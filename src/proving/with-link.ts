import { type Account, findAccount, saveLanguage } from '../core/accounts/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { findLink, type Link, removeLink, saveMemos, takeLink } from '../core/links/store.ts';
import { oneAtATime } from '../core/sessions/sign-outs.ts';
import { clearAll } from '../core/throttle/store.ts';
import { newSecret } from '../kernel/ids.ts';
import type { Because, Form, Subject } from '../methods/method.ts';
import type { Transaction } from '../store/database.ts';
import { memoOf, memoText } from '../store/memo.ts';
import type { View } from '../ui/view.ts';
import type { Gate, LiveMethod, Visit } from './gate.ts';
import { notice, noticeOf } from './notices.ts';
import { Outrun } from './outrun.ts';
import { noteOwned, removeBeside } from './owned.ts';
import { endAll } from './people.ts';

/** A link that lives, whose it is, and what it sets. */
export interface Opened {
  readonly link: Link;
  readonly account: Account;
  readonly method: LiveMethod;
}

/** Null for whatever reason: used, expired, another browser's, or the account is disabled. Which one shows nowhere. */
export async function openLink(gate: Gate, token: string, browserSecret: string | undefined): Promise<Opened | null> {
  const link = await findLink(gate.database.read, gate, token, browserSecret);
  if (link === null) return null;
  const account = await findAccount(gate.database.read, link.account);
  const method = gate.methods.get(link.method);
  return account === null || account.disabledAt !== null || method === undefined ? null : { link, account, method };
}

/** Binds the link to this browser. @returns the secret for its cookie; null when another browser was faster */
export async function takeHere(
  gate: Gate,
  { link }: Opened,
  browserSecret: string | undefined,
): Promise<string | null> {
  const secret = browserSecret ?? newSecret(gate.chance);
  const mine = link.taken || (await gate.database.transaction((tx) => takeLink(tx, link, secret)));
  return mine ? secret : null;
}

const subjectOf = ({ link, account, method }: Opened): Subject => ({
  account: account.id,
  name: account.username,
  memo: memoOf(link.memos, method.id),
  returnTo: '',
});

/** The page that sets the method up; what it must remember is kept with the link. */
export async function offered(gate: Gate, opened: Opened): Promise<View> {
  const before = memoText(opened.link.memos);
  const view = await opened.method.offer(subjectOf(opened));
  if (memoText(opened.link.memos) !== before) await gate.database.transaction((tx) => saveMemos(tx, gate, opened.link));
  return view;
}

export type SetUp =
  | { readonly is: 'done' }
  | { readonly is: 'gone' }
  | { readonly is: 'again'; readonly because: Because };

/**
 * Sets the method up and uses the link up, in one transaction. Nobody is signed in by it; whoever was, is not any more,
 * for the one who needed the link does not know who they are.
 */
export async function setUpWith(
  gate: Gate,
  opened: Opened,
  form: Form,
  { address, language }: Pick<Visit, 'address' | 'language'>,
): Promise<SetUp> {
  const { link, account, method } = opened;
  const enrolment = await method.enrol(subjectOf(opened), form);
  if (enrolment.is !== 'ready') {
    await gate.database.transaction((tx) => saveMemos(tx, gate, link));
    // A link sets what is set in one step: nothing is sent from here.
    return { is: 'again', because: enrolment.is === 'again' ? enrolment.because : 'unavailable' };
  }
  const work = async (tx: Transaction): Promise<SetUp> => {
    await oneAtATime(tx, account.id);
    if (!(await removeLink(tx, link))) return { is: 'gone' };
    if ((await enrolment.save(tx, { at: gate.clock.now(), level: 1 })) === false) throw new Outrun();
    await noteOwned(tx, gate, account.id);
    await endAll(tx, account.id);
    // Often the first that is seen of somebody: they are written to as they read.
    await saveLanguage(tx, account.id, language);
    if (method.role === 'first' && (await removeBeside(tx, gate, account.id, 2)) > 0)
      await notice(tx, gate, account.id, 'method-removed');
    // Another password is no reason to forget how often codes were guessed (RFC 4226, 7.3).
    await clearAll(tx, account.id, method.role === 'first' ? 'first' : 'all');
    const entry = { account: account.id, address, detail: { method: method.id, by: 'link' } };
    await addEntry(tx, gate, { event: 'method.added', ...entry });
    await notice(tx, gate, account.id, noticeOf(method));
    return { is: 'done' };
  };
  try {
    return await gate.database.transaction(work);
  } catch (failure) {
    // Rolled back: the link still lives.
    if (failure instanceof Outrun) return { is: 'again', because: 'replayed' };
    throw failure;
  }
}
