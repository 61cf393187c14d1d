import { readPeople } from '../src/cli/people-file.ts';
import { importPeople } from '../src/proving/importing.ts';
import { host } from '../src/proving/office.ts';
import type { Sallyport } from '../test/support/open.ts';
import { benchHouse } from './house.ts';
import { onPostgres } from './people.ts';

const many = 100_000;
const hash = '$2b$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW';

/** People of a file that come in, read and checked, in a second. */
export const importedOnSqlite = async (): Promise<number> => imported(await benchHouse());

export const importedOnPostgres = (): Promise<number> => onPostgres(async (open) => imported(await open('imported')));

async function imported(sallyport: Sallyport): Promise<number> {
  const rows = Array.from(
    { length: many },
    (_, n) => `p${n},p${n}@example.org,Person ${n},staff|team-${n % 100},${hash}`,
  );
  const text = ['username,email,name,groups,hash', ...rows].join('\n');
  const start = performance.now();
  const { people } = readPeople('people.csv', text);
  const taken = await importPeople(sallyport.house.gate, host, people, () => undefined);
  const seconds = (performance.now() - start) / 1000;
  await sallyport.close();
  if (people.length !== many || taken.length > 0) throw new Error('not all came in');
  return many / seconds;
}
