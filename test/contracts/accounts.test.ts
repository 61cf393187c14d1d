import { expect, test } from 'vitest';
import {
  addAccount,
  findAccount,
  findAccountByName,
  listAccounts,
  listMembers,
  saveDisabled,
} from '../../src/core/accounts/store.ts';
import { account, onBoth } from './stores.ts';

onBoth('accounts', (open) => {
  test('an account is found by any form of its name or its address', async () => {
    const { means, write, read } = await open();
    const ann = account(means, 'Ann', { email: 'Ann@Example.org', groups: ['staff', 'a"b'] });
    expect(await write((tx) => addAccount(tx, ann))).toBe(true);
    for (const typed of ['Ann', ' ANN ', 'ann', 'Ａｎｎ', 'ann@example.org', 'ANN@EXAMPLE.ORG'])
      expect(await findAccountByName(read, typed)).toEqual(ann);
    expect(await findAccount(read, ann.id)).toEqual(ann);
    expect(await findAccountByName(read, 'an')).toBeNull();
  });

  test('a name is nobody else’s, nor is an address, in whatever form', async () => {
    const { means, write, read } = await open();
    await write((tx) => addAccount(tx, account(means, 'ann', { email: 'ann@example.org' })));
    for (const [username, email] of [
      ['ANN', null],
      ['bob', 'ANN@example.org'],
      ['ann@example.org', null],
      ['bob', 'ann'],
    ] as const)
      expect(await write((tx) => addAccount(tx, account(means, username, { email })))).toBe(false);
    expect(await listAccounts(read, { after: '', limit: 10 })).toHaveLength(1);
  });

  test('of two that take the same name at once, one gets it', async () => {
    const { means, write, read } = await open();
    const tries = Array.from({ length: 10 }, () => write((tx) => addAccount(tx, account(means, 'ann'))));
    const settled = await Promise.allSettled(tries);
    expect(settled.filter((one) => one.status === 'fulfilled' && one.value)).toHaveLength(1);
    expect(await listAccounts(read, { after: '', limit: 10 })).toHaveLength(1);
  });

  test('pages follow one another, and members are those in the group and nobody else', async () => {
    const { means, write, read } = await open();
    for (const [name, groups] of [
      ['c', ['staff']],
      ['a', ['staffers']],
      ['b', ['staff', 'x']],
    ] as const)
      await write((tx) => addAccount(tx, account(means, name, { groups })));
    const first = await listAccounts(read, { after: '', limit: 2 });
    const second = await listAccounts(read, { after: first.at(-1)?.username ?? '', limit: 2 });
    expect([...first, ...second].map(({ username }) => username)).toEqual(['a', 'b', 'c']);
    expect((await listMembers(read, 'staff')).map(({ username }) => username).sort()).toEqual(['b', 'c']);
    expect(await listMembers(read, '%')).toEqual([]);
  });

  test('who is disabled is so until enabled', async () => {
    const { means, write, read } = await open();
    const ann = account(means, 'ann');
    await write((tx) => addAccount(tx, ann));
    await write((tx) => saveDisabled(tx, ann.id, means.clock.now()));
    expect((await findAccount(read, ann.id))?.disabledAt).toBe(means.clock.now());
    await write((tx) => saveDisabled(tx, ann.id, null));
    expect((await findAccount(read, ann.id))?.disabledAt).toBeNull();
  });
});
