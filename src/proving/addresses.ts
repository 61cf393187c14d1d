import { type Account, findAccount, saveEmail } from '../core/accounts/store.ts';
import { addBefore, findBefore, findChange, removeChange, saveChange, useBefore } from '../core/addresses/store.ts';
import { addEntry } from '../core/audit/store.ts';
import { removeLinks } from '../core/links/store.ts';
import { removeWait } from '../core/recovery/store.ts';
import { oneAtATime } from '../core/sessions/sign-outs.ts';
import type { Session } from '../core/sessions/store.ts';
import { hours, shift } from '../kernel/clock.ts';
import { maskAddress, readAddress } from '../kernel/mail-address.ts';
import type { Form, Refusal } from '../methods/method.ts';
import { confirming, type Stage } from '../otp/confirming.ts';
import type { Transaction } from '../store/database.ts';
import type { Language } from '../ui/language.ts';
import { letters } from './address-words.ts';
import { networkOf } from './budgets.ts';
import type { Gate, Visit } from './gate.ts';
import { type Leave, spend } from './leave.ts';
import { mail } from './notices.ts';
import { Outrun } from './outrun.ts';
import { endAll } from './people.ts';

/**
 * Another address for one's mail (`docs/adr/0017`): a code that is sent there confirms it, and a link that is sent to the
 * one before brings that back for three days.
 */

/** What came of a form. `same`: it is theirs already; `taken`: it is somebody else's, told to nobody but its reader. */
export type Came = { readonly is: 'begun' | 'changed' } | Again;
interface Again {
  readonly is: 'again';
  readonly because: Refusal['because'] | 'same' | 'taken';
  readonly wait?: number;
  /** What stands on the page beside it. */
  readonly stage: Stage;
}

/** So long the address before can be brought back. */
const lifetime = hours(72);

const codesOf = (gate: Gate) =>
  confirming(gate, {
    method: 'address',
    channel: 'mail',
    codeMinutes: 10,
    dailyCeiling: 10_000,
    fields: ['address'],
    read: ({ address = '' }) => readAddress(address),
    reaches: () => true,
    write: (errand) => ({
      account: errand.account,
      channel: 'mail',
      recipient: errand.recipient,
      letter: letters[errand.language].code(gate.publicUrl.host, errand),
    }),
  });

/** Where this session's change of address stands. */
export async function stageOf(gate: Gate, session: Session): Promise<Stage> {
  const memo = await findChange(gate.database.read, gate, session);
  return codesOf(gate).stage({ account: session.account, memo });
}

/**
 * Sends a code to a new address, or takes it. An address that is somebody else's gets its code like any other; only whoever
 * reads it there learns that it is taken.
 */
export async function changeAddress(
  gate: Gate,
  session: Session,
  form: Form,
  { leave, visit }: { readonly leave: Leave | null; readonly visit: Visit },
): Promise<Came> {
  const { account } = session;
  if (form['address'] !== undefined && leave === null) throw new Error('another address is named without leave');
  const memo = await findChange(gate.database.read, gate, session);
  const subject = { account, memo, language: visit.language, network: networkOf(visit.address) };
  const codes = codesOf(gate);
  const again = async ({ because, wait = 0 }: Pick<Again, 'because' | 'wait'>): Promise<Came> => ({
    is: 'again',
    because,
    wait,
    stage: await codes.stage(subject),
  });
  const mine = await findAccount(gate.database.read, account);
  const came = await codes.confirm(subject, form);
  if (came.is === 'again') return again(came);
  if (came.is === 'begun') {
    if (form['address'] !== undefined && readAddress(form['address']) === mine?.email)
      return again({ because: 'same' });
    const hindrance = await gate.database.transaction(async (tx) => {
      if (leave !== null) await spend(tx, gate, leave);
      const found = 'save' in came ? await came.save(tx) : null;
      if (found === null) await saveChange(tx, gate, session, memo);
      return found;
    });
    return hindrance === null ? { is: 'begun' } : again(hindrance);
  }
  const changed = await gate.database
    .transaction(async (tx) => {
      await oneAtATime(tx, account);
      if (!(await removeChange(tx, session)) || !(await came.use(tx))) throw new Outrun();
      return moveTo(tx, gate, { account, address: came.recipient, visit });
    })
    .catch(outrun);
  if (changed === true) return { is: 'changed' };
  memo.delete('recipient');
  return again({ because: changed === null ? 'replayed' : 'taken' });
}

/** @returns false: it is somebody else's */
async function moveTo(
  tx: Transaction,
  gate: Gate,
  { account: id, address, visit }: Pick<Session, 'account'> & { address: string; visit: Visit },
): Promise<boolean> {
  const before = await findAccount(tx, id);
  if (before === null) throw new Outrun();
  if (!(await saveEmail(tx, before, address))) return false;
  await addEntry(tx, gate, { event: 'address.changed', account: id, address: visit.address, detail: {} });
  await leaveAddress(tx, gate, before, { to: address, language: visit.language });
  await mail(tx, gate, { ...before, email: address }, letters[visit.language].here());
  return true;
}

/** Whoever reads at the address before can bring it back; what was on its way there is worth nothing any more. */
export async function leaveAddress(
  tx: Transaction,
  gate: Gate,
  { id: account, email, name }: Account,
  { to, language }: { to: string; language: Language },
): Promise<void> {
  await removeLinks(tx, account);
  await removeWait(tx, account);
  if (email === null) return;
  const token = await addBefore(tx, gate, { account, address: email, lifetime });
  const undo = new URL(`/address/undo/${token}`, gate.publicUrl).href;
  // It may come late, for it serves as long.
  const letter = letters[language].changed(maskAddress(to), undo)(name);
  const expiresAt = shift(gate.clock.now(), lifetime);
  await gate.outbox.add(tx, { account, channel: 'mail', recipient: email, letter, expiresAt });
}

/** Brings back what was changed. Whoever is in is out, and what they began ends. `taken`: it is somebody else's by now. */
export async function bringBack(gate: Gate, token: string, { address }: Visit): Promise<'back' | 'taken' | 'gone'> {
  const before = await findBefore(gate.database.read, token, gate.clock.now());
  if (before === null) return 'gone';
  const came = await gate.database
    .transaction(async (tx) => {
      await oneAtATime(tx, before.account);
      if (!(await useBefore(tx, token, before))) return 'gone';
      const account = await findAccount(tx, before.account);
      if (account === null || !(await saveEmail(tx, account, before.address))) throw new Outrun();
      await endAll(tx, account.id);
      await addEntry(tx, gate, { event: 'address.restored', account: account.id, address, detail: {} });
      await tellBoth(tx, gate, account, before.address);
      return 'back';
    })
    .catch(outrun);
  return came ?? 'taken';
}

async function tellBoth(tx: Transaction, gate: Gate, account: Account, address: string): Promise<void> {
  const say = letters[account.language];
  await mail(tx, gate, { ...account, email: address }, say.back());
  await mail(tx, gate, account, say.undone());
}

/** Rolled back: something else was faster. */
function outrun(failure: unknown): null {
  if (failure instanceof Outrun) return null;
  throw failure;
}
