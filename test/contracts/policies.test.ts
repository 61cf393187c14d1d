import { expect, test } from 'vitest';
import { type Policy, policyDocument } from '../../src/core/policies/document.ts';
import { addVersion, findLatest, findVersion, listVersions, policyInForce } from '../../src/core/policies/store.ts';
import { onBoth } from './stores.ts';

const called = (name: string): Policy => policyDocument.parse({ policies: [{ name, require: 'mfa' }] });

onBoth('policies', (open) => {
  test('the configuration’s is in force until there is one, then always the last', async () => {
    const { means, read, write } = await open();
    const inForce = policyInForce(called('of the file'));
    expect([await findLatest(read), await inForce(read)]).toEqual([0, called('of the file')]);
    for (const [after, name] of ['first', 'second', 'first'].entries()) {
      expect(await write((tx) => addVersion(tx, means, { after, author: 'host', policy: called(name) }))).toBe(true);
      expect(await inForce(read)).toEqual(called(name));
    }
    expect(await findLatest(read)).toBe(3);
  });

  test('old ones are kept, each with its author and its time', async () => {
    const { means, clock, read, write } = await open();
    await write((tx) => addVersion(tx, means, { after: 0, author: 'host', policy: called('a') }));
    const then = clock.now();
    clock.pass(1000);
    await write((tx) => addVersion(tx, means, { after: 1, author: 'token', policy: called('b') }));
    expect(await listVersions(read, 10)).toEqual([
      { version: 2, at: clock.now(), author: 'token' },
      { version: 1, at: then, author: 'host' },
    ]);
    expect((await findVersion(read, 1))?.policy).toEqual(called('a'));
    expect(await findVersion(read, 3)).toBe(null);
  });

  test('of many made from the same one, one comes into force', async () => {
    const { means, read, write } = await open();
    const made = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        write((tx) => addVersion(tx, means, { after: 0, author: `${n}`, policy: called(`${n}`) })),
      ),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await findLatest(read)).toBe(1);
    const author = String(made.indexOf(true));
    expect(await findVersion(read, 1)).toMatchObject({ author, policy: called(author) });
  });

  test('one that nobody can read is no policy: it throws, whatever was understood before', async () => {
    const { means, read, write } = await open();
    const inForce = policyInForce(called('of the file'));
    await write((tx) => addVersion(tx, means, { after: 0, author: 'host', policy: called('a') }));
    await inForce(read);
    const strange = { ...called('b'), strange: true };
    await write((tx) => addVersion(tx, means, { after: 1, author: 'host', policy: strange }));
    await expect(inForce(read)).rejects.toThrow(/strange/);
  });
});
