import { expect, test } from 'vitest';
import { shared } from './synced.ts';

/** A disk that is done when the test says so. */
function disk() {
  const asked: { done(): void; fail(): void }[] = [];
  const sync = shared(() => new Promise((done, fail) => asked.push({ done, fail: () => fail(new Error('EIO')) })));
  return { asked, sync };
}

/** All that can go on without the disk has gone on. */
const settled = () => new Promise(setImmediate);

async function isDone(promise: Promise<void>): Promise<boolean> {
  let done = false;
  promise.then(
    () => {
      done = true;
    },
    () => undefined,
  );
  await settled();
  return done;
}

test('whoever comes while the disk is busy waits for the next time, and shares it', async () => {
  const { asked, sync } = disk();
  const first = sync();
  await settled();
  const [second, third] = [sync(), sync()];
  asked[0]?.done();
  expect(await isDone(first)).toBe(true);
  expect(await isDone(second)).toBe(false);
  expect(asked).toHaveLength(2);
  asked[1]?.done();
  expect(await isDone(second)).toBe(true);
  expect(await isDone(third)).toBe(true);
});

test('once the disk has refused, nothing is acknowledged any more', async () => {
  const { asked, sync } = disk();
  const first = sync();
  await settled();
  const waiting = sync();
  asked[0]?.fail();
  await expect(first).rejects.toThrow('EIO');
  await expect(waiting).rejects.toThrow('EIO');
  await expect(sync()).rejects.toThrow('EIO');
  expect(asked).toHaveLength(1);
});
