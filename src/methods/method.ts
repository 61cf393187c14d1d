import type { ZodType } from 'zod';
import type { Evidence, Level } from '../flow/assurance.ts';
import type { Role } from '../flow/gather.ts';
import type { Instant } from '../kernel/clock.ts';
import type { AccountId, Id } from '../kernel/ids.ts';
import type { Pattern } from '../otp/codes.ts';
import type { Handle, Transaction } from '../store/database.ts';
import type { Means } from '../store/means.ts';
import type { Memo } from '../store/memo.ts';
import type { Migration } from '../store/migrate.ts';
import type { AfterRestore } from '../store/restored.ts';
import type { SealedColumn } from '../store/sealed.ts';
import type { IconName } from '../ui/icons.tsx';
import type { InEveryLanguage, Language } from '../ui/language.ts';
import type { Errand, View } from '../ui/view.ts';

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
  readonly role: Exclude<Role, 'off'>;
  /** Taken only where a rule of the policy names it: there is a reason not to, and its settings tell it. */
  readonly onlyWhereNamed?: true;
  /**
   * It tells who somebody is, and may be all that is asked: of anybody, or of whoever keeps their browser for it
   * (`docs/adr/0019`).
   */
  readonly alone?: 'anywhere' | 'in-kept-browsers';
  /** What it is lost with, where one of it says nothing else (`docs/adr/0045`). */
  readonly hangsOn: Hold;
  /** Who else has to be there for it: without them nobody signs in by it, and a house needs a way in all the same. */
  readonly reliesOn?: 'mail' | 'sms' | 'provider';
  /** Its answer is a code and nothing else: whoever shows a page of their own can ask for it (`docs/adr/0029`). */
  readonly typed?: true;
  /** It shows codes by itself, with nothing of us: an application's own form may ask for one (`docs/adr/0039`). */
  readonly pin?: true;
  /** There is one of it for each person: a new one takes the place of the old. */
  readonly one?: true;
  readonly icon: IconName;
  readonly words: InEveryLanguage<MethodWords>;
  /** Its section of the configuration, with its defaults. What gives nothing at all is not switched on, and not opened. */
  readonly settings: ZodType<Settings | undefined>;
  readonly migrations: readonly Migration[];
  /** Its sealed columns, so that `keys rotate` finds them. */
  readonly sealed: readonly SealedColumn[];
  /** What it ends when the database came back from a backup. */
  readonly restored?: AfterRestore;
  /** What only whoever runs the host does with it (`docs/adr/0014`). */
  readonly commands?: readonly HostCommand[];
  open(means: Means, settings: Settings): OpenMethod;
}

/**
 * What somebody loses a way in with: the one phone they have, this very device or key, the mail they read, what they know, what
 * they wrote down; or nothing, for what several of their devices have.
 */
export type Hold = 'phone' | 'device' | 'key' | 'mailbox' | 'head' | 'paper' | 'several';

export interface MethodWords {
  readonly name: string;
  /** One line for the chooser and the account page. */
  readonly hint: string;
  /** What to do when an answer was refused. */
  readonly refused: Readonly<Partial<Record<Because, (wait: number) => string>>>;
}

export interface OpenMethod {
  /** The best it can prove, as it is set up here; what an answer did prove comes with the answer. */
  readonly best: Evidence;
  /** The origin of a provider's own page, where its forms lead to. */
  readonly leadsTo?: string;
  /** It asks on somebody's phone, with no page at all: `{ send: 'push' }` begins it, and an empty form asks what came of it. */
  readonly pushes?: true;
  /** What this account has set up. Asked inside transactions too, hence the handle. */
  list(handle: Handle, account: AccountId): Promise<readonly Credential[]>;
  /** The page that asks. */
  ask(subject: Subject): Promise<View>;
  /** What whoever runs the house should hear when it starts: ways of people's that lead nowhere any more. */
  worries?(handle: Handle): Promise<readonly string[]>;
  /** No transaction is open while it runs: it may hash for 20 ms or wait for a network. */
  check(subject: Subject, form: Form): Promise<Outcome>;
  /** The page that sets one up. */
  offer(subject: Subject): Promise<View>;
  enrol(subject: Subject, form: Form): Promise<Enrolment>;
  /** Keeps what another system kept for many people at once, as it was (`docs/adr/0035`). */
  adopt?(tx: Transaction, kept: readonly Adopted[], bound: Bound): Promise<void>;
  /** Takes one away, or all of them; how many went. */
  remove(tx: Transaction, account: AccountId, which: CredentialId | 'all'): Promise<number>;
  /** Where it tells who somebody is: beside the field for a name, and when it is offered to whoever has none. */
  readonly passkey?: Passkey;
  /** How an administrator registers it for somebody (S-1). */
  readonly registering?: Registering;
  /** Whose this one is, by what is printed on it. */
  bearerOf?(handle: Handle, serial: string): Promise<AccountId | null>;
  /** Is this key, by its mark, one that it keeps? */
  knows?(handle: Handle, seed: string): Promise<boolean>;
  /** What it does when a sign-in comes to it, before its page is shown: a code is sent. */
  arrive?(tx: Transaction, subject: Subject): Promise<void>;
}

/** Where a passkey stands on the page that asks who somebody is: nowhere, or as far in front as this. */
export type FirstPage = 'username-first' | 'button' | 'autofill' | 'passkey-only';

/** What a key does that knows whose it is (WebAuthn 3, discoverable credentials). */
export interface Passkey {
  readonly firstPage: FirstPage;
  /** Places of other names whose pages may ask for the same ones (WebAuthn 3, 5.11). */
  readonly related: readonly string[];
  /** Beside the field for a name, or before it: a form of its own, and the field's autofill. */
  greet(memo: Memo): Promise<View>;
  /** Whose answer this says it is; null for nobody's. It proves nothing before it is checked. */
  whose(form: Form): Promise<AccountId | null>;
  /**
   * The page that offers to make one; its form is answered by `enrol`.
   * @param upgrades the browser may make it by itself, without asking (conditional create)
   */
  invite(subject: Subject, upgrades: boolean): Promise<View>;
  /** What their own pages tell the browser of what it keeps: which are still good, and what they are called. */
  signal(account: AccountId, name: string): Promise<Errand>;
  /** Binds one that `enrol` made and that was held back; false: it is kept already. */
  keep(tx: Transaction, account: AccountId, held: string, bound: Bound): Promise<CredentialId | false>;
}

/** A PIN that somebody else registers: with a key that they see, and a PIN of it that shows it is in the right hands. */
export interface Registering {
  /** Base32 (RFC 4648), 160 bits. */
  newKey(): string;
  /** What an authenticator reads it from (Key Uri Format). */
  uriOf(name: string, key: string, pattern: Pattern): string;
  /** Whether the PIN is right for the key now: else nothing is kept. */
  check(given: Registered): Promise<Registration>;
  /** The realms where somebody is registered. */
  where(handle: Handle, account: AccountId): Promise<readonly string[]>;
}

export interface Registered {
  readonly account: AccountId;
  /** Base32 or hexadecimal, with or without spaces. */
  readonly typedKey: string;
  readonly code: string;
  readonly pattern: Pattern;
  /** Where it will be taken; with a mark of its own, its PINs serve there whether they served elsewhere or not. */
  readonly realms: readonly { readonly id: string; readonly ownMark: boolean }[];
}

export type Registration =
  /** `save` keeps it in place of the one that was registered there before; false: somebody was faster. */
  | {
      readonly is: 'ready';
      /** What the key is known by. */
      readonly seed: string;
      save(tx: Transaction, bound: Bound): Promise<{ readonly replaced: number } | false>;
    }
  /** `key`: it is none; `held`: it is another person's. */
  | {
      readonly is: 'again';
      readonly because: 'key' | 'held' | 'malformed' | 'wrong' | 'replayed';
      readonly wait?: number;
    };

/** Whom a method is asked about, and what it may remember between two pages of one attempt. */
export interface Subject {
  /** Null for a name nobody has: the same work is done, and the answer is no. */
  readonly account: AccountId | null;
  /** What the person calls themselves here. */
  readonly name: string;
  /** Sealed, bound to the attempt, this method's alone, gone when anything is proven. */
  readonly memo: Memo;
  /** What they read; unknown to whoever sets something up for somebody. */
  readonly language?: Language;
  /** "Firefox, Windows": what they ask with, as it calls itself. */
  readonly agent?: string;
  /** From where they ask, and the /24 or /64 that is in. */
  readonly address?: string;
  readonly network?: string;
  /** What they are on their way to, by its name; left out: their own pages. */
  readonly application?: string;
  /** Whose PINs are taken there; left out: those of any realm. */
  readonly realm?: string;
  /** Where a provider's own page sends the person back to: its query is then the form that is checked. */
  readonly returnTo: string;
  /**
   * Nothing is proven yet, and this browser does not know them, or does. What a stranger has set up shows nowhere; left out,
   * it is asked beside what was proven.
   */
  readonly unproven?: 'stranger' | 'acquainted';
}

/** Fields of a form, each given once. */
export type Form = Readonly<Record<string, string>>;

export interface Credential {
  readonly id: CredentialId;
  /** What it is called until the person gives it a name; null: the method's own name says enough. */
  readonly label: string | null;
  /** Whose it is, at a glance: their mark, a path drawn for 24 x 24. */
  readonly mark?: string;
  /** "Firefox, Windows": the browser and the system it was made in, as they call themselves. */
  readonly madeIn?: string;
  /** A word on its kind: "synced", "this device only". */
  readonly note?: InEveryLanguage<string>;
  /** "3 of 15 left": more than a name where the method has more to say. */
  readonly left: number | null;
  readonly lastUsedAt: Instant | null;
  /** When and at which level it was bound: a policy may refuse what was bound too low or too lately. */
  readonly bound: Bound;
  /** The best this one can prove; what the method can, when left out. */
  readonly best?: Evidence;
  /** Its provider does not answer at the moment: others are asked first. */
  readonly down?: boolean;
  /** Made when it was offered, to make things easier: a way in, and no reason to ask for more than before. */
  readonly beside?: boolean;
  /** A directory keeps it: it is changed there, and no way in while the directory is down. */
  readonly elsewhere?: true;
  /** What this one is lost with, where that is not what the method says. */
  readonly hangsOn?: Hold;
  /** A PIN of this realm: taken at its applications, and on their own pages. */
  readonly realm?: string;
  /** What conditions of a policy may ask of it. */
  readonly traits?: readonly Trait[];
}

/** Carried from device to device; tells its person by PIN, finger or face; on many devices at once. */
export type Trait = 'roaming' | 'verifying' | 'synced';

/** A hash of somebody's, as another system wrote it. */
export interface Adopted {
  readonly account: AccountId;
  readonly hash: string;
}

export interface Bound {
  readonly at: Instant;
  readonly level: Level;
}

export type Because =
  | 'wrong'
  /** It is nobody's here. */
  | 'unknown'
  | 'malformed'
  | 'replayed'
  | 'expired'
  /** It said no, or it proves less than is taken here. */
  | 'refused-before'
  /** It was asked in place of the password, and is not enough for that. */
  | 'not-alone'
  /** The person, or their provider, said no. */
  | 'denied'
  /** Too many were sent lately. */
  | 'limited'
  /** Nothing has been answered yet. */
  | 'waiting'
  /** The provider does not answer: never the person's fault, never a way in. */
  | 'unavailable';

/** `wait`: milliseconds until another answer can be right. */
export interface Refusal {
  readonly because: Because;
  readonly wait?: number;
  /** What a provider said, for whoever reads the log. */
  readonly heard?: string;
}

/**
 * Nothing to weigh yet: the person asked for something on the way, a code or a push. No guess was made. `save` runs in the
 * transaction that keeps the memo, and says what stands in the way if something does; `leaveFor` is a page of the
 * provider's, where they go on.
 */
export interface Begun {
  readonly is: 'begun';
  readonly leaveFor?: string;
  save?(tx: Transaction): Promise<Refusal | null>;
}

export type Outcome =
  /** `consume` spends what serves once, in the transaction that makes the session; false: somebody was faster. */
  | {
      readonly is: 'proven';
      readonly credential: CredentialId;
      readonly evidence: Evidence;
      /** What a provider said, for whoever reads the log. */
      readonly heard?: string;
      /** One made on this device would be easier: a phone answered for the computer beside it, or a key of another place. */
      readonly elsewhere?: true;
      consume(tx: Transaction): Promise<boolean>;
    }
  | ({ readonly is: 'refused' } & Refusal)
  | Begun;

export type Enrolment =
  /** `save` binds it in the transaction that records it; false: what it rests on was used meanwhile. */
  | {
      readonly is: 'ready';
      readonly evidence: Evidence | null;
      /** A passkey as text: `Passkey.keep` binds it later instead of `save`. */
      readonly held?: string;
      save(tx: Transaction, bound: Bound): Promise<CredentialId | false>;
    }
  | ({ readonly is: 'again' } & Refusal)
  | Begun;

/** A command of the host's: `sallyport tokens assign SERIAL USER`. */
export interface HostCommand {
  /** As it is typed: a group, a verb, and its arguments as `<serial>`. */
  readonly usage: string;
  readonly about: string;
  readonly options?: readonly (readonly [flags: string, about: string])[];
  run(desk: Desk, given: readonly string[], options: Readonly<Record<string, string | boolean>>): Promise<void>;
}

/** What the host lends to a command. What it does to somebody's account is written down, and told to them. */
export interface Desk {
  readonly means: Means;
  /** What a file says, into memory and nowhere else; refuses where it cannot be read. */
  read(file: string): Promise<string>;
  /** @throws when nobody is called so */
  find(name: string): Promise<AccountId>;
  /** Null when nobody is called so. */
  known(name: string): Promise<AccountId | null>;
  nameOf(account: AccountId): Promise<string>;
  /** Where PINs of their own are taken; null when there is no such realm. */
  realm(id: string): { readonly id: string; readonly ownMark: boolean } | null;
  /** Is this key, by its mark, one of another method's? */
  isHeld(seed: string): Promise<boolean>;
  /** Binds what is saved to somebody. @returns false when it could not be saved any more */
  give(account: AccountId, save: (tx: Transaction, bound: Bound) => Promise<boolean>): Promise<boolean>;
  /** Takes one from somebody, with all that rests on it. @returns how many went */
  take(account: AccountId, credential: CredentialId): Promise<number>;
  /** Changes what is nobody's in particular, and writes down how much. */
  change(account: AccountId | null, work: (tx: Transaction) => Promise<number>): Promise<number>;
  say(line: string): void;
  /** How far it has come: one line that is written over. */
  progress(line: string): void;
  /** Ends the command: the sentence goes to whoever typed it. */
  refuse(why: string): never;
}

/** Keeps the settings' type inside the folder: outside, all methods are alike. */
export const defineMethod = <Settings>(method: Method<Settings>): Method => method as Method;
