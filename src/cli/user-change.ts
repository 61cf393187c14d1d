import { disablePerson, enablePerson, host, resetPerson, unlockPerson } from '../proving/people.ts';
import { accountNamed, withGate } from './gate.ts';
import { Refusal, type WithConfig } from './settings.ts';

/** `user reset`, `disable`, `enable`, `unlock`: acts upon one account that somebody else has. */

export async function resetUser(name: string, options: WithConfig & { method: string }): Promise<void> {
  await withGate(options, async (gate) => {
    const { method } = options;
    if (method !== 'all' && !gate.methods.has(method))
      throw new Refusal(`There is no method ${method}. There are: all, ${[...gate.methods.keys()].join(', ')}.`);
    const { id, username } = await accountNamed(gate, name);
    const taken = await resetPerson(gate, host, id, method);
    console.log(`Took ${method} from ${username} (${taken} rows), who is signed out everywhere.`);
  });
}

export async function disableUser(name: string, options: WithConfig): Promise<void> {
  await withGate(options, async (gate) => {
    const account = await accountNamed(gate, name);
    if (!(await disablePerson(gate, host, account)))
      throw new Refusal(`${account.username} is the last administrator who can sign in. Add another one first.`);
    console.log(`${account.username} is disabled and signed out everywhere.`);
  });
}

export async function enableUser(name: string, options: WithConfig): Promise<void> {
  await withGate(options, async (gate) => {
    const { id, username } = await accountNamed(gate, name);
    await enablePerson(gate, host, id);
    console.log(`${username} may sign in again.`);
  });
}

export async function unlockUser(name: string, options: WithConfig): Promise<void> {
  await withGate(options, async (gate) => {
    const { id, username } = await accountNamed(gate, name);
    await unlockPerson(gate, host, id);
    console.log(`The wrong answers of ${username} are forgotten.`);
  });
}
