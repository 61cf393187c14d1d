import type { Instant } from '../kernel/clock.ts';
import type { AccountId } from '../kernel/ids.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Means } from '../store/means.ts';
import type { Memo } from '../store/memo.ts';
import type { Channel, Message } from '../store/outbox.ts';
import type { Language } from '../ui/language.ts';
import type { Waiting } from './code-page.tsx';
import type { SendLimit } from './send-limits.ts';
import { type Sending, sentCodes } from './sent-codes.ts';

type Form = Readonly<Record<string, string>>;

/** Whom a code is sent to, and what is remembered of it. */
export interface Subject {
  readonly account: AccountId | null;
  readonly memo: Memo;
  readonly language?: Language;
  readonly network?: string;
}

/** What is to be said, to whom, in a message that carries a code. */
export interface Errand extends Sending {
  readonly code: string;
  readonly at: Instant;
  readonly until: Instant;
  readonly language: Language;
}

/** A kind of place that codes can be sent to: mailboxes, phones. */
export interface Kind {
  /** Whose limits are counted: a method's id, or the name of what else is confirmed by a code. */
  readonly method: string;
  readonly channel: Channel;
  readonly codeMinutes: number;
  readonly dailyCeiling: number;
  readonly sendLimits?: readonly SendLimit[];
  /** The fields that say where codes are to go. */
  readonly fields: readonly string[];
  /** What was typed there, in its one spelling; null when codes cannot go there. */
  read(typed: Form): string | null;
  /** Does anything go there, as things are set up now? */
  reaches(recipient: string): boolean;
  write(errand: Errand): Message;
}

/** Where the confirming of a place stands. */
export type Stage =
  /** What was typed before, if it was; `taken`: codes can go there. */
  | { readonly is: 'where'; readonly typed: Form; readonly taken: boolean }
  | { readonly is: 'sent'; readonly recipient: string; readonly waiting: Waiting };

/** Sends codes to one kind of place, and confirms by them that somebody reads what comes there. */
export function confirming(means: Means, kind: Kind) {
  const { database, clock, outbox } = means;
  const codes = sentCodes(means, kind);

  const isDown = async (handle: Handle, recipient: string): Promise<boolean> =>
    !kind.reaches(recipient) || outbox.isDown(handle, kind.channel);

  const send = (tx: Transaction, { memo, language = 'en', network }: Subject, sending: Sending): Promise<number> =>
    codes.send(tx, memo, { ...sending, ...(network !== undefined && { network }) }, (code, until) =>
      kind.write({ ...sending, code, at: clock.now(), until, language }),
    );

  /** "Send" was pressed: done when the transaction comes, or not for a reason. */
  async function begin(subject: Subject, sending: Sending) {
    const down = await isDown(database.read, sending.recipient);
    return {
      is: 'begun',
      async save(tx: Transaction) {
        if (down) return { because: 'unavailable' } as const;
        const wait = await send(tx, subject, sending);
        if (wait > 0) return { because: 'limited', wait } as const;
        if (sending.purpose === 'set-up') subject.memo.set('recipient', sending.recipient);
        return null;
      },
    } as const;
  }

  const waiting = async (memo: Memo, sending: Sending): Promise<Waiting> => ({
    until: codes.waitingFor(memo, sending.purpose)?.until ?? null,
    wait: await codes.waitFor(database.read, sending),
    now: clock.now(),
  });

  /** What is typed now, kept as it was typed so that nothing is lost; else what was typed before. */
  function whereTo(memo: Memo, form: Form): string | null {
    if (kind.fields.every((field) => form[field] === undefined)) return memo.get('recipient') ?? null;
    for (const field of kind.fields) memo.set(field, form[field] ?? '');
    return kind.read(form);
  }

  return {
    ...codes,
    isDown,
    send,
    begin,
    waiting,

    async stage({ account, memo }: Subject): Promise<Stage> {
      const recipient = memo.get('recipient');
      const sent = codes.waitingFor(memo, 'set-up') !== null;
      if (account !== null && recipient !== undefined && sent) {
        return { is: 'sent', recipient, waiting: await waiting(memo, { purpose: 'set-up', account, recipient }) };
      }
      const typed = Object.fromEntries(kind.fields.map((field) => [field, memo.get(field) ?? '']));
      return { is: 'where', typed, taken: kind.read(typed) !== null };
    },

    /** What a form says about it: where to, another place, or the code. `use` spends it; false: somebody was faster. */
    async confirm(subject: Subject, form: Form) {
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
      return { is: 'confirmed', account, recipient, use: (tx: Transaction) => codes.use(tx, verdict.id) } as const;
    },
  };
}
