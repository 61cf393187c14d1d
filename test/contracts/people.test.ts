import { expect, test } from 'vitest';
import { claim, listUnweighed, saveNoted, saveWeighed } from '../../src/core/accounts/noted.ts';
import { type Filter, filters, listPeople } from '../../src/core/accounts/people.ts';
import { addAccount, saveDisabled, saveEmail } from '../../src/core/accounts/store.ts';
import { charge } from '../../src/core/throttle/store.ts';
import { hours } from '../../src/kernel/clock.ts';
import { account, type Opened, onBoth } from './stores.ts';

onBoth('people', (open) => {
  async function add({ means, write }: Opened, username: string, more: Parameters<typeof account>[2] = {}) {
    const one = account(means, username, more);
    await write((tx) => addAccount(tx, one));
    return one;
  }
  async function walk({ read, clock }: Opened, search: string, filter: Filter | null = null): Promise<string[][]> {
    const pages: string[][] = [];
    for (let after: string | null = ''; after !== null; ) {
      const { people, next } = await listPeople(read, { search, filter, after }, clock.now());
      pages.push(people.map(({ username }) => username));
      after = next;
    }
    return pages;
  }

  test('are found by the beginning of any of their names, however it is typed, and once each', async () => {
    const opened = await open();
    await add(opened, 'zed', { email: 'ann@example.org', name: 'Ann Mary Ångström' });
    await add(opened, 'ANN-2', { name: 'Somebody Else' });
    await add(opened, 'bob', { email: 'bob@example.org', name: '100% _sure' });
    for (const [search, found] of [
      ['ann', ['zed', 'ANN-2']],
      [' ＡＮＮ', ['zed', 'ANN-2']],
      ['ann m', ['zed']],
      ['mary', ['zed']],
      ['ångs', ['zed']],
      ['else', ['ANN-2']],
      ['bob@', ['bob']],
      ['100%', ['bob']],
      ['_', ['bob']],
      ['%', []],
      ['nn', []],
    ] as const)
      expect([search, await walk(opened, search)]).toEqual([search, [[...found]]]);
    expect(await walk(opened, '')).toEqual([['ANN-2', 'bob', 'zed']]);
  });

  test('are found by their new address, and not by the one before', async () => {
    const opened = await open();
    const ann = await add(opened, 'ann', { email: 'old@example.org' });
    await opened.write((tx) => saveEmail(tx, ann, 'new@example.org'));
    expect([await walk(opened, 'new'), await walk(opened, 'old'), await walk(opened, 'ann')]).toEqual([
      [['ann']],
      [[]],
      [['ann']],
    ]);
  });

  test('pages follow one another and leave nobody out, whoever comes or goes between them', async () => {
    const opened = await open();
    for (let n = 0; n < 120; n++)
      await add(opened, `p${String(n).padStart(3, '0')}`, { email: `p${n}@example.org`, name: `Pat ${n}` });
    const everybody = Array.from({ length: 120 }, (_, n) => `p${String(n).padStart(3, '0')}`);
    const pages = await walk(opened, '');
    expect([pages.map(({ length }) => length), pages.flat()]).toEqual([[50, 50, 20], everybody]);
    const searched = await walk(opened, 'p');
    expect([searched.flat().length, searched.flat().sort()]).toEqual([120, everybody]);
    const first = await listPeople(opened.read, { search: '', filter: null, after: '' }, opened.clock.now());
    await add(opened, 'p000-late');
    await add(opened, 'p049-late');
    const second = await listPeople(
      opened.read,
      { search: '', filter: null, after: first.next ?? '' },
      opened.clock.now(),
    );
    expect(second.people.map(({ username }) => username).slice(0, 2)).toEqual(['p049-late', 'p050']);
  });

  test('are weighed anew where another measure, on either side of it in any order, was used last', async () => {
    const opened = await open();
    const [ann, bob, cat] = [await add(opened, 'ann'), await add(opened, 'bob'), await add(opened, 'cat')];
    for (const [{ id }, by] of [
      [ann, 'a'],
      [bob, 'm'],
      [cat, 'z'],
    ] as const)
      await opened.write((tx) => claim(tx, id, by));
    const found: string[] = [];
    for (
      let some = await listUnweighed(opened.read, 'm', 1);
      some.length > 0;
      some = await listUnweighed(opened.read, 'm', 1)
    )
      for (const { id, username } of some) {
        found.push(username);
        await opened.write((tx) => claim(tx, id, 'm'));
      }
    expect(found.sort()).toEqual(['ann', 'cat']);
  });

  test('are told apart by how they stand, in a search too', async () => {
    const opened = await open();
    const { write, clock, means } = opened;
    const [ann, bob, cat] = [await add(opened, 'ann'), await add(opened, 'bob'), await add(opened, 'cat')];
    await write((tx) => saveDisabled(tx, ann.id, clock.now()));
    await write((tx) => saveWeighed(tx, bob.id, { second: true, resistant: false, hangs: true }));
    await write((tx) => saveNoted(tx, cat.id, { second: false, resistant: true }));
    for (let n = 0; n < 6; n++) {
      await write((tx) => charge(tx, { key: `second:${bob.id}`, schedule: 'second' }, clock.now()));
      await write((tx) => charge(tx, { key: `first:${cat.id}:network:192.0.2`, schedule: 'first' }, clock.now()));
      await write((tx) => charge(tx, { key: 'network:192.0.2:7', schedule: 'first' }, clock.now()));
    }
    const by = async (search: string) =>
      Object.fromEntries(
        await Promise.all(filters.map(async (one) => [one, (await walk(opened, search, one)).flat()])),
      );
    const [bobs, both] = [['bob'], ['bob', 'cat']];
    const stand = {
      enabled: both,
      disabled: ['ann'],
      weak: ['ann', 'cat'],
      hanging: bobs,
      phishable: bobs,
      locked: both,
    };
    expect(await by('')).toEqual(stand);
    const searched = { enabled: bobs, disabled: [], weak: [], hanging: bobs, phishable: bobs, locked: bobs };
    expect(await by('b')).toEqual(searched);
    const { people } = await listPeople(opened.read, { search: '', filter: null, after: '' }, clock.now());
    expect(people.map(({ isLocked, hasSecond }) => [isLocked, hasSecond])).toEqual([
      [false, false],
      [true, true],
      [true, false],
    ]);
    clock.pass(hours(1));
    expect((await by('')).locked).toEqual([]);
    expect(means.clock.now()).toBe(clock.now());
  });
});
