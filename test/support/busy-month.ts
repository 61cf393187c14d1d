import { findAccountByName } from '../../src/core/accounts/store.ts';
import { sealEntries } from '../../src/core/audit/chain.ts';
import { addEntry } from '../../src/core/audit/store.ts';
import { countAll } from '../../src/core/tallies/count.ts';
import { hours, shift } from '../../src/kernel/clock.ts';
import { dayOf, daysUpTo } from '../../src/ui/day.ts';
import type { Sallyport } from './sallyport.ts';

/** How often each way in is gone on a working day. */
const ways = {
  'password totp': 420,
  webauthn: 260,
  'password remembered-device': 190,
  'password webauthn': 60,
  'password backup-codes': 4,
  'password temporary-code': 2,
};
const refusals = { password: 61, totp: 22, webauthn: 3 };
const applications = { tracker: 310, ledger: 120 };
const messages = { 'mail sent': 130, 'mail refused': 1, 'sms sent': 44, 'sms expired': 1 };

/** Numbers of a month as upkeep would have counted them: fewer at weekends, one day of guessing, more passkeys each week. */
export async function busyMonth({ house, clock }: Sallyport): Promise<void> {
  const { gate } = house;
  await gate.database.transaction(async (tx) => {
    const own = tx.withTables<{
      tally: { kind: string; day: string; name: string; number: number };
      people_total: { standing: string; number: number };
    }>();
    const span = daysUpTo(dayOf(clock.now()), 90);
    const rows = span.flatMap((day, n) => {
      const part = n === 89 ? 0.4 : n % 7 > 4 ? 0.2 : 0.9 + ((n * 37) % 23) / 100;
      const kinds = { 'sign-in': ways, application: applications, refusal: refusals, message: messages };
      const counted = Object.entries(kinds).flatMap(([kind, each]) =>
        Object.entries(each).map(([name, often]) => ({
          kind,
          day,
          name,
          number: Math.round(often * part * (kind === 'refusal' && n === 77 ? 9 : 1)),
        })),
      );
      const resistant = 40 + n * 3 + ((n * n) >> 5);
      const stood = { resistant, phishable: 900 - n * 2, weak: 700 - n * 3, disabled: 17 };
      return [...counted, ...Object.entries(stood).map(([name, number]) => ({ kind: 'people', day, name, number }))];
    });
    await own.deleteFrom('tally').execute();
    await own.insertInto('tally').values(rows).execute();
    await own.deleteFrom('people_total').execute();
    const today = rows.filter(({ kind, day }) => kind === 'people' && day === span.at(-1));
    await own
      .insertInto('people_total')
      .values(today.map(({ name, number }) => ({ standing: name, number })))
      .execute();
  });
  const newcomer = (await findAccountByName(gate.database.read, 'newcomer'))?.id ?? null;
  const earlier = { ...gate, clock: { now: () => shift(clock.now(), -hours(27)) } };
  const address = '192.0.2.7';
  await gate.database.transaction(async (tx) => {
    await addEntry(tx, earlier, { event: 'guessing.spread', account: null, address, detail: { accounts: 412 } });
    for (let n = 0; n < 3; n++)
      await addEntry(tx, gate, { event: 'proof.blocked', account: newcomer, address, detail: { method: 'totp' } });
    await addEntry(tx, earlier, { event: 'account.reported', account: newcomer, address, detail: {} });
  });
  while ((await sealEntries(gate)) > 0);
  await countAll(gate);
}
