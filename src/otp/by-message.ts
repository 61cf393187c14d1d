import type { Evidence } from '../flow/assurance.ts';
import { type AccountId, newId } from '../kernel/ids.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Means } from '../store/means.ts';
import type { View } from '../ui/view.ts';
import type { Waiting } from './code-page.tsx';
import { confirming, type Kind, type Subject } from './confirming.ts';
import { type Recipient, recipientsIn } from './recipients.ts';

type Form = Readonly<Record<string, string>>;

/** What differs between one way of sending codes and another. Its table is called as it is: `email-code` keeps in `email_code`. */
export interface Way extends Kind {
  readonly evidence: Evidence;
  /** Sent as soon as a sign-in comes to it, and not only when its button is pressed. */
  readonly unasked?: true;
  /** As shown to whoever knows the password: enough to tell one's own, not enough to learn another's. */
  mask(recipient: string): string;
  ask(masked: string, waiting: Waiting): View;
  /** @param typed what was typed before, if it was; `taken`: codes can go there */
  where(typed: Form, taken: boolean): View;
  confirm(recipient: string, waiting: Waiting): View;
}

/** A method whose answer is a code that was sent: to a mailbox, to a phone. */
export function byMessage(means: Means, way: Way) {
  const { database, clock, chance } = means;
  const { method, evidence } = way;
  const recipients = recipientsIn(method.replace('-', '_'), means);
  const codes = confirming(means, way);

  /** A code to sign in goes where the person has said. */
  const toSignIn = (account: AccountId, { recipient }: Recipient) =>
    ({ purpose: 'sign-in', account, recipient }) as const;

  const credentialOf = async (handle: Handle, { recipient, ...kept }: Recipient) => ({
    ...kept,
    label: way.mask(recipient),
    left: null,
    down: await codes.isDown(handle, recipient),
  });

  /** Once in each attempt. */
  async function arrive(tx: Transaction, subject: Subject): Promise<void> {
    const { account, memo } = subject;
    const mine = await recipients.find(tx, account);
    if (account === null || mine === null || memo.has('sign-in') || (await codes.isDown(tx, mine.recipient))) return;
    await codes.send(tx, subject, toSignIn(account, mine));
  }

  return {
    best: evidence,

    async list(handle: Handle, account: AccountId) {
      const mine = await recipients.find(handle, account);
      return mine === null ? [] : [await credentialOf(handle, mine)];
    },

    async ask({ account, memo }: Subject): Promise<View> {
      const mine = await recipients.find(database.read, account);
      if (account === null || mine === null) throw new Error(`${method} is asked of somebody who has none`);
      return way.ask(way.mask(mine.recipient), await codes.waiting(memo, toSignIn(account, mine)));
    },

    async check(subject: Subject, form: Form) {
      const { account, memo } = subject;
      const mine = await recipients.find(database.read, account);
      if (account === null || mine === null) return { is: 'refused', because: 'wrong' } as const;
      const sending = toSignIn(account, mine);
      if (form['send'] !== undefined) return codes.begin(subject, sending);
      const verdict = await codes.check(memo, sending, form['code'] ?? '');
      if (verdict.is === 'refused') return verdict;
      return {
        is: 'proven',
        credential: mine.id,
        evidence,
        consume: async (tx: Transaction) =>
          (await codes.use(tx, verdict.id)) && recipients.saveUse(tx, mine.id, clock.now()),
      } as const;
    },

    async offer(subject: Subject): Promise<View> {
      const stage = await codes.stage(subject);
      return stage.is === 'sent' ? way.confirm(stage.recipient, stage.waiting) : way.where(stage.typed, stage.taken);
    },

    async enrol(subject: Subject, form: Form) {
      const came = await codes.confirm(subject, form);
      if (came.is !== 'confirmed') return came;
      const { account, recipient, use } = came;
      return {
        is: 'ready',
        evidence,
        async save(tx: Transaction, bound: Recipient['bound']) {
          if (!(await use(tx))) return false;
          const id = newId<'credential'>(chance);
          await recipients.save(tx, account, { id, recipient, bound });
          return id;
        },
      } as const;
    },

    remove: recipients.remove,
    ...(way.unasked && { arrive }),
  };
}
