import { readFile } from 'node:fs/promises';
import { namesOf } from '../core/accounts/names.ts';
import { listTaken } from '../core/accounts/store.ts';
import type { Gate } from '../proving/gate.ts';
import { importPeople } from '../proving/importing.ts';
import { host } from '../proving/office.ts';
import { withGate } from './gate.ts';
import { type Listed, readPeople } from './people-file.ts';
import { progress } from './progress.ts';
import { Refusal, type WithConfig } from './settings.ts';

/** People of another system, all or nobody: whatever is wrong with any of them is said first. */
export async function importUsers(file: string, options: WithConfig & { dryRun?: boolean }): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Refusal(`${file} cannot be read.`);
  });
  await withGate(options, async (gate) => {
    const { people, mistakes } = readPeople(file, text);
    const wrong = [...mistakes, ...(await takenAmong(gate, people))];
    for (const mistake of wrong) console.log(mistake);
    if (wrong.length > 0) throw new Refusal(`Nobody is imported: ${wrong.length} rows will not do.`);
    if (options.dryRun === true) return console.log(`${people.length} people would come in.`);
    const taken = await importPeople(gate, host, people, (done) => progress(`${done} of ${people.length}`));
    if (taken.length > 0) throw new Refusal(`Nobody is imported: ${taken.join(', ')} came here meanwhile.`);
    console.log(`${people.length} people came in. Delete the file: it holds their hashes.`);
  });
}

const looked = 500;

/** One sentence for each whose name or address is somebody's here. */
async function takenAmong({ database }: Gate, people: readonly Listed[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (let from = 0; from < people.length; from += looked) {
    const some = people.slice(from, from + looked);
    const taken = await listTaken(database.read, some.flatMap(namesOf));
    for (const one of some)
      for (const name of namesOf(one)) if (taken.has(name)) found.push(`${one.at}: ${name} is somebody here already`);
  }
  return found;
}
