import type { Evidence } from '../flow/assurance.ts';
import type { Instant } from '../kernel/clock.ts';
import { type AccountId, newId } from '../kernel/ids.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Means } from '../store/means.ts';
import type { Memo } from '../store/memo.ts';
import type { Channel, Message } from '../store/outbox.ts';
import type { Language } from '../ui/language.ts';
import type { View } from '../ui/view.ts';
import type { Waiting } from './code-page.tsx';
import { type Recipient, recipientsIn } from './recipients.ts';
import { type Sending, sentCodes } from './sent-codes.ts';

type Form = Readonly<Record<string, string>>;
interface Subject {
  readonly account: AccountId | null;
  readonly memo: Memo;
  readonly language?: Language;
}

/** What is to be said, to whom, in a message that carries a code. */
export interface Errand extends Sending {
  readonly code: string;
  readonly at: Instant;
  readonly until: Instant;
  readonly language: Language;
}

/** What differs between one way of sending codes and another. */
export interface Way {
  /** The method's id, and its table: `email-code` keeps in `email_code`. */
  readonly method: string;
  readonly channel: Channel;
  readonly evidence: Evidence;
  readonly codeMinutes: number;
  readonly dailyCeiling: number;
  /** Sent as soon as a sign-in comes to it, and not only when its button is pressed. */
  readonly unasked?: true;
  /** The fields that say where codes are to go. */
  readonly fields: readonly string[];
  /** What was typed there, in its one spelling; null when codes cannot go there. */
  read(typed: Form): string | null;
  /** Does anything go there, as things are set up now? */
  reaches(recipient: string): boolean;
  /** As shown to whoever knows the password: enough to tell one's own, not enough to learn another's. */
  mask(recipient: string): string;
  write(errand: Errand): Message;
  ask(masked: string, waiting: Waiting): View;
  /** @param typed what was typed before, if it was; `taken`: codes can go there */
  where(typed: Form, taken: boolean): View;
  confirm(recipient: string, waiting: Waiting): View;
}

/** A method whose answer is a code that was sent: to a mailbox, to a phone. */
export function byMessage(means: Means, way: Way) {
  const { database, clock, chance, outbox } = means;
  const { method, channel, evidence } = way;
  const recipients = recipientsIn(method.replace('-', '_'), means);
  const codes = sentCodes(means, way);

  const isDown = async (handle: Handle, recipient: string): Promise<boolean> =>
    !way.reaches(recipient) || outbox.isDown(handle, channel);

  const send = (tx: Transaction, memo: Memo, sending: Sending, language: Language): Promise<number> =>
    codes.send(tx, memo, sending, (code, until) => way.write({ ...sending, code, at: clock.now(), until, language }));

  /** "Send" was pressed: done when the transaction comes, or not for a reason. */
  async function begin({ memo, language = 'en' }: Subject, sending: Sending) {
    const down = await isDown(database.read, sending.recipient);
    return {
      is: 'begun',
      async save(tx: Transaction) {
        if (down) return { because: 'unavailable' } as const;
        const wait = await send(tx, memo, sending, language);
        if (wait > 0) return { because: 'limited', wait } as const;
        if (sending.purpose === 'set-up') memo.set('recipient', sending.recipient);
        return null;
      },
    } as const;
  }

  const waiting = async (memo: Memo, sending: Sending): Promise<Waiting> => ({
    until: codes.waitingFor(memo, sending.purpose)?.until ?? null,
    wait: await codes.waitFor(database.read, sending),
    now: clock.now(),
  });

  /** At a set-up: what is typed now, kept as it was typed so that nothing is lost; else what was typed before. */
  function whereTo(memo: Memo, form: Form): string | null {
    if (way.fields.every((field) => form[field] === undefined)) return memo.get('recipient') ?? null;
    for (const field of way.fields) memo.set(field, form[field] ?? '');
    return way.read(form);
  }

  const credentialOf = async (handle: Handle, { recipient, ...kept }: Recipient) => ({
    ...kept,
    label: way.mask(recipient),
    left: null,
    down: await isDown(handle, recipient),
  });

  /** Once in each attempt. */
  async function arrive(tx: Transaction, { account, memo, language = 'en' }: Subject): Promise<void> {
    const mine = await recipients.find(tx, account);
    if (account === null || mine === null || memo.has('sign-in') || (await isDown(tx, mine.recipient))) return;
    await send(tx, memo, { purpose: 'sign-in', account, recipient: mine.recipient }, language);
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
      const sending = { purpose: 'sign-in', account, recipient: mine.recipient } as const;
      return way.ask(way.mask(mine.recipient), await waiting(memo, sending));
    },

    async check(subject: Subject, form: Form) {
      const { account, memo } = subject;
      const mine = await recipients.find(database.read, account);
      if (account === null || mine === null) return { is: 'refused', because: 'wrong' } as const;
      const sending = { purpose: 'sign-in', account, recipient: mine.recipient } as const;
      if (form['send'] !== undefined) return begin(subject, sending);
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

    async offer({ account, memo }: Subject): Promise<View> {
      const recipient = memo.get('recipient');
      const sent = codes.waitingFor(memo, 'set-up') !== null;
      if (account !== null && recipient !== undefined && sent) {
        return way.confirm(recipient, await waiting(memo, { purpose: 'set-up', account, recipient }));
      }
      const typed = Object.fromEntries(way.fields.map((field) => [field, memo.get(field) ?? '']));
      return way.where(typed, way.read(typed) !== null);
    },

    async enrol(subject: Subject, form: Form) {
      const { account, memo } = subject;
      if (form['elsewhere'] !== undefined) {
        memo.delete('recipient');
        return { is: 'begun' } as const;
      }
      const recipient = whereTo(memo, form);
      if (account === null || recipient === null) return { is: 'again', because: 'malformed' } as const;
      const sending = { purpose: 'set-up', account, recipient } as const;
      if (form['send'] !== undefined) return begin(subject, sending);
      const verdict = await codes.check(memo, sending, form['code'] ?? '');
      if (verdict.is === 'refused') return { ...verdict, is: 'again' } as const;
      return {
        is: 'ready',
        evidence,
        async save(tx: Transaction, bound: Recipient['bound']) {
          if (!(await codes.use(tx, verdict.id))) return false;
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
