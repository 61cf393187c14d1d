import { addAccount, findAccountByName } from '../core/accounts/store.ts';
import { newId } from '../kernel/ids.ts';
import type { Gate } from '../proving/gate.ts';

export const demoPassword = 'correct horse battery staple';

/** Accounts named after what they show. */
const people = [
  { username: 'newcomer', name: 'Newcomer', groups: [] },
  { username: 'with-app', name: 'With an app', groups: [] },
  { username: 'support', name: 'Support', groups: ['support'] },
  { username: 'admin', name: 'Administrator', groups: ['administrators'] },
] as const;

export async function seedDemo(gate: Gate): Promise<void> {
  for (const { username, name, groups } of people) {
    if ((await findAccountByName(gate.database.read, username)) !== null) continue;
    const id = newId<'account'>(gate.chance);
    const account = {
      id,
      username,
      email: `${username}@example.org`,
      name,
      groups,
      disabledAt: null,
      createdAt: gate.clock.now(),
    };
    const password = gate.methods.get('password');
    const enrolment = await password?.enrol(
      { account: id, name: username, memo: new Map() },
      { password: demoPassword },
    );
    await gate.database.transaction(async (tx) => {
      await addAccount(tx, account);
      if (enrolment?.is === 'ready') await enrolment.save(tx, { at: gate.clock.now(), level: 1 });
    });
  }
}
