import { TOTP } from 'otpauth';
import { type Account, administrators, findAccountByName } from '../core/accounts/store.ts';
import { addDemoAccount } from '../core/demo/store.ts';
import { seconds, shift } from '../kernel/clock.ts';
import type { Gate } from '../proving/gate.ts';
import { addPerson, host } from '../proving/people.ts';
import { setUpFor } from '../proving/set-up-for.ts';

export const demoPassword = 'correct horse battery staple';

/** Accounts named after what they show. */
export const people = [
  { username: 'newcomer', name: 'Newcomer', groups: [], has: 'a password only' },
  { username: 'with-app', name: 'With an app', groups: [], has: 'an authenticator app' },
  { username: 'support', name: 'Support', groups: ['support'], has: 'an authenticator app' },
  { username: 'admin', name: 'Administrator', groups: [administrators], has: 'an authenticator app' },
] as const;

/** Adds those who are not there yet; who is there stays as they are. */
export async function seedDemo(gate: Gate): Promise<void> {
  for (const { username, name, groups, has } of people) {
    if ((await findAccountByName(gate.database.read, username)) !== null) continue;
    const person = { username, name, groups, email: `${username}@example.org` };
    await addPerson(gate, host, person, (account) => equipped(gate, account, has !== 'a password only'));
  }
}

/** A password, and for those who have one an authenticator with its backup codes, each by the method's own rules. */
async function equipped(gate: Gate, account: Account, withApp: boolean) {
  const saves = [await setUpFor(gate, account, 'password', { password: demoPassword })];
  let secret: string | null = null;
  if (withApp) {
    // With the code of half a minute ago, so that the one shown now still serves.
    const before = shift(gate.clock.now(), -seconds(30));
    const form = (memo: ReadonlyMap<string, string>) => {
      secret = memo.get('secret') ?? '';
      return { code: new TOTP({ secret }).generate({ timestamp: before }) };
    };
    saves.push(await setUpFor(gate, account, 'totp', form));
    saves.push(await setUpFor(gate, account, 'backup-codes', () => ({ stored: 'yes' })));
  }
  return async (tx: Parameters<(typeof saves)[0]>[0]) => {
    await addDemoAccount(tx, gate, account.id, secret);
    for (const save of saves) await save(tx);
  };
}
