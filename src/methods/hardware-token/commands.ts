import { basename } from 'node:path';
import { tidyCode } from '../../otp/codes.ts';
import { findStep, useStep } from '../../otp/replay.ts';
import type { Desk, HostCommand } from '../method.ts';
import type { Unlock } from './pskc-keys.ts';
import { driftAt, placeOfTwo } from './rules.ts';
import { addAll, readTokens, sortOut } from './stock.ts';
import { bindToken, findToken, listStock, opened, type Stored, saveDrift } from './store.ts';

/** What whoever runs the house does with tokens: brings them in, hands them out, takes them back. */
export const commands: readonly HostCommand[] = [
  {
    usage: 'tokens import <file>',
    about: 'bring tokens into the stock, from CSV or a key container (RFC 6030)',
    options: [
      ['--dry-run', 'say what would come in, and change nothing'],
      ['--accept-good', 'bring the good rows in though others are refused'],
      ['--key-file <file>', 'the key of the container, in hexadecimal'],
      ['--password-file <file>', 'the password of the container'],
    ],
    run: importTokens,
  },
  {
    usage: 'tokens list',
    about: 'serial number, kind, digits, seconds, whose it is',
    options: [
      ['--free', 'only those that nobody has'],
      ['--assigned', 'only those that somebody has'],
    ],
    run: listAll,
  },
  { usage: 'tokens assign <serial> <user>', about: 'give a free token to somebody', run: assign },
  { usage: 'tokens withdraw <serial>', about: 'take a token back, and sign its owner out', run: withdraw },
  { usage: 'tokens resync <serial> <code> <next>', about: 'catch up with a token by two codes in a row', run: resync },
];

async function importTokens(desk: Desk, [file = '']: readonly string[], options: Readonly<Record<string, unknown>>) {
  const rows = await readTokens(await desk.read(file), await unlockBy(desk, options));
  if (typeof rows === 'string') desk.refuse(`${file} is not read: ${rows}.`);
  const { good, refused } = await sortOut(desk.means.database.read, desk.means, rows);
  for (const { line, serial, why } of refused) desk.say(`line ${line}\t${serial || '-'}\t${why}`);
  if (options['dryRun'] === true) return desk.say(`${good.length} would come in, ${refused.length} are refused.`);
  if (refused.length > 0 && options['acceptGood'] !== true)
    desk.refuse(`${refused.length} of ${rows.length} are refused, so none came in: put them right, or --accept-good.`);
  const told = (n: number) => desk.progress(`${n} of ${good.length}`);
  const source = basename(file);
  const added = await desk.change(null, (tx) => addAll(tx, desk.means, { source, tokens: good, told }));
  desk.say(`${added} came in, ${refused.length} are refused. Delete the file: it holds their secrets.`);
}

async function unlockBy(desk: Desk, options: Readonly<Record<string, unknown>>): Promise<Unlock> {
  const { keyFile, passwordFile } = options;
  const hex = typeof keyFile === 'string' ? (await desk.read(keyFile)).trim() : null;
  if (hex !== null && !/^([0-9a-f]{32}|[0-9a-f]{48}|[0-9a-f]{64})$/i.test(hex))
    desk.refuse('A key is 16, 24 or 32 bytes, in hexadecimal.');
  const password = typeof passwordFile === 'string' ? (await desk.read(passwordFile)).replace(/\r?\n$/, '') : null;
  return { key: hex === null ? null : Buffer.from(hex, 'hex'), password };
}

const page = 500;

async function listAll(desk: Desk, _: readonly string[], { free, assigned }: Readonly<Record<string, unknown>>) {
  const only = free === true ? false : assigned === true ? true : null;
  for (let after: string | undefined = ''; after !== undefined; ) {
    const some = await listStock(desk.means.database.read, { after, limit: page, assigned: only });
    for (const token of some) desk.say(await lineOf(desk, token));
    after = some.length < page ? undefined : some.at(-1)?.serial;
  }
}

async function lineOf({ nameOf }: Desk, { serial, kind, digits, period, account }: Stored): Promise<string> {
  return [serial, kind, digits, period || '-', account === null ? '-' : await nameOf(account)].join('\t');
}

async function assign(desk: Desk, [serial = '', user = '']: readonly string[]) {
  const { id, account: owner } = await tokenCalled(desk, serial);
  if (owner !== null) desk.refuse(`${serial} is ${await desk.nameOf(owner)}’s: sallyport tokens withdraw first.`);
  const account = await desk.find(user);
  if (!(await desk.give(account, (tx, bound) => bindToken(tx, { id, account, bound }))))
    desk.refuse(`${serial} was given to somebody else meanwhile.`);
  desk.say(`${serial} is ${await desk.nameOf(account)}’s.`);
}

async function withdraw(desk: Desk, [serial = '']: readonly string[]) {
  const { id, account } = await tokenCalled(desk, serial);
  if (account === null) desk.refuse(`${serial} is free already.`);
  await desk.take(account, id);
  desk.say(`${serial} is free; ${await desk.nameOf(account)} is signed out everywhere.`);
}

async function resync(desk: Desk, [serial = '', ...typed]: readonly string[]) {
  const { means } = desk;
  const stored = await tokenCalled(desk, serial);
  const [first, next] = typed.map((code) => tidyCode(code, stored.digits));
  if (!first || !next) desk.refuse(`A code of ${serial} has ${stored.digits} digits.`);
  const when = { now: means.clock.now(), last: await findStep(means.database.read, stored.seed) };
  const token = opened(means, stored);
  const place = placeOfTwo([first, next], token, when);
  if (place === null) desk.refuse(`Those are not two codes in a row of ${serial}, or they were used already.`);
  const done = await desk.change(stored.account, async (tx) => {
    if (!(await useStep(tx, stored.seed, place))) return 0;
    await saveDrift(tx, stored.id, driftAt(token, place, when.now));
    return 1;
  });
  if (done === 0) desk.refuse('Those codes were used meanwhile.');
  desk.say(`${serial} is in step again.`);
}

async function tokenCalled(desk: Desk, serial: string): Promise<Stored> {
  return (await findToken(desk.means.database.read, serial)) ?? desk.refuse(`The stock has no token ${serial}.`);
}
