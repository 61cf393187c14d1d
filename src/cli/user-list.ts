import { type Account, listAccounts } from '../core/accounts/store.ts';
import type { Gate } from '../proving/gate.ts';
import { ownedBy } from '../proving/owned.ts';
import { withGate } from './gate.ts';
import type { WithConfig } from './settings.ts';

const page = 200;

/** One line each, by name: what scripts and eyes both read. */
export async function listUsers(options: WithConfig): Promise<void> {
  await withGate(options, async (gate) => {
    for (let after = ''; ; ) {
      const accounts = await listAccounts(gate.database.read, { after, limit: page });
      for (const account of accounts) console.log(await line(gate, account));
      const last = accounts.at(-1);
      if (last === undefined || accounts.length < page) return;
      after = last.username;
    }
  });
}

async function line(gate: Gate, { id, username, email, groups, role, disabledAt }: Account): Promise<string> {
  const owned = (await ownedBy(gate.database.read, gate, id)).map((method) => method.id);
  const parts = [username, email ?? '-', groups.join(',') || '-', owned.join(',') || '-'];
  return [...parts, disabledAt === null ? 'enabled' : 'disabled', role ?? '-'].join('\t');
}
