import type { Instant } from '../kernel/clock.ts';
import type { AccountId } from '../kernel/ids.ts';
import type { Handle, Transaction } from './database.ts';

export type Channel = 'mail' | 'sms';

/** What a mail says; it goes out as plain text and as HTML, both made from this. */
export interface Letter {
  /** BCP 47, such as `en`. */
  readonly language: string;
  readonly subject: string;
  /** The greeting first. */
  readonly paragraphs: readonly string[];
  /** Stands large below them. */
  readonly code?: string;
  readonly link?: { readonly to: string; readonly words: string };
  /** Stands small at the end: "You asked for this at 14:03 from Chrome on Windows. Not you?" */
  readonly small?: readonly string[];
}

export type Message = {
  /** Whose it is; null: a mailbox that is nobody's yet. */
  readonly account: AccountId | null;
  /** An address of mail, or a number as E.164 writes it: `+491701234567`. */
  readonly recipient: string;
  /** From then on it is too late: dropped, never sent. A day from now when left out; a code says when it ends. */
  readonly expiresAt?: Instant;
} & ({ readonly channel: 'mail'; readonly letter: Letter } | { readonly channel: 'sms'; readonly text: string });

/** What is owed to people. Nobody waits for it on a page: it is sent from here, once, by whichever process comes first. */
export interface Outbox {
  /** In the transaction of what it tells about: a message is owed exactly when the change is there. */
  add(tx: Transaction, message: Message): Promise<void>;
  /** Did the provider fail within the last minute, and has not succeeded since? Then another way is offered first. */
  isDown(handle: Handle, channel: Channel): Promise<boolean>;
  /** Calls whoever sends, as soon as something is owed for certain. */
  whenOwed(wake: () => void): void;
}
