import { openGate, openMeans } from '../app.ts';
import { type Account, findAccountByName } from '../core/accounts/store.ts';
import type { Gate } from '../proving/gate.ts';
import type { Settings } from '../settings.ts';
import { Refusal, settingsFor, type WithConfig } from './settings.ts';

/** Opens the database that a server may be using at the same time, does one thing, and closes it. */
export async function withGate(
  options: WithConfig,
  work: (gate: Gate, settings: Settings) => Promise<void>,
): Promise<void> {
  const settings = settingsFor(options);
  const means = await openMeans(settings);
  try {
    await work(openGate(settings, means), settings);
  } finally {
    await means.database.close();
  }
}

/** @throws Refusal when nobody is called so */
export async function accountNamed({ database }: Gate, name: string): Promise<Account> {
  const account = await findAccountByName(database.read, name);
  if (account === null) throw new Refusal(`Nobody is called ${name}.`);
  return account;
}
