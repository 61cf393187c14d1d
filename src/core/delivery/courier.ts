import type { Instant } from '../../kernel/clock.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Message } from '../../store/outbox.ts';

/** Its name in the database, and to those who might otherwise take it twice. */
export type MessageId = Id<'message'>;

/** `why` goes to the log and the database: what the provider said, without whom it was for and what it said to them. */
export type Outcome =
  | { readonly is: 'sent' }
  /** This one is not taken, now or ever: nobody has that number. */
  | { readonly is: 'refused'; readonly why: string }
  /** This one is not taken now. */
  | { readonly is: 'later'; readonly why: string }
  /** Nothing is taken now: no answer, too many, or we are not let in. */
  | { readonly is: 'down'; readonly why: string };

type Named = { readonly id: MessageId; readonly expiresAt: Instant };
export type Mail = Extract<Message, { channel: 'mail' }> & Named;
export type Sms = Extract<Message, { channel: 'sms' }> & Named;

/** Who brings messages to people. A channel without one keeps its messages until they are too late. */
export interface Couriers {
  readonly mail?: (mail: Mail) => Promise<Outcome>;
  readonly sms?: (sms: Sms) => Promise<Outcome>;
}

/** A surprise as an outcome: by its name and code alone, for its words may hold a number or a code. */
export function surprise(failure: unknown): Outcome {
  const { name, code, cause } = failure as { name?: string; code?: unknown; cause?: { code?: unknown } };
  return { is: 'down', why: [name, code ?? cause?.code].filter((part) => part !== undefined).join(' ') };
}
