import { listConsents } from '../core/applications/consents.ts';
import { listEntries } from '../core/audit/store.ts';
import { listOptIns } from '../core/browsers/passwordless.ts';
import { listDevices } from '../core/browsers/remembered.ts';
import { findKept, type Kept } from '../core/scim/users.ts';
import { listSessions } from '../core/sessions/store.ts';
import { waysOf } from '../proving/owned.ts';
import { accountNamed, withGate } from './gate.ts';
import type { WithConfig } from './settings.ts';

/** All that is kept of one person and may be shown, as JSON: whatever opens something is not in it. */
export async function exportUser(name: string, options: WithConfig): Promise<void> {
  await withGate(options, async (gate) => {
    const account = await accountNamed(gate, name);
    const { read } = gate.database;
    const now = gate.clock.now();
    const { sessions } = await gate.policy(read);
    const ways = [...(await waysOf(gate, account, ''))].map(([{ id }, credentials]) => [id, credentials] as const);
    const kept = {
      account,
      ways: Object.fromEntries(ways),
      sessions: await listSessions(read, sessions, account.id, now),
      devices: await listDevices(read, account.id, now),
      browsers: await listOptIns(read, account.id),
      consents: await listConsents(read, account.id),
      provisioned: provisionedOf(await findKept(read, account.id)),
      log: await listEntries(read, account.id, Number.MAX_SAFE_INTEGER),
    };
    console.log(JSON.stringify(kept, null, 2));
  });
}

/** What whoever keeps them here says of them besides; null where nobody does. */
const provisionedOf = (kept: Kept | null) =>
  kept === null ? null : { externalId: kept.externalId, names: kept.names, changedAt: kept.changedAt };
