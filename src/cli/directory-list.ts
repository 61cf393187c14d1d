import { findAccountByName } from '../core/accounts/store.ts';
import type { Entry } from '../core/directory/entries.ts';
import { openLdap } from '../core/directory/ldap.ts';
import { findLinkOf } from '../core/directory/store.ts';
import type { Handle } from '../store/database.ts';
import { withGate } from './gate.ts';
import { Refusal, type WithConfig } from './settings.ts';

/** Everybody the directory would let in, and who of them is not taken in here, and why: nothing is changed. */
export async function listDirectory(options: WithConfig): Promise<void> {
  await withGate(options, async ({ database, clock }, { directory, network }) => {
    if (directory === undefined) throw new Refusal('No directory is given: docs/directory.md.');
    for (const entry of await openLdap(directory, network, clock).everybody()) {
      const { username, email, groups } = entry;
      const parts = [username, email ?? '-', groups.join(',') || '-', await standingOf(database.read, entry)];
      console.log(parts.join('\t'));
    }
  });
}

async function standingOf(handle: Handle, { id, username, email, shutOut }: Entry): Promise<string> {
  if (shutOut !== null) return `kept out: ${shutOut}`;
  if ((await findLinkOf(handle, id)) !== null) return 'known';
  for (const name of [username, ...(email === null ? [] : [email])])
    if ((await findAccountByName(handle, name)) !== null) return `not taken in: ${name} is somebody else here`;
  return 'new';
}
