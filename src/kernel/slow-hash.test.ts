import { expect, test } from 'vitest';
import { HashQueueFull, slowHash } from './slow-hash.ts';

const cheap = { memoryCost: 1024, timeCost: 1 };
const open = (atOnce = 1, waiting = 1) => slowHash(cheap, { atOnce, waiting });

test('a password matches its own hash and no other', async () => {
  const hash = await open();
  const phc = await hash.hash('one');
  expect(await hash.matches('one', phc)).toBe(true);
  expect(await hash.matches('two', phc)).toBe(false);
});

test('nobody’s hash matches nothing, not even what the decoy was made of', async () => {
  const hash = await open();
  expect(await hash.matches('nobody has this password', null)).toBe(false);
});

test('a hash made cheaper than today’s is outdated', async () => {
  const today = await slowHash({ memoryCost: 2048, timeCost: 2 }, { atOnce: 1, waiting: 1 });
  expect(today.outdated(await (await open()).hash('one'))).toBe(true);
  expect(today.outdated(await today.hash('one'))).toBe(false);
});

test('whoever finds the queue full is told at once, and the others get their answer', async () => {
  const hash = await open(1, 1);
  const answers = await Promise.allSettled([hash.hash('a'), hash.hash('b'), hash.hash('c')]);
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect((answers[2] as PromiseRejectedResult).reason).toBeInstanceOf(HashQueueFull);
  expect(await hash.hash('d')).toMatch(/^\$argon2id\$/);
});
