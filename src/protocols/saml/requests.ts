import { type Instant, minutes, shift } from '../../kernel/clock.ts';
import { hashOf, newId } from '../../kernel/ids.ts';
import type { Handle, Transaction } from '../../store/database.ts';
import type { Means } from '../../store/means.ts';
import type { AuthnRequest } from './authn-request.ts';

type Tables = {
  saml_request: {
    id: string;
    application_id: string;
    request_id: string;
    browser_hash: string | null;
    request: string;
    answered: number;
    started_at: number;
    expires_at: number;
  };
};
const own = (handle: Handle) => handle.withTables<Tables>();

/** A request that waits for its answer. */
export interface Waiting {
  readonly id: string;
  readonly application: string;
  readonly request: AuthnRequest;
  readonly startedAt: Instant;
}

/** As long as an attempt may take; also longer than a request may be old, so that none is taken twice. */
const lifetime = minutes(60);

/** @returns its id; null where the application has sent this very request before */
export async function addRequest(
  tx: Transaction,
  { chance, clock }: Means,
  { application, request }: Pick<Waiting, 'application' | 'request'>,
): Promise<string | null> {
  const id = newId<'saml-request'>(chance);
  const now = clock.now();
  const added = await own(tx)
    .insertInto('saml_request')
    .values({
      id,
      application_id: application,
      // What nobody asked is nobody's to repeat.
      request_id: request.id ?? id,
      browser_hash: null,
      request: JSON.stringify(request),
      answered: 0,
      started_at: now,
      expires_at: shift(now, lifetime),
    })
    .onConflict((conflict) => conflict.columns(['application_id', 'request_id']).doNothing())
    .executeTakeFirst();
  return added.numInsertedOrUpdatedRows === 1n ? id : null;
}

/** The first browser that comes with it has it, and no other: no link makes somebody finish what another began. */
export async function bindRequest(tx: Transaction, id: string, browser: string): Promise<void> {
  await own(tx)
    .updateTable('saml_request')
    .set({ browser_hash: hashOf(browser) })
    .where('id', '=', id)
    .where('browser_hash', 'is', null)
    .execute();
}

/** One that is not answered, in the browser that brought it. */
export async function findRequest(
  handle: Handle,
  { clock }: Means,
  id: string,
  browser: string,
): Promise<Waiting | null> {
  const row = await own(handle)
    .selectFrom('saml_request')
    .select(['application_id', 'request', 'started_at'])
    .where('id', '=', id)
    .where('browser_hash', '=', hashOf(browser))
    .where('answered', '=', 0)
    .where('expires_at', '>', clock.now())
    .executeTakeFirst();
  if (row === undefined) return null;
  const request = JSON.parse(row.request) as AuthnRequest;
  return { id, application: row.application_id, request, startedAt: row.started_at as Instant };
}

/** By one conditional statement: of all who come for an answer at once, one gets it. It is remembered, without what it asked. */
export async function answerRequest(tx: Transaction, id: string): Promise<boolean> {
  const answered = await own(tx)
    .updateTable('saml_request')
    .set({ answered: 1, request: '' })
    .where('id', '=', id)
    .where('answered', '=', 0)
    .executeTakeFirst();
  return answered.numUpdatedRows === 1n;
}

export async function removeExpiredRequests(tx: Transaction, now: Instant): Promise<void> {
  await own(tx).deleteFrom('saml_request').where('expires_at', '<=', now).execute();
}
