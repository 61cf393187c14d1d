import { text } from 'node:stream/consumers';
import type { Account } from '../core/accounts/store.ts';
import { hours } from '../kernel/clock.ts';
import type { Gate } from '../proving/gate.ts';
import { addPerson, administrators, giveLink, host, type NewPerson } from '../proving/people.ts';
import { setUpFor } from '../proving/set-up-for.ts';
import { withGate } from './gate.ts';
import { Refusal, type WithConfig } from './settings.ts';

interface Options extends WithConfig {
  readonly email?: string;
  readonly name?: string;
  readonly group?: readonly string[];
  readonly admin?: boolean;
  readonly passwordStdin?: boolean;
}

/** No spaces, nothing unseen: a name that looks like another is another's. */
const goodName = /^[^\s\p{C}]{1,64}$/u;
const goodEmail = /^[^\s@\p{C}]+@[^\s@\p{C}]+$/u;

export async function addUser(username: string, options: Options): Promise<void> {
  const { email, name, group, admin, passwordStdin } = options;
  if (!goodName.test(username)) throw new Refusal('A user name has 1 to 64 characters and no spaces.');
  if (email !== undefined && !goodEmail.test(email)) throw new Refusal(`${email} is no mail address.`);
  const groups = [...new Set([...(group ?? []), ...(admin ? [administrators] : [])])];
  const person = { username, email: email ?? null, name: name ?? username, groups };
  await withGate(options, async (gate, { publicUrl }) => {
    if (passwordStdin) {
      await addWithPassword(gate, person, (await text(process.stdin)).replace(/\r?\n$/, ''));
      console.log(`Added ${username}.`);
      return;
    }
    const account = await added(gate, person);
    const token = await giveLink(gate, host, { account, method: 'password', lifetime: hours(24), rescue: false });
    console.log(`Added ${username}. With this link they choose a password, once, within 24 hours:`);
    console.log(`${publicUrl.origin}/set-up/${token}`);
  });
}

async function added(gate: Gate, person: NewPerson): Promise<Account> {
  const account = await addPerson(gate, host, person);
  if (account === null) throw new Refusal(`The name or the address of ${person.username} is taken.`);
  return account;
}

async function addWithPassword(gate: Gate, person: NewPerson, password: string): Promise<void> {
  const account = await addPerson(gate, host, person, (draft) => setUpFor(gate, draft, 'password', { password }));
  if (account === null) throw new Refusal(`The name or the address of ${person.username} is taken.`);
}
