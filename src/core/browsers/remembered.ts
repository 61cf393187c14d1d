import { type Instant, seconds, shift } from '../../kernel/clock.ts';
import { hashOf, type Id, newId, newSecret } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import { removeOwned } from '../../store/owned.ts';
import type { AccountId } from '../accounts/store.ts';
import type { BrowserId } from './store.ts';

/** A browser in which one person is not asked again for what a policy asks: excused, never proven. */
export type DeviceId = Id<'device'>;

export interface Device {
  readonly id: DeviceId;
  readonly agent: string;
  readonly address: string;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  /** Never moved: a device that is used every day is asked again all the same. */
  readonly expiresAt: Instant;
}

/** What the cookie holds for one person: which row, and the secret of its latest use. */
export interface Token {
  readonly device: DeviceId;
  readonly secret: string;
}

type Tables = {
  remembered_device: {
    id: string;
    browser_id: string;
    account_id: string;
    secret_hash: string;
    earlier_hash: string | null;
    rotated_at: number;
    created_at: number;
    expires_at: number;
    agent: string;
    address: string;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();
type Row = Tables['remembered_device'];

/** Two tabs, or an answer that was lost: so long the secret before the last is as good. */
const grace = seconds(30);

export type Recognition =
  | { readonly is: 'known'; readonly device: DeviceId; readonly createdAt: Instant }
  /** Somebody holds a secret from before the last use: one of two, and we cannot tell which. */
  | { readonly is: 'copied'; readonly device: DeviceId };

/** Is this browser remembered for this person? Where it remembers anybody one read, whoever is named. */
export async function recognise(
  handle: Handle,
  account: AccountId | null,
  tokens: readonly Token[],
  now: Instant,
): Promise<Recognition | null> {
  if (tokens.length === 0) return null;
  const rows = await own(handle)
    .selectFrom('remembered_device')
    .selectAll()
    .where('account_id', '=', account ?? '')
    .where(
      'id',
      'in',
      tokens.map(({ device }) => device),
    )
    .where('expires_at', '>', now)
    .execute();
  const row = rows[0];
  const token = tokens.find(({ device }) => device === row?.id);
  if (row === undefined || token === undefined) return null;
  const device = row.id as DeviceId;
  return holds(row, token.secret, now)
    ? { is: 'known', device, createdAt: row.created_at as Instant }
    : { is: 'copied', device };
}

function holds(row: Row, secret: string, now: Instant): boolean {
  const hash = hashOf(secret);
  return row.secret_hash === hash || (row.earlier_hash === hash && shift(row.rotated_at as Instant, grace) > now);
}

/** Anew for this browser and person, whatever was there before. @returns what its cookie holds */
export async function rememberDevice(
  tx: Transaction,
  { chance, clock }: Means,
  given: { browser: BrowserId; account: AccountId; expiresAt: Instant; agent: string; address: string },
): Promise<Token> {
  const token = { device: newId<'device'>(chance), secret: newSecret(chance) };
  const { browser, account, expiresAt, agent, address } = given;
  const now = clock.now();
  await own(tx)
    .deleteFrom('remembered_device')
    .where('browser_id', '=', browser)
    .where('account_id', '=', account)
    .execute();
  await own(tx)
    .insertInto('remembered_device')
    .values({
      id: token.device,
      browser_id: browser,
      account_id: account,
      secret_hash: hashOf(token.secret),
      earlier_hash: null,
      rotated_at: now,
      created_at: now,
      expires_at: expiresAt,
      agent,
      address,
    })
    .execute();
  return token;
}

/** A new secret at each use; when it ends stays as it was. */
export async function rotateDevice(tx: Transaction, { chance, clock }: Means, device: DeviceId): Promise<Token> {
  const secret = newSecret(chance);
  await own(tx)
    .updateTable('remembered_device')
    .set((row) => ({
      earlier_hash: row.ref('secret_hash'),
      secret_hash: hashOf(secret),
      rotated_at: clock.now(),
    }))
    .where('id', '=', device)
    .execute();
  return { device, secret };
}

export async function listDevices(handle: Handle, account: AccountId, now: Instant): Promise<readonly Device[]> {
  const rows = await own(handle)
    .selectFrom('remembered_device')
    .selectAll()
    .where('account_id', '=', account)
    .where('expires_at', '>', now)
    .orderBy('rotated_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id as DeviceId,
    agent: row.agent,
    address: row.address,
    createdAt: row.created_at as Instant,
    seenAt: row.rotated_at as Instant,
    expiresAt: row.expires_at as Instant,
  }));
}

/** One, or all of a person's. @returns how many were forgotten */
export const forgetDevices = (tx: Transaction, account: AccountId, which: DeviceId | 'all'): Promise<number> =>
  removeOwned(tx, 'remembered_device', account, which);

export async function removeExpired(tx: Transaction, now: Instant): Promise<void> {
  await own(tx).deleteFrom('remembered_device').where('expires_at', '<=', now).execute();
}

/** As the cookie writes them, and as many as fit: the latest first. */
const idLength = 22;
const most = 5;

export const writeTokens = (tokens: readonly Token[]): string | null =>
  tokens.length === 0
    ? null
    : tokens
        .slice(0, most)
        .map(({ device, secret }) => device + secret)
        .join('.');

export const readTokens = (cookie: string | undefined): readonly Token[] =>
  (cookie ?? '')
    .split('.')
    .filter((text) => text.length > idLength)
    .map((text) => ({ device: text.slice(0, idLength) as DeviceId, secret: text.slice(idLength) }));
