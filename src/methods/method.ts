import type { ZodType } from 'zod';
import type { Evidence, Level } from '../flow/assurance.ts';
import type { Role } from '../flow/gather.ts';
import type { Instant } from '../kernel/clock.ts';
import type { AccountId, Id } from '../kernel/ids.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Means } from '../store/means.ts';
import type { Migration } from '../store/migrate.ts';
import type { SealedColumn } from '../store/sealed.ts';
import type { IconName } from '../ui/icons.tsx';
import type { InEveryLanguage } from '../ui/language.ts';
import type { View } from '../ui/view.ts';

export type { AccountId };
export type CredentialId = Id<'credential'>;

/**
 * What a way of proving who you are has to bring along. A method answers one question, "is it really them?", and does
 * nothing else: it sets no cookie, counts no failure, writes no audit row and chooses no screen. One place does these
 * for all of them (`proving/run.ts`).
 */
export interface Method<Settings = unknown> {
  /** Also its folder, its URL segment and its name in the database: never rename one. */
  readonly id: string;
  /** Where it stands in a sign-in: the first thing asked, the second, or the one kept for bad days. */
  readonly role: Role;
  /** The best it can prove; what an answer did prove comes with the answer. */
  readonly best: Evidence;
  readonly icon: IconName;
  readonly words: InEveryLanguage<MethodWords>;
  /** Its section of the configuration, with its defaults. */
  readonly settings: ZodType<Settings>;
  readonly migrations: readonly Migration[];
  /** Its sealed columns, so that `keys rotate` finds them. */
  readonly sealed: readonly SealedColumn[];
  open(means: Means, settings: Settings): OpenMethod;
}

export interface MethodWords {
  readonly name: string;
  /** One line for the chooser and the account page. */
  readonly hint: string;
  /** What to do when an answer was refused. */
  readonly refused: Readonly<Partial<Record<Because, (wait: number) => string>>>;
}

export interface OpenMethod {
  /** What this account has set up. Asked inside transactions too, hence the handle. */
  list(handle: Handle, account: AccountId): Promise<readonly Credential[]>;
  /** The page that asks. */
  ask(subject: Subject): Promise<View>;
  /** No transaction is open while it runs: it may hash for 20 ms or wait for a network. */
  check(subject: Subject, form: Form): Promise<Outcome>;
  /** The page that sets one up. */
  offer(subject: Subject): Promise<View>;
  enrol(subject: Subject, form: Form): Promise<Enrolment>;
  /** Takes one away, or all of them; how many went. */
  remove(tx: Transaction, account: AccountId, which: CredentialId | 'all'): Promise<number>;
}

/** Whom a method is asked about, and what it may remember between two pages of one attempt. */
export interface Subject {
  /** Null for a name nobody has: the same work is done, and the answer is no. */
  readonly account: AccountId | null;
  /** What the person calls themselves here. */
  readonly name: string;
  /** Sealed, bound to the attempt, gone with it. */
  readonly memo: Map<string, string>;
}

/** Fields of a form, each given once. */
export type Form = Readonly<Record<string, string>>;

export interface Credential {
  readonly id: CredentialId;
  /** What the person calls it; null: the method's own name says enough. */
  readonly label: string | null;
  /** "3 of 15 left": more than a name where the method has more to say. */
  readonly left: number | null;
  readonly lastUsedAt: Instant | null;
  /** When and at which level it was bound: a policy may refuse what was bound too low or too lately. */
  readonly bound: Bound;
}

export interface Bound {
  readonly at: Instant;
  readonly level: Level;
}

export type Because = 'wrong' | 'malformed' | 'replayed' | 'expired' | 'refused-before';

export type Outcome =
  /** `consume` spends what serves once, in the transaction that makes the session; false: somebody was faster. */
  | {
      readonly is: 'proven';
      readonly credential: CredentialId;
      readonly evidence: Evidence;
      consume(tx: Transaction): Promise<boolean>;
    }
  /** `wait`: milliseconds until another answer can be right. */
  | { readonly is: 'refused'; readonly because: Because; readonly wait?: number };

export type Enrolment =
  /** `save` binds it in the transaction that records it; false: what it rests on was used meanwhile. */
  | {
      readonly is: 'ready';
      readonly evidence: Evidence | null;
      save(tx: Transaction, bound: Bound): Promise<CredentialId | false>;
    }
  | { readonly is: 'again'; readonly because: Because; readonly wait?: number };

/** Keeps the settings' type inside the folder: outside, all methods are alike. */
export const defineMethod = <Settings>(method: Method<Settings>): Method => method as Method;
