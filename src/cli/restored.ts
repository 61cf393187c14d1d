import { seenFileOf } from '../app.ts';
import { openSeen } from '../core/audit/seen.ts';
import { addEntry } from '../core/audit/store.ts';
import type { Gate } from '../proving/gate.ts';
import { host } from '../proving/office.ts';
import { afterRestore } from '../tables.ts';
import { withGate } from './gate.ts';
import type { WithConfig } from './settings.ts';

/** Whole or not at all: each owner ends what it keeps, and it is written down. */
export const endWhatLivesAgain = (gate: Gate): Promise<void> =>
  gate.database.transaction(async (tx) => {
    for (const end of afterRestore) await end(tx, gate.clock.now());
    await addEntry(tx, gate, { event: 'database.restored', account: null, ...host, detail: {} });
  });

/** To be run on a database that came back from a backup, before anybody is served. */
export async function restored(options: WithConfig): Promise<void> {
  await withGate(options, async (gate, settings) => {
    await endWhatLivesAgain(gate);
    openSeen(seenFileOf(settings)).forget();
  });
  console.log(
    [
      'Everybody is signed out. Codes that were used since the backup do not work again: apps and tokens with a clock take a',
      'new code after a minute or two, tokens with a button after ten presses or two codes in a row, and new backup codes are',
      'made at the next sign-in. Programs need new tokens. What people changed since the backup is as it was then: passwords,',
      'ways that were added or taken away, accounts that were disabled, the policy.',
    ].join('\n'),
  );
}
