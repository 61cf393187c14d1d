import type { Account } from '../core/accounts/store.ts';
import type { Gate } from '../proving/gate.ts';
import { host } from '../proving/office.ts';
import {
  disablePerson,
  enablePerson,
  erasePerson,
  giveRole,
  type Refused,
  resetPerson,
  signOutPerson,
  unlockPerson,
} from '../proving/people.ts';
import { accountNamed, withGate } from './gate.ts';
import { Refusal, type WithConfig } from './settings.ts';
import { roleCalled } from './user-add.ts';

/** `user reset`, `disable`, `enable`, `unlock`, `sign-out`, `role`: acts upon one account that somebody else has. */

export async function resetUser(name: string, options: WithConfig & { method: string }): Promise<void> {
  const { method } = options;
  await change(name, options, async (gate, { id, username }) => {
    if (method !== 'all' && !gate.methods.has(method))
      throw new Refusal(`There is no method ${method}. There are: all, ${[...gate.methods.keys()].join(', ')}.`);
    const taken = await resetPerson(gate, host, id, method);
    return [taken, `Took ${method} from ${username} (${taken} rows), who is signed out everywhere.`];
  });
}

export const disableUser = (name: string, options: WithConfig): Promise<void> =>
  change(name, options, async (gate, { id, username }) => [
    await disablePerson(gate, host, id),
    `${username} is disabled and signed out everywhere.`,
  ]);

export const enableUser = (name: string, options: WithConfig): Promise<void> =>
  change(name, options, async (gate, { id, username }) => [
    await enablePerson(gate, host, id),
    `${username} may sign in again.`,
  ]);

export const eraseUser = (name: string, options: WithConfig): Promise<void> =>
  change(name, options, async (gate, { id, username }) => [
    await erasePerson(gate, id),
    `${username} is erased. Backups, and whoever was told of the log, still have what they had.`,
  ]);

export const unlockUser = (name: string, options: WithConfig): Promise<void> =>
  change(name, options, async (gate, { id, username }) => [
    await unlockPerson(gate, host, id),
    `The wrong answers of ${username} are forgotten.`,
  ]);

export const signOutUser = (name: string, options: WithConfig): Promise<void> =>
  change(name, options, async (gate, { id, username }) => [
    await signOutPerson(gate, host, id),
    `${username} is signed out everywhere.`,
  ]);

export async function roleOfUser(name: string, called: string, options: WithConfig): Promise<void> {
  const role = called === 'none' ? null : roleCalled(called);
  await change(name, options, async (gate, { id, username }) => [
    await giveRole(gate, host, id, role),
    role === null ? `${username} has no role any more.` : `${username} has the role ${role}.`,
  ]);
}

/** Does it, and says so, or why not. */
async function change(
  name: string,
  options: WithConfig,
  act: (gate: Gate, account: Account) => Promise<readonly [came: unknown, sentence: string]>,
): Promise<void> {
  await withGate(options, async (gate) => {
    const account = await accountNamed(gate, name);
    const [came, sentence] = await act(gate, account);
    if (came === 'last')
      throw new Refusal(
        `${account.username} is the last system administrator who gets in by themselves. Add another one first.`,
      );
    if (came === ('not-theirs' satisfies Refused)) throw new Refusal(`${account.username} is gone.`);
    console.log(sentence);
  });
}
