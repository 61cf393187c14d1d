import { afterEach, describe, expect, test } from 'vitest';
import { sealEntries } from '../../src/core/audit/chain.ts';
import { verifyLog } from '../../src/core/audit/verify.ts';
import { erasePerson } from '../../src/proving/people.ts';
import { isIn, owner, rowsOf } from '../attacks/tools.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';

describe.each(kinds)('somebody who is erased, on %s', (kind) => {
  let sallyport: Sallyport;
  afterEach(() => sallyport.close());

  test('is out, is nobody any more, and leaves a log that holds nothing of theirs and is whole', async () => {
    sallyport = await openSallyport(kind);
    const { gate } = sallyport.house;
    const { home } = await owner(sallyport, 'ann');
    const id = (await rowsOf(sallyport, 'account')).find(({ username }) => username === 'ann')?.['id'] as never;
    await sallyport.person('bob');
    while ((await sealEntries(gate)) > 0);
    expect(await erasePerson(gate, id)).toBe('done');
    expect(await isIn(home)).toBe(false);
    for (const table of ['account', 'session', 'password', 'totp', 'backup_code', 'decision', 'outbox', 'throttle'])
      expect([table, JSON.stringify(await rowsOf(sallyport, table)).includes(id)]).toEqual([table, false]);
    const theirs = (await rowsOf(sallyport, 'audit')).filter(({ account_id }) => account_id === id);
    const filled = theirs.filter(({ detail }) => detail !== '');
    expect([theirs.length > 3, filled.map(({ event }) => event)]).toEqual([true, ['account.erased']]);
    while ((await sealEntries(gate)) > 0);
    expect((await verifyLog(gate, [])).findings).toEqual([]);
    expect(await erasePerson(gate, id)).toBe('not-theirs');
  });

  test('is not the last system administrator who gets in by themselves', async () => {
    sallyport = await openSallyport(kind);
    const root = await sallyport.person('root', { role: 'system-administrator' });
    expect(await erasePerson(sallyport.house.gate, root)).toBe('last');
  });
});
