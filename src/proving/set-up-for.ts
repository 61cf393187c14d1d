import type { Account } from '../core/accounts/store.ts';
import type { Because, Enrolment, Form, Subject } from '../methods/method.ts';
import type { Transaction } from '../store/database.ts';
import type { Gate } from './gate.ts';
import { noteOwned } from './owned.ts';

/** A method that does not take what was given. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
  readonly because: Because;
  constructor(because: Because) {
    super(because);
    this.because = because;
  }
}

/**
 * Sets a method up in somebody's place, by the very rules they would meet themselves. Hashing happens here, outside any
 * transaction; what comes back saves it inside one.
 * @throws NotTaken
 */
export async function setUpFor(
  gate: Gate,
  { id, username }: Pick<Account, 'id' | 'username'>,
  method: string,
  form: Form | ((memo: ReadonlyMap<string, string>) => Form),
): Promise<(tx: Transaction) => Promise<void>> {
  const live = gate.methods.get(method);
  if (live === undefined) throw new Error(`there is no method ${method}`);
  const subject: Subject = { account: id, name: username, memo: new Map(), returnTo: '' };
  if (typeof form === 'function') await live.offer(subject);
  const enrolment: Enrolment = await live.enrol(subject, typeof form === 'function' ? form(subject.memo) : form);
  if (enrolment.is !== 'ready') throw new NotTaken(enrolment.is === 'again' ? enrolment.because : 'unavailable');
  return async (tx) => {
    if ((await enrolment.save(tx, { at: gate.clock.now(), level: 1 })) === false) throw new NotTaken('replayed');
    await noteOwned(tx, gate, id);
  };
}
