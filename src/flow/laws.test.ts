import { expect, test } from 'vitest';
import { everyFacts } from './laws/every-facts.ts';
import { tryAll } from './laws/laws.ts';
import { nextStep } from './next-step.ts';
import { table } from './table.ts';

test('the laws hold for every combination of facts, and every row is needed by someone', { timeout: 300_000 }, () => {
  const { count, broken, rows } = tryAll(everyFacts, nextStep);
  expect(broken).toBeNull();
  expect([...rows].sort()).toEqual(table.map(({ name }) => name).sort());
  process.stdout.write(`${count} combinations of facts\n`);
});
