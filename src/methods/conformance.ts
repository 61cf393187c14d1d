import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testClock } from '../../test/support/clock.ts';
import { type DatabaseKind, kinds } from '../../test/support/databases.ts';
import { openSallyport, type Sallyport } from '../../test/support/sallyport.ts';
import { listMessages } from '../core/delivery/store.ts';
import { levelOf } from '../flow/assurance.ts';
import { type Clock, type Instant, minutes, seconds } from '../kernel/clock.ts';
import type { Fetch } from '../kernel/network.ts';
import type { LiveMethod } from '../proving/gate.ts';
import type { Transaction } from '../store/database.ts';
import type { Means } from '../store/means.ts';
import type { Memo } from '../store/memo.ts';
import type { Message } from '../store/outbox.ts';
import type { AccountId, CredentialId, Enrolment, Form, Method, Outcome, Subject } from './method.ts';

/** What the owner of a method has in hand when a test plays them. */
export interface Hand {
  /** What the set-up page remembered: the secret they share with us. */
  readonly memo: ReadonlyMap<string, string>;
  /** What the page that asks remembers, once they have come to it. */
  readonly asked: ReadonlyMap<string, string>;
  readonly now: Instant;
  /** No two people have the same. */
  readonly person: number;
  /** The last message that was sent to them. */
  readonly sent?: Message | null;
}

/** How a test owns a method. */
export interface Driver {
  /** Its section of the configuration, where it is not switched on by itself. */
  readonly settings?: object;
  /** Who is at the other end of the network, by the test's time. */
  provider?(clock: Clock): Fetch;
  /** What is asked for before there is an answer: a code to be sent. */
  begin?(hand: Hand): Form;
  /** What has to be there before anybody can set one up. */
  prepare?(means: Means, person: number): Promise<void>;
  set(hand: Hand): Form;
  right(hand: Hand): Form;
  wrong(hand: Hand): Form;
  readonly serves: 'once' | 'again and again';
  /** After so long a right answer is none any more. */
  readonly expires?: number;
}

/** What every method promises, tried on every database: set up, listed, right, wrong, twice, late, taken away. */
export function conforms(method: Method, driver: Driver): void {
  test(`${method.id} opens with fewer than ten doors`, () => {
    const settings = method.settings.parse(driver.settings);
    expect(Object.keys(method.open({} as never, settings)).length).toBeLessThan(10);
  });
  describe.each(kinds)(`${method.id}, on %s`, (kind) => conformsOn(kind, method, driver));
}

function conformsOn(kind: DatabaseKind, { id }: Method, driver: Driver): void {
  let sallyport: Sallyport;
  let live: LiveMethod;
  let people = 0;
  beforeAll(async () => {
    const { settings, provider } = driver;
    const clock = testClock();
    const turned = { clock, ...(provider && { fetch: provider(clock) }) };
    sallyport = await openSallyport(kind, { methods: { [id]: settings } }, turned);
    const found = sallyport.house.gate.methods.get(id);
    if (found === undefined) throw new Error(`${id} is not in the registry`);
    live = found;
  });
  afterAll(() => sallyport.close());

  const within = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
    sallyport.house.gate.database.transaction(work);

  /** What they ask for is on its way, where anything is. */
  async function begin(outcome: Promise<Outcome | Enrolment>): Promise<void> {
    const begun = await outcome;
    if (begun.is !== 'begun') throw new Error(`begun: ${JSON.stringify(begun)}`);
    const hindrance = await within(async (tx) => (await begun.save?.(tx)) ?? null);
    if (hindrance !== null) throw new Error(`begun: ${hindrance.because}`);
  }
  const sentTo = async (account: AccountId): Promise<Message | null> => {
    const messages = await listMessages(sallyport.house.gate, 100);
    return messages.find((message) => message.account === account) ?? null;
  };

  /** Somebody new, who has set it up and waited until another answer can be right. */
  async function owner() {
    const person = people++;
    const account = await sallyport.person(`person-${person}`);
    await within((tx) => live.remove(tx, account, 'all'));
    const memo = new Map<string, string>();
    const subject = whom(account, memo);
    await driver.prepare?.(sallyport.house.gate, person);
    await live.offer(subject);
    const signingIn = whom(account);
    let sent: Message | null = null;
    let kept: Memo = new Map(memo);
    const hand = (): Hand => ({ memo: kept, asked: signingIn.memo, now: sallyport.clock.now(), person, sent });
    if (driver.begin) await begin(live.enrol(subject, driver.begin(hand())));
    kept = new Map(memo);
    sent = await sentTo(account);
    const enrolment = await live.enrol(subject, driver.set(hand()));
    if (enrolment.is !== 'ready') throw new Error(`set-up: ${JSON.stringify(enrolment)}`);
    const credential = await within((tx) => enrolment.save(tx, { at: sallyport.clock.now(), level: 1 }));
    sallyport.clock.pass(seconds(30));
    await live.ask(signingIn);
    if (driver.begin) await begin(live.check(signingIn, driver.begin(hand())));
    sent = await sentTo(account);
    return { account, memo: kept, credential, hand, signingIn };
  }
  const check = (subject: Subject, form: Form): Promise<Outcome> => live.check(subject, form);
  const spend = (outcome: Outcome): Promise<boolean> =>
    outcome.is === 'proven' ? within((tx) => outcome.consume(tx)) : Promise.resolve(false);

  test('set up, it is listed with when and how it was bound', async () => {
    const { account, credential } = await owner();
    const listed = await live.list(sallyport.house.gate.database.read, account);
    expect(listed.map((one) => one.id)).toEqual([credential]);
    expect(listed[0]?.bound).toEqual({ at: sallyport.clock.now() - seconds(30), level: 1 });
    expect(listed[0]?.lastUsedAt).toBeNull();
  });

  test('a right answer proves no more than the method claims, and notes its use', async () => {
    const { account, credential, hand, signingIn } = await owner();
    const outcome = await check(signingIn, driver.right(hand()));
    if (outcome.is !== 'proven') throw new Error(JSON.stringify(outcome));
    expect(outcome.credential).toBe(credential);
    expect(live.best.kinds).toEqual(expect.arrayContaining([...outcome.evidence.kinds]));
    expect(levelOf([outcome.evidence])).toBeLessThanOrEqual(levelOf([live.best]));
    expect([outcome.evidence.phishingResistant, outcome.evidence.hardware].filter(Boolean).length).toBeLessThanOrEqual(
      [live.best.phishingResistant, live.best.hardware].filter(Boolean).length,
    );
    expect(await spend(outcome)).toBe(true);
    const [listed] = await live.list(sallyport.house.gate.database.read, account);
    expect(listed?.lastUsedAt).toBe(sallyport.clock.now());
  });

  test('a wrong answer, an empty one, and anybody’s who does not exist prove nothing', async () => {
    const { hand, signingIn } = await owner();
    for (const form of [driver.wrong(hand()), {}, { code: '', password: '' }])
      expect((await check(signingIn, form)).is).toBe('refused');
    expect((await check({ ...signingIn, account: null }, driver.right(hand()))).is).toBe('refused');
    expect((await check((await owner()).signingIn, driver.right(hand()))).is).toBe('refused');
    expect((await check({ ...signingIn, account: (await owner()).account }, driver.right(hand()))).is).toBe('refused');
  });

  test(`a right answer serves ${driver.serves}`, async () => {
    const { hand, signingIn } = await owner();
    const form = driver.right(hand());
    const [one, other] = [await check(signingIn, form), await check(signingIn, form)];
    const again = driver.serves !== 'once';
    expect([await spend(one), await spend(other)]).toEqual([true, again]);
    expect((await check(signingIn, form)).is === 'proven').toBe(again);
  });

  const { expires } = driver;
  if (expires !== undefined)
    test('a right answer that comes too late is none', async () => {
      const { hand, signingIn } = await owner();
      const form = driver.right(hand());
      sallyport.clock.pass(expires);
      expect((await check(signingIn, form)).is).toBe('refused');
    });

  test('what anybody sets up without having what it takes is not set up', async () => {
    const account = await sallyport.person(`person-${people++}`);
    await within((tx) => live.remove(tx, account, 'all'));
    const memo = new Map<string, string>();
    await live.offer(whom(account, memo));
    expect((await live.enrol(whom(account, memo), {})).is).toBe('again');
    expect((await live.enrol(whom(null, memo), {})).is).toBe('again');
    expect(await live.list(sallyport.house.gate.database.read, account)).toEqual([]);
  });

  test('taken away, it is gone for its owner and for nobody else', async () => {
    const [mine, theirs] = [await owner(), await owner()];
    const { read } = sallyport.house.gate.database;
    const [other] = await live.list(read, theirs.account);
    expect(await within((tx) => live.remove(tx, mine.account, other?.id ?? ('' as CredentialId)))).toBe(0);
    expect(
      await within((tx) => live.remove(tx, mine.account, mine.credential || ('' as CredentialId))),
    ).toBeGreaterThan(0);
    expect(await live.list(read, mine.account)).toEqual([]);
    expect(await live.list(read, theirs.account)).toHaveLength(1);
    sallyport.clock.pass(minutes(1));
    expect((await check(mine.signingIn, driver.right(mine.hand()))).is).toBe('refused');
  });

  test('all of it taken away leaves no row, and no row ever held the secret in the clear', async () => {
    const { account, memo } = await owner();
    const { read } = sallyport.house.gate.database;
    for (const table of tablesOf(live)) {
      const { rows } = await sql`select * from ${sql.table(table)}`.execute(read);
      const text = JSON.stringify(rows);
      const secrets = [...memo.values()].flatMap((value) => value.split(' ')).filter((value) => value.length > 5);
      for (const secret of secrets) expect(text).not.toContain(secret);
      expect(text).not.toContain('a long password of person');
    }
    await within((tx) => live.remove(tx, account, 'all'));
    for (const table of tablesOf(live)) {
      const { rows } = await sql`select * from ${sql.table(table)} where account_id = ${account}`.execute(read);
      expect([table, rows]).toEqual([table, []]);
    }
  });
}

const whom = (account: AccountId | null, memo: Memo = new Map()): Subject => ({
  account,
  name: 'ann',
  memo,
  returnTo: 'http://localhost:4000/sign-in/attempt/return/method',
});

/** The tables a method's own migrations make for accounts. */
const tablesOf = ({ migrations }: Method): readonly string[] =>
  migrations.flatMap(({ sql: text }) => [...text.matchAll(/create table (\w+)/g)].map(([, name]) => name ?? ''));
