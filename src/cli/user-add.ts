import { text } from 'node:stream/consumers';
import { isMailAddress, isUsername } from '../core/accounts/names.ts';
import type { Account } from '../core/accounts/store.ts';
import { isRole, keeper, type Role, roles } from '../core/roles/roles.ts';
import { hours } from '../kernel/clock.ts';
import { host } from '../proving/office.ts';
import { addPerson, giveLink } from '../proving/people.ts';
import { setUpFor } from '../proving/set-up-for.ts';
import { withGate } from './gate.ts';
import { Refusal, type WithConfig } from './settings.ts';

interface Options extends WithConfig {
  readonly email?: string;
  readonly name?: string;
  readonly group?: readonly string[];
  readonly role?: string;
  readonly admin?: boolean;
  readonly passwordStdin?: boolean;
}

export async function addUser(username: string, options: Options): Promise<void> {
  const { email, name, group = [], admin, passwordStdin } = options;
  if (!isUsername(username)) throw new Refusal('A user name has 1 to 64 characters and no spaces.');
  if (email !== undefined && !isMailAddress(email)) throw new Refusal(`${email} is no mail address.`);
  const role = admin ? keeper : options.role === undefined ? undefined : roleCalled(options.role);
  const person = {
    username,
    email: email ?? null,
    name: name ?? username,
    groups: [...new Set(group)],
    ...(role !== undefined && { role }),
  };
  await withGate(options, async (gate, { publicUrl }) => {
    const password = passwordStdin ? (await text(process.stdin)).replace(/\r?\n$/, '') : null;
    const setUp = password === null ? undefined : (draft: Account) => setUpFor(gate, draft, 'password', { password });
    const account = await addPerson(gate, host, person, setUp);
    if (account === null) throw new Refusal(`The name or the address of ${username} is taken.`);
    if (password !== null) return console.log(`Added ${username}.`);
    const token = await giveLink(gate, host, { account, method: 'password', lifetime: hours(24), rescue: false });
    console.log(`Added ${username}. With this link they choose a password, once, within 24 hours:`);
    console.log(`${publicUrl.origin}/set-up/${token}`);
  });
}

/** @throws Refusal when there is none of that name */
export function roleCalled(name: string): Role {
  if (!isRole(name)) throw new Refusal(`There is no role ${name}. There are: ${roles.join(', ')}.`);
  return name;
}
