import { z } from 'zod';
import { newId } from '../../kernel/ids.ts';
import type { AccountId, Desk, HostCommand } from '../method.ts';
import { coseOf } from './rules.ts';
import { findOwner } from './store.ts';
import { importU2f, type U2fRegistration, u2fRegistration } from './u2f.ts';

/** What whoever runs the house brings along from the days of U2F. */
export const commands: readonly HostCommand[] = [
  {
    usage: 'u2f import <file>',
    about:
      'take over keys that were registered before WebAuthn: a JSON list of user, keyHandle, publicKey, appId, counter',
    options: [
      ['--dry-run', 'say what would come in, and change nothing'],
      ['--accept-good', 'take the good ones over though others are refused'],
    ],
    run: importKeys,
  },
];

interface Good {
  readonly account: AccountId;
  readonly registration: U2fRegistration;
}

async function importKeys(desk: Desk, [file = '']: readonly string[], options: Readonly<Record<string, unknown>>) {
  const rows = rowsIn(await desk.read(file));
  if (rows === null) desk.refuse(`${file} is not read: it is no list in JSON.`);
  const good: Good[] = [];
  let refused = 0;
  for (const [n, row] of rows.entries()) {
    const sorted = await sortOut(desk, row, good);
    if (typeof sorted !== 'string') good.push(sorted);
    else {
      refused += 1;
      desk.say(`row ${n + 1}\t${sorted}`);
    }
  }
  if (options['dryRun'] === true) return desk.say(`${good.length} would come in, ${refused} are refused.`);
  if (refused > 0 && options['acceptGood'] !== true)
    desk.refuse(`${refused} of ${rows.length} are refused, so none came in: put them right, or --accept-good.`);
  let added = 0;
  for (const one of good) {
    if (await bring(desk, one)) added += 1;
    desk.progress(`${added} of ${good.length}`);
  }
  desk.say(`${added} came in, ${rows.length - added} are refused.`);
}

function rowsIn(text: string): readonly unknown[] | null {
  try {
    const rows: unknown = JSON.parse(text);
    return Array.isArray(rows) ? rows : null;
  } catch {
    return null;
  }
}

const theirs = u2fRegistration.extend({ user: z.string().min(1) });

/** Whose it is and what; or why it is refused. */
async function sortOut(desk: Desk, row: unknown, before: readonly Good[]): Promise<Good | string> {
  const { data, error } = theirs.safeParse(row);
  if (data === undefined) return `${error.issues[0]?.path.join('.') || 'all of it'} cannot be read`;
  const { user, ...registration } = data;
  if (coseOf(registration.publicKey) === null) return `${user}\tpublicKey is no point of P-256, of 65 bytes`;
  const { keyHandle } = registration;
  const known = await findOwner(desk.means.database.read, keyHandle);
  if (known !== null || before.some((one) => one.registration.keyHandle === keyHandle))
    return `${user}\tthis key is kept already`;
  const account = await desk.find(user).catch(() => null);
  return account === null ? `${user}\tnobody is called so` : { account, registration };
}

const bring = (desk: Desk, { account, registration }: Good): Promise<boolean> =>
  desk.give(account, (tx, bound) =>
    importU2f(tx, desk.means, { id: newId<'credential'>(desk.means.chance), account, bound }, registration),
  );
