import { expect, test } from 'vitest';
import { gather } from './gather.ts';
import { faultsOf, inWorld } from './journeys/actors.ts';
import { situationOf } from './journeys/situation.ts';
import { worlds } from './journeys/worlds.ts';
import { nextStep } from './next-step.ts';
import { table } from './table.ts';

test('every journey of every small world', { timeout: 120_000 }, () => {
  const flow = { read: situationOf, gather, nextStep };
  const rows = new Set<string>();
  const faults: string[] = [];
  let states = 0;
  for (const world of worlds()) {
    const count = (places: readonly { row: { name: string } }[]) => {
      states += places.length;
      for (const { row } of places) rows.add(row.name);
    };
    for (const fault of faultsOf(world, flow, count)) faults.push(inWorld(world, fault));
  }
  process.stdout.write(`${worlds().length} worlds, ${states} states\n`);
  expect(faults.slice(0, 5)).toEqual([]);
  expect([...rows].sort()).toEqual(table.map(({ name }) => name).sort());
});
