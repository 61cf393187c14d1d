import { listDemoNames } from '../core/demo/store.ts';
import type { House } from '../house.ts';
import { Refusal, settingsFor, type WithConfig } from './settings.ts';
import { start } from './start.ts';

export async function serve(options: WithConfig): Promise<void> {
  await start(settingsFor(options), { prepare: refuseDemo });
}

/** Everybody knows the passwords of those. */
async function refuseDemo({ gate }: House): Promise<void> {
  const names = await listDemoNames(gate.database.read);
  if (names.length > 0)
    throw new Refusal(`This database has the demo accounts ${names.join(', ')}. Name another one under "database".`);
}
