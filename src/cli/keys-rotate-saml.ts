import { addEntry } from '../core/audit/store.ts';
import { dateOf } from '../kernel/clock.ts';
import { rotateSamlKeys } from '../protocols/saml/index.ts';
import { host } from '../proving/office.ts';
import { withGate } from './gate.ts';
import type { WithConfig } from './settings.ts';

/** Another key for SAML, which signs once everybody who reads our metadata has had a week to. */
export async function rotateKeysForSaml(options: WithConfig): Promise<void> {
  await withGate(options, async (gate) => {
    const signsFrom = await rotateSamlKeys(gate);
    await gate.database.transaction((tx) =>
      addEntry(tx, gate, { event: 'saml-key.added', account: null, ...host, detail: {} }),
    );
    console.log(
      `The new key is in /saml/metadata now, and signs from ${dateOf(signsFrom).toISOString()}. Until then whoever copied the certificate by hand has to copy the new one too.`,
    );
  });
}
