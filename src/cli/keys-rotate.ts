import { keyFileOf } from '../app.ts';
import { addEntry } from '../core/audit/store.ts';
import { addKey, dropOldKeys, openKeyFile } from '../kernel/key-file.ts';
import { pause } from '../kernel/timers.ts';
import { rotateSigningKeys } from '../protocols/oidc/index.ts';
import { host } from '../proving/office.ts';
import { removeProofs, saveProofs } from '../store/keys.ts';
import { reseal } from '../store/reseal.ts';
import { sealedColumns } from '../tables.ts';
import { withGate } from './gate.ts';
import type { WithConfig } from './settings.ts';

/** As long as an answer under way may still save what it sealed with the old key. */
const grace = 2000;

/**
 * A new key, everything sealed again with it, the old one gone. Servers that run see the new ring at its next use. Cut
 * off anywhere, a second run goes on where the first ended.
 */
export async function rotateKeys(options: WithConfig): Promise<void> {
  await withGate(options, async (gate, settings) => {
    const file = keyFileOf(settings);
    if (gate.ring.keys.size === 1) addKey(file, gate.chance);
    else console.log('An earlier rotation was cut off: going on with it.');
    const ring = openKeyFile(file);
    await gate.database.transaction((tx) => saveProofs(tx, ring, gate.chance));
    await pause(grace);
    let total = 0;
    for (let again = 1; again > 0; total += again) {
      again = 0;
      for (const column of sealedColumns) again += await reseal(gate, ring, column);
    }
    await gate.database.transaction(async (tx) => {
      await removeProofs(tx, ring.active);
      await addEntry(tx, gate, { event: 'keys.rotated', account: null, ...host, detail: { values: total } });
    });
    dropOldKeys(file, gate.chance);
    console.log(`Sealed ${total} values with the key ${ring.active}; the old key is gone from ${file}.`);
    const kid = await rotateSigningKeys({ ...gate, ring: openKeyFile(file) });
    console.log(
      `Tokens are signed with the new key ${kid} five minutes from now; the old one is shown until they have expired.`,
    );
    console.log('Back the key file up again, apart from the database.');
  });
}
