import { TOTP } from 'otpauth';
import { type Account, findAccountByName } from '../core/accounts/store.ts';
import { listMessages } from '../core/delivery/store.ts';
import { addDemoAccount } from '../core/demo/store.ts';
import { seconds, shift } from '../kernel/clock.ts';
import type { Gate } from '../proving/gate.ts';
import { host } from '../proving/office.ts';
import { addPerson } from '../proving/people.ts';
import { setUpFor } from '../proving/set-up-for.ts';

export const demoPassword = 'correct horse battery staple';

/** Accounts named after what they show. */
export const people = [
  { username: 'newcomer', name: 'Newcomer', groups: [], role: null, has: 'a password only' },
  { username: 'with-app', name: 'With an app', groups: [], role: null, has: 'an authenticator app' },
  { username: 'with-mail', name: 'With mail', groups: [], role: null, has: 'codes by mail' },
  { username: 'with-duo', name: 'With Duo', groups: [], role: null, has: 'a phone with Duo' },
  { username: 'support', name: 'Support', groups: ['support'], role: 'help-desk', has: 'an authenticator app' },
  { username: 'admin', name: 'Administrator', groups: [], role: 'system-administrator', has: 'an authenticator app' },
] as const;

/**
 * Adds those who are not there yet; who is there stays as they are.
 * @param passcodeOf what somebody's phone shows for Duo
 */
export async function seedDemo(gate: Gate, passcodeOf: (username: string) => string): Promise<void> {
  for (const { username, name, groups, role, has } of people) {
    if ((await findAccountByName(gate.database.read, username)) !== null) continue;
    const person = { username, name, groups, email: `${username}@example.org`, ...(role !== null && { role }) };
    const account = await addPerson(gate, host, person, (one) => equipped(gate, one, has === 'an authenticator app'));
    if (account !== null && has === 'codes by mail') await confirmMail(gate, account, person.email);
    if (account !== null && has === 'a phone with Duo') await bindPhone(gate, account, passcodeOf(username));
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

/** A phone that Duo knows, shown to be theirs by its passcode. */
async function bindPhone(gate: Gate, account: Account, code: string): Promise<void> {
  const saves = [
    await setUpFor(gate, account, 'duo', { code }),
    await setUpFor(gate, account, 'backup-codes', () => ({ stored: 'yes' })),
  ];
  await gate.database.transaction(async (tx) => {
    for (const save of saves) await save(tx);
  });
}

/** Codes by mail, confirmed as people do it: one is asked for, and read where it went. */
async function confirmMail(gate: Gate, { id, username }: Account, address: string): Promise<void> {
  const method = gate.methods.get('email-code');
  const subject = { account: id, name: username, memo: new Map(), returnTo: '' };
  const begun = await method?.enrol(subject, { address, send: 'en' });
  if (begun?.is === 'begun') await gate.database.transaction(async (tx) => begun.save?.(tx));
  const [message] = await listMessages(gate, 1);
  const code = message?.channel === 'mail' ? (message.letter.code ?? '') : '';
  const confirmed = await method?.enrol(subject, { code });
  if (confirmed?.is !== 'ready') throw new Error(`${username} could not confirm ${address}`);
  await gate.database.transaction((tx) => confirmed.save(tx, { at: gate.clock.now(), level: 1 }));
}
