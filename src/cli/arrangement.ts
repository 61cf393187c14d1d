import { stringify } from 'yaml';
import { readArrangement } from '../core/arrangement/document.ts';
import { nameableIn } from '../load-settings.ts';
import { readArranged } from '../proving/arranged.ts';
import { type Arranged, arrange } from '../proving/arranging.ts';
import { host } from '../proving/office.ts';
import { withGate } from './gate.ts';
import { warn } from './policy.ts';
import { Refusal, refusalOf, type WithConfig } from './settings.ts';
import { yamlIn } from './yaml-file.ts';

/** What stands in the database and decides, as the document that `apply` takes. */
export async function exportArrangement(options: WithConfig & { group?: readonly string[] }): Promise<void> {
  await withGate(options, async (gate) => {
    console.log(stringify(await readArranged(gate.database.read, gate, options.group ?? [])).trimEnd());
  });
}

interface Options extends WithConfig {
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly weaken?: boolean;
  readonly reason?: string;
}

export async function applyArrangement(file: string, options: Options): Promise<void> {
  const { dryRun = false, force = false, weaken = false, reason } = options;
  await withGate(options, async (gate, settings) => {
    const read = readArrangement(yamlIn(file, 'The document'), nameableIn(settings));
    if (read.is === 'bad') throw refusalOf('The document', read.mistakes);
    const office = { ...host, ...(reason !== undefined && { reason }) };
    tell(await arrange(gate, office, read.config, { dryRun, force, weaken }));
  });
}

/** What changes, a line each, whatever came of it; then that. @throws Refusal where nothing was changed that should have been */
function tell(arranged: Arranged): void {
  const { is, changes, weaker, outrun, mistakes, warnings } = arranged;
  for (const { sign, what } of changes) console.log(`${sign} ${what}`);
  for (const what of weaker) console.log(`! weaker: ${what}`);
  for (const what of outrun) console.log(`! not made from what stands there now: ${what}`);
  warn(warnings);
  if (is === 'refused') throw refusalOf('The document', mistakes);
  if (is === 'outrun')
    throw new Refusal('Nothing was changed: somebody else did since the file was made. Export again, or say --force.');
  if (is === 'weaker')
    throw new Refusal('Nothing was changed: less would be asked than before. If that is meant, say --weaken.');
  console.log(endings[is]);
}

const endings = {
  applied: 'Applied.',
  same: 'Everything stands so already. Nothing was changed.',
  tried: 'Nothing was changed: this was a dry run.',
} as const;
