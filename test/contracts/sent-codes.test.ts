import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { addAccount } from '../../src/core/accounts/store.ts';
import { listMessages } from '../../src/core/delivery/store.ts';
import { days, minutes, seconds } from '../../src/kernel/clock.ts';
import { type AccountId, newId } from '../../src/kernel/ids.ts';
import { mark } from '../../src/kernel/seal.ts';
import { addSend } from '../../src/otp/sends.ts';
import { type Sending, sentCodes } from '../../src/otp/sent-codes.ts';
import { account, type Opened, onBoth } from './stores.ts';

const rules = { method: 'email-code', codeMinutes: 5, dailyCeiling: 12 };
const mail = 'ann@example.org';

onBoth('codes that are sent', (open) => {
  async function opened() {
    const house = await open();
    const { means, write } = house;
    const codes = sentCodes(means, rules);
    const person = async (name: string): Promise<AccountId> => {
      const one = account(means, name);
      await write((tx) => addAccount(tx, one));
      return one.id;
    };
    const ann = await person('ann');
    const memo = new Map<string, string>();
    /** @returns seconds to wait; 0: it was sent */
    const ask = async (given: Partial<Sending> = {}, into = memo) => {
      const sending = { purpose: 'sign-in', account: ann, recipient: mail, ...given } as const;
      const wait = await write((tx) =>
        codes.send(tx, into, sending, (code) => ({ ...sending, channel: 'sms', text: code })),
      );
      return wait / 1000;
    };
    const check = (typed: string, given: Partial<Sending> = {}, from = memo) =>
      codes.check(from, { purpose: 'sign-in', recipient: mail, ...given }, typed);
    return { ...house, codes, person, ann, memo, ask, check, sent: () => messagesIn(house) };
  }
  const messagesIn = async ({ means }: Opened) =>
    (await listMessages(means, 100)).flatMap((message) => (message.channel === 'sms' ? [message.text] : []));
  const other = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0');

  test('one is sent, counted and remembered together, or none is', async () => {
    const { ask, write, codes, ann, memo, sent } = await opened();
    const undone = write(async (tx) => {
      const sending = { purpose: 'sign-in', account: ann, recipient: mail } as const;
      await codes.send(tx, new Map(), sending, (code) => ({ ...sending, channel: 'sms', text: code }));
      throw new Error('of ours');
    });
    await expect(undone).rejects.toThrow('of ours');
    expect(await sent()).toEqual([]);
    expect(await ask()).toBe(0);
    expect(await sent()).toEqual([expect.stringMatching(/^\d{6}$/)]);
    expect(codes.waitingFor(memo, 'sign-in')).not.toBeNull();
  });

  test('nobody who reads the database or the attempt learns the code', async () => {
    const { ask, memo, read, sent } = await opened();
    await ask();
    const [code = ''] = await sent();
    const { rows } = await sql`select * from sent_code`.execute(read);
    for (const kept of [JSON.stringify(rows), JSON.stringify([...memo])]) {
      expect(kept).not.toContain(code);
      expect(kept).not.toContain(mail);
    }
  });

  test('three hundred in an hour from one network, by whatever method and to whomever, and no more', async () => {
    const { ask, clock, person, means, write } = await opened();
    const bob = await person('bob');
    const network = mark(means.ring, 'sent-from', '192.0.2');
    await write(async (tx) => {
      for (let n = 0; n < 299; n++)
        await addSend(tx, {
          id: newId<'sent-code'>(means.chance),
          method: 'sms-code',
          purpose: 'sign-in',
          account: bob,
          recipient: `number ${n}`,
          network,
          at: clock.now(),
        });
    });
    clock.pass(minutes(1));
    expect(await ask({ network: '192.0.2' })).toBe(0);
    clock.pass(minutes(1));
    expect(await ask({ network: '192.0.2' })).toBe(58 * 60);
    expect(await ask({ network: '198.51.100' })).toBe(0);
    clock.pass(minutes(58));
    expect(await ask({ network: '192.0.2' })).toBe(0);
  });

  test('one in a minute, three in ten, five in an hour, ten in a day: to one place, whoever asks', async () => {
    const { ask, clock, person, sent } = await opened();
    const others = [await person('bob'), await person('cleo')];
    const waits: number[] = [];
    for (let n = 0; n < 10; n++) {
      expect(await ask({ account: others[n % 2] as AccountId })).toBe(0);
      const wait = await ask();
      waits.push(wait);
      expect(await ask()).toBe(wait);
      clock.pass(seconds(wait));
    }
    expect(waits.slice(0, 5)).toEqual([60, 60, 480, 60, 2940]);
    expect(await sent()).toHaveLength(10);
    expect(waits.reduce((sum, wait) => sum + wait)).toBe(days(1) / 1000);
  });

  test('and for one person, wherever to', async () => {
    const { ask } = await opened();
    expect(await ask()).toBe(0);
    expect(await ask({ recipient: 'ann+1@example.org' })).toBe(60);
  });

  test('whoever names another’s address at a set-up takes none of the codes its owner signs in with', async () => {
    const { ask, person } = await opened();
    expect(await ask({ account: await person('eve'), purpose: 'set-up' })).toBe(0);
    expect(await ask()).toBe(0);
    expect(await ask({ account: await person('eva'), purpose: 'set-up' })).toBe(60);
  });

  test('to all together no more than the house allows in a day', async () => {
    const { ask, person, clock } = await opened();
    for (let n = 0; n < rules.dailyCeiling; n++) {
      expect(await ask({ account: await person(`p${n}`), recipient: `p${n}@example.org` })).toBe(0);
      clock.pass(seconds(1));
    }
    expect(await ask()).toBe(86_400 - rules.dailyCeiling);
    clock.pass(days(1));
    expect(await ask()).toBe(0);
  });

  test('of many at once, from any number of processes, one is sent', async () => {
    const { ask, person, sent } = await opened();
    const people = await Promise.all(Array.from({ length: 8 }, (_, n) => person(`p${n}`)));
    const waits = await Promise.all(people.map((one) => ask({ account: one }, new Map())));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(1);
    expect(await sent()).toHaveLength(1);
  });

  test('it works once, until it is over, for what it was sent for, and where it was asked for', async () => {
    const { ask, check, codes, write, clock, sent } = await opened();
    await ask();
    const [code = ''] = await sent();
    expect(await check(code, {}, new Map())).toMatchObject({ because: 'expired' });
    expect(await check(code, { purpose: 'set-up' })).toMatchObject({ because: 'expired' });
    expect(await check(code, { recipient: 'eve@example.org' })).toMatchObject({ because: 'wrong' });
    const right = await check(` ${code.slice(0, 3)} ${code.slice(3)} `);
    if (right.is !== 'right') throw new Error(right.because);
    const used = [write((tx) => codes.use(tx, right.id)), write((tx) => codes.use(tx, right.id))];
    expect((await Promise.all(used)).filter(Boolean)).toHaveLength(1);
    expect(await check(code)).toMatchObject({ because: 'replayed' });

    clock.pass(minutes(1));
    await ask();
    clock.pass(minutes(5));
    expect(await check((await sent())[0] ?? '')).toMatchObject({ because: 'expired' });
  });

  test('a new one takes the place of the one before', async () => {
    const { ask, check, clock, sent } = await opened();
    await ask();
    const [before = ''] = await sent();
    clock.pass(minutes(1));
    await ask();
    const [code = ''] = await sent();
    expect(await check(before)).toMatchObject({ because: before === code ? 'never' : 'wrong' });
    expect(await check(code)).toMatchObject({ is: 'right' });
  });

  test('what cannot be a code is no guess', async () => {
    const { ask, check, sent } = await opened();
    await ask();
    for (const typed of ['', '12345', '1234567', '１２３４５６', '12345a', '1e5', '-12345', '12345\0'])
      expect(await check(typed)).toMatchObject({ because: 'malformed' });
    expect(await check((await sent())[0] ?? '')).toMatchObject({ is: 'right' });
  });

  test.each(['one after the other', 'at once'])('five wrong guesses burn it, %s', async (how) => {
    const { ask, check, memo, sent } = await opened();
    await ask();
    const [code = ''] = await sent();
    const guess = (n: number) => check(other(code, n + 1), {}, new Map(memo));
    const verdicts = how === 'at once' ? await Promise.all(Array.from({ length: 20 }, (_, n) => guess(n))) : [];
    for (let n = 0; verdicts.length < 20; n++) verdicts.push(await guess(n));
    const wrong = verdicts.filter((verdict) => verdict.is === 'refused' && verdict.because === 'wrong');
    expect(wrong).toHaveLength(5);
    expect(await check(code, {}, new Map(memo))).toMatchObject({ because: 'expired' });
  });
});
