import { sql } from 'kysely';
import type Provider from 'oidc-provider';
import type { AccountId } from '../../core/accounts/store.ts';
import { removeEnded, type SessionId } from '../../core/sessions/store.ts';
import { hours, type Instant, minutes, seconds, shift } from '../../kernel/clock.ts';
import { newId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import { applicationOf, type OidcHouse } from './house.ts';
import { sidOf } from './shadow.ts';

type Tables = {
  logout_notice: { session_id: string; application_id: string; account_id: string; tries: number; next_at: number };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** How long after the first, second, … failure it is tried again; after the last it is given up. */
const waits = [seconds(5), seconds(30), minutes(5), minutes(30), hours(2), hours(8)];

/** How long one process may take to tell an application before another tries. */
const claim = seconds(30);

/**
 * The application has heard of this session and is to be told when it ends: the notice is owed from now on and due when
 * the session is gone, however it went.
 */
export async function addNotice(
  tx: Transaction,
  given: { session: SessionId; application: string; account: AccountId; now: Instant },
): Promise<void> {
  await own(tx)
    .insertInto('logout_notice')
    .values({
      session_id: given.session,
      application_id: given.application,
      account_id: given.account,
      tries: 0,
      next_at: given.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Tells every application whose session is gone (OIDC Back-Channel Logout 2.5). Several processes may do so at once. */
export async function tellAll(house: OidcHouse, provider: Provider): Promise<void> {
  const { gate } = house;
  await gate.database.transaction(async (tx) => removeEnded(tx, (await gate.policy(tx)).sessions, gate.clock.now()));
  const rows = await own(gate.database.read)
    .selectFrom('logout_notice')
    .selectAll()
    .where('next_at', '<=', gate.clock.now())
    .where(sessionIsGone)
    .orderBy('next_at')
    .limit(200)
    .execute();
  for (const row of rows) await tell(house, provider, row);
}

/** Its row is gone, or whoever it belonged to is: read from the rows themselves, so that no way to end it is missed. */
const sessionIsGone = sql<boolean>`
  not exists (select 1 from session where session.id = logout_notice.session_id)
  or not exists (select 1 from account where account.id = logout_notice.account_id and account.disabled_at is null)`;

type Row = Tables['logout_notice'];

async function tell(house: OidcHouse, provider: Provider, row: Row): Promise<void> {
  const { gate } = house;
  const to = applicationOf(house, row.application_id)?.backchannelLogoutUri;
  if (to === undefined) return remove();
  const wait = waits[row.tries];
  // Taken before it is sent: of several processes one sends, and a crash only delays.
  const mine = await gate.database.transaction((tx) =>
    one(
      own(tx)
        .updateTable('logout_notice')
        .set({ tries: row.tries + 1, next_at: shift(gate.clock.now(), claim) }),
    )
      .where('tries', '=', row.tries)
      .executeTakeFirst(),
  );
  if (mine.numUpdatedRows !== 1n) return;
  if (await sent(house, provider, row, to)) return remove();
  if (wait === undefined) return remove();
  await gate.database.transaction(async (tx) => {
    await one(
      own(tx)
        .updateTable('logout_notice')
        .set({ next_at: shift(gate.clock.now(), wait) }),
    ).execute();
  });

  function one<Query extends { where(column: 'session_id' | 'application_id', is: '=', value: string): Query }>(
    query: Query,
  ): Query {
    return query.where('session_id', '=', row.session_id).where('application_id', '=', row.application_id);
  }
  async function remove(): Promise<void> {
    await gate.database.transaction((tx) => one(own(tx).deleteFrom('logout_notice')).execute());
  }
}

/** @returns whether the application said that it has understood */
async function sent({ gate, fetch }: OidcHouse, provider: Provider, row: Row, to: string): Promise<boolean> {
  const client = await provider.Client.find(row.application_id);
  if (client === undefined) return true;
  const token = new provider.IdToken({ sub: row.account_id }, { client });
  Object.assign(token, { mask: { sub: null } });
  token.set('events', { 'http://schemas.openid.net/event/backchannel-logout': {} });
  token.set('jti', newId(gate.chance));
  token.set('sid', sidOf(gate, row.session_id, row.application_id));
  const body = new URLSearchParams({ logout_token: await token.issue({ use: 'logout' }) });
  try {
    const { status } = await fetch(to, { method: 'POST', body });
    return status === 200 || status === 204;
  } catch {
    return false;
  }
}
