import { shared } from '../../otp/realms.ts';
import { seedMark } from '../../otp/replay.ts';
import type { AccountId, Desk, HostCommand } from '../method.ts';
import { keepRegistered } from './registering.ts';
import type { Key } from './rules.ts';
import { findOtherHolder } from './store.ts';
import { type Row, readPins } from './table.ts';

/** What whoever runs the host does for many people at once: a key for each (S-7). */
export const commands: readonly HostCommand[] = [
  {
    usage: 'pins import <file>',
    about:
      'register PINs for several people, from CSV: user, key, and realm, digits, period, algorithm where they matter',
    options: [
      ['--dry-run', 'say what would come in, and change nothing'],
      ['--accept-good', 'bring the good rows in though others are refused'],
    ],
    run: importPins,
  },
];

/** A row that may come in. */
interface Good {
  readonly account: AccountId;
  readonly key: Key;
  readonly realm: { readonly id: string; readonly ownMark: boolean };
}

async function importPins(desk: Desk, [file = '']: readonly string[], options: Readonly<Record<string, unknown>>) {
  const rows = readPins(await desk.read(file));
  if (typeof rows === 'string') desk.refuse(`${file} is not read: ${rows}.`);
  const { good, refused } = await sortOut(desk, rows);
  for (const { line, user, why } of refused) desk.say(`line ${line}\t${user || '-'}\t${why}`);
  if (options['dryRun'] === true) return desk.say(`${good.length} would come in, ${refused.length} are refused.`);
  if (refused.length > 0 && options['acceptGood'] !== true)
    desk.refuse(`${refused.length} of ${rows.length} are refused, so none came in: put them right, or --accept-good.`);
  let added = 0;
  for (const { account, key, realm } of good) {
    const save = (tx: Parameters<typeof keepRegistered>[0], bound: Parameters<typeof keepRegistered>[3]) =>
      keepRegistered(tx, desk.means, { account, key, drift: 0, realms: [realm] }, bound).then(() => true);
    if (await desk.give(account, save)) added++;
    if (added % 100 === 0) desk.progress(`${added} of ${good.length}`);
  }
  desk.say(`${added} came in, ${refused.length} are refused. Delete the file: it holds their keys.`);
}

/** Sorts out what must not come in: whoever is not there, whatever is twice, and a key that is somebody else's. */
async function sortOut(desk: Desk, rows: readonly Row[]) {
  const good: Good[] = [];
  const refused: { line: number; user: string; why: string }[] = [];
  const seen = { keys: new Map<string, string>(), places: new Set<string>() };
  for (const row of rows) {
    const { line, user } = row;
    const found = 'why' in row ? row.why : await weigh(desk, row, seen);
    if (typeof found === 'string') refused.push({ line, user, why: found });
    else good.push(found);
  }
  return { good, refused };
}

interface Seen {
  /** Whose a key is in the file, by its mark. */
  readonly keys: Map<string, string>;
  readonly places: Set<string>;
}

/** @returns what may come in, or why it may not */
async function weigh(desk: Desk, row: Extract<Row, { key: Key }>, { keys, places }: Seen): Promise<Good | string> {
  const { read } = desk.means.database;
  const account = await desk.known(row.user);
  if (account === null) return 'nobody is called so';
  const realm = row.realm === shared ? { id: shared, ownMark: false } : desk.realm(row.realm);
  if (realm === null) return `there is no realm ${row.realm}`;
  const place = `${account} ${realm.id}`;
  if (places.has(place)) return 'they are in the file twice for this realm';
  const seed = seedMark(desk.means.ring, row.key.secret);
  const isTaken = (keys.get(seed) ?? account) !== account;
  if (isTaken || (await findOtherHolder(read, seed, account)) !== null || (await desk.isHeld(seed)))
    return 'the key is somebody else’s';
  places.add(place);
  keys.set(seed, account);
  return { account, key: row.key, realm };
}
