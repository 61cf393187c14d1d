import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSallyport, type Sallyport } from '../../../test/support/sallyport.ts';
import type { AccountId } from '../method.ts';
import { driver } from './driver.ts';
import { method } from './index.ts';

let sallyport: Sallyport;
beforeAll(async () => {
  sallyport = await openSallyport('sqlite');
});
afterAll(() => sallyport.close());

test('one hash is made whoever is asked and whatever is typed: how long it takes tells nothing', async () => {
  const { gate } = sallyport.house;
  let hashes = 0;
  const matches: typeof gate.hash.matches = (text, phc) => {
    hashes++;
    return gate.hash.matches(text, phc);
  };
  const live = method.open({ ...gate, hash: { ...gate.hash, matches } }, { shortest: 4 });
  const whom = (account: AccountId | null) => ({ account, name: 'ann', memo: new Map(), returnTo: '' });
  const hand = { memo: new Map(), asked: new Map(), now: sallyport.clock.now(), person: 1 };

  const [owner, other] = [await sallyport.person('ann'), await sallyport.person('bob')];
  const enrolment = await live.enrol(whom(owner), driver.set(hand));
  if (enrolment.is !== 'ready') throw new Error('the answers are good');
  await gate.database.transaction((tx) => enrolment.save(tx, { at: sallyport.clock.now(), level: 1 }));

  const { answer1, ...rest } = driver.right(hand);
  const forms = [driver.right(hand), driver.wrong(hand), rest, {}, { answer1: 'x'.repeat(900) }, { code: '1' }];
  for (const account of [owner, other, null])
    for (const form of forms) {
      hashes = 0;
      await live.check(whom(account), form);
      expect(hashes).toBe(1);
    }
  expect(answer1).toBeDefined();
});
