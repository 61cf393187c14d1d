import { randomBytes, randomInt } from 'node:crypto';

/** What an administrator of Duo, or fate, may switch on. */
export const switches = {
  outage: 'Duo does not answer (503)',
  slow: 'Duo answers after 15 seconds',
  number: 'A push asks for the number on the screen (verified push)',
  bypass: 'People are in bypass: let through without being asked',
  remembered: 'The browser is remembered: let through without being asked',
  wrongSignature: 'Tokens are signed with another key',
} as const;
export type Switch = keyof typeof switches;

/** Somebody Duo knows. */
export interface User {
  readonly id: string;
  readonly name: string;
  /** In the link that registers their phone. */
  readonly activation: string;
  /** Their phone has Duo Mobile for this account. */
  active: boolean;
  /** What Duo Mobile shows: another one as soon as it was used. */
  passcode: string;
  /** What an administrator gave them for a bad day. */
  bypassCode: string;
  /** Passcodes that came by text message. */
  texts: string[];
}

export type Answer = 'waiting' | 'allow' | 'deny' | 'fraud' | 'timeout' | 'sent';

/** Something the phone shows, or rings for. */
export interface Transaction {
  readonly id: string;
  readonly user: User;
  readonly factor: 'push' | 'phone' | 'sms';
  readonly application: string;
  readonly place: string;
  readonly at: number;
  /** To be typed on the phone before it may be approved. */
  readonly number: string | null;
  answer: Answer;
}

/** Milliseconds for which a phone may be answered. */
const patience = 60_000;

const digits = (length: number) => String(randomInt(10 ** length)).padStart(length, '0');
const id = (prefix: string) => `${prefix}${randomBytes(9).toString('hex').toUpperCase()}`;

/** One customer of Duo, in memory: their people, what their phones show, and how Duo behaves today. */
export class Tenant {
  readonly keys: { readonly integration: string; readonly secret: string };
  readonly on = new Set<Switch>();
  readonly transactions = new Map<string, Transaction>();
  /** Of which a status was given already: the next is given when there is news, or after so many milliseconds. */
  readonly told = new Set<string>();
  longPoll = 10_000;
  /** Grows with everything that happens, so that a page sees that it is old. */
  version = 0;
  readonly #users = new Map<string, User>();
  readonly #now: () => number;
  #waiting: (() => void)[] = [];

  constructor(keys: Tenant['keys'], now: () => number = Date.now) {
    this.keys = keys;
    this.#now = now;
  }

  get now(): number {
    return this.#now();
  }
  get users(): readonly User[] {
    return [...this.#users.values()];
  }

  find(name: string): User | null {
    return this.#users.get(name) ?? null;
  }

  /** @returns null when there is somebody of that name */
  add(name: string, active = false): User | null {
    if (this.#users.has(name)) return null;
    const activation = randomBytes(24).toString('base64url');
    const codes = { passcode: digits(6), bypassCode: digits(9), texts: [] };
    const user = { id: id('DU'), name, activation, active, ...codes };
    this.#users.set(name, user);
    this.changed();
    return user;
  }

  activate(activation: string): User | null {
    const user = this.users.find((one) => one.activation === activation) ?? null;
    if (user !== null) user.active = true;
    this.changed();
    return user;
  }

  /** The phone shows it, rings, or gets a text message. */
  begin(user: User, factor: Transaction['factor'], from: { application: string; place: string }): Transaction {
    const number = factor === 'push' && this.on.has('number') ? digits(3) : null;
    const answer = factor === 'sms' ? 'sent' : 'waiting';
    if (factor === 'sms') user.texts = [digits(7), digits(7), digits(7)];
    const transaction: Transaction = { id: id('T'), user, factor, ...from, at: this.now, number, answer };
    this.transactions.set(transaction.id, transaction);
    this.changed();
    return transaction;
  }

  /** What came of it so far: who waits too long is told no. */
  outcome(transaction: Transaction): Answer {
    if (transaction.answer === 'waiting' && this.now - transaction.at >= patience) transaction.answer = 'timeout';
    return transaction.answer;
  }

  /** What the phone shows now, the newest first. */
  pending(user: User): readonly Transaction[] {
    const all = [...this.transactions.values()].reverse();
    return all.filter((one) => one.user === user && this.outcome(one) === 'waiting');
  }

  /** Somebody presses a button on the phone; approving takes the number where one is asked. */
  answer(transaction: Transaction, answer: 'allow' | 'deny' | 'fraud', number = ''): boolean {
    if (this.outcome(transaction) !== 'waiting') return false;
    if (answer === 'allow' && transaction.number !== null && transaction.number !== number.trim()) return false;
    transaction.answer = answer;
    this.changed();
    return true;
  }

  /** Which of their passcodes this is; each serves once. */
  spend(user: User, typed: string): 'passcode' | 'sms_passcode' | 'bypass_code' | null {
    this.changed();
    if (user.active && typed === user.passcode) {
      user.passcode = digits(6);
      return 'passcode';
    }
    if (user.texts.includes(typed)) {
      user.texts = user.texts.filter((text) => text !== typed);
      return 'sms_passcode';
    }
    if (typed !== user.bypassCode) return null;
    user.bypassCode = digits(9);
    return 'bypass_code';
  }

  turn(name: Switch, on: boolean): void {
    if (on) this.on.add(name);
    else this.on.delete(name);
    this.changed();
  }

  changed(): void {
    this.version += 1;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Until something happens, or so many milliseconds. */
  async next(milliseconds: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((wake) => {
      this.#waiting.push(wake);
      timer = setTimeout(wake, milliseconds);
    });
    clearTimeout(timer);
  }
}
