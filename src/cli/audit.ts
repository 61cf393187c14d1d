import { readFileSync } from 'node:fs';
import { seenFileOf } from '../app.ts';
import { readHead } from '../core/audit/chain.ts';
import { type Checkpoint, publicKeyOf } from '../core/audit/checkpoint.ts';
import { checkpointIn, openSeen } from '../core/audit/seen.ts';
import { type Finding, verifyLog } from '../core/audit/verify.ts';
import { withGate } from './gate.ts';
import { Refusal, type WithConfig } from './settings.ts';

const sentences: Record<Finding['is'], (number: number) => string> = {
  removed: (n) => `The entry ${n} is gone.`,
  changed: (n) => `The entry ${n} is not as it was written.`,
  moved: (n) => `The entry ${n} does not follow from the one before it: entries changed places, or one was put in.`,
  forged: (n) => `The entry ${n} was written by somebody who does not have the key file.`,
  cut: (n) => `The log went further once: its end is gone, from the entry ${n} on.`,
  checkpoint: (n) => `The checkpoint at the entry ${n} does not fit: its signature, or what it says of the log.`,
};

/** `audit verify`: ends with 1 when anything is found. */
export async function verifyAudit(options: WithConfig & { checkpoint?: string }): Promise<void> {
  await withGate(options, async (gate, settings) => {
    const own = openSeen(seenFileOf(settings)).read();
    const given = options.checkpoint === undefined ? null : checkpointFrom(options.checkpoint);
    const verified = await verifyLog(
      gate,
      [own, given].filter((one) => one !== null),
    );
    const { entries, upTo, older, open, findings } = verified;
    if (findings.length > 0) throw new Refusal(findings.map(({ is, number }) => sentences[is](number)).join('\n'));
    console.log(`${entries} entries, up to number ${upTo}: none is changed, removed, moved or cut off.`);
    if (older > 0) console.log(`${older} of them were there before the log was sealed, and are as they were then.`);
    if (open > 0) console.log(`${open} more wait to be sealed by a server.`);
  });
}

/** `audit checkpoint`: to be kept where nobody who reaches the database reaches. */
export async function showCheckpoint(options: WithConfig & { key?: true }): Promise<void> {
  await withGate(options, async (gate) => {
    if (options.key === true) console.log(publicKeyOf(gate.ring).trim());
    else console.log(JSON.stringify(await readHead(gate.database.read)));
  });
}

function checkpointFrom(file: string): Checkpoint {
  try {
    return checkpointIn(readFileSync(file, 'utf8'));
  } catch {
    throw new Refusal(`${file} is no checkpoint.`);
  }
}
