import type { Instant } from '../../kernel/clock.ts';
import type { Handle } from '../../store/database.ts';
import type { AccountId } from '../accounts/store.ts';
import type { Event } from './events.ts';
import type { Row } from './marks.ts';

/** That somebody was let in, as it was written down. */
export interface SignIn {
  readonly account: AccountId;
  readonly at: Instant;
  readonly address: string;
  /** To which application; null: to their own pages. */
  readonly application: string | null;
  /** By a browser or a code that took the place of a second proof. */
  readonly excused: boolean;
}

const started: Event = 'session.started';

/** The latest first. Of whoever is erased nothing is left to read. @param limit at most so many */
export async function listSignIns(
  handle: Handle,
  { since, limit }: { since: Instant; limit: number },
): Promise<readonly SignIn[]> {
  const rows = await handle
    .withTables<{ audit: Row }>()
    .selectFrom('audit')
    .select(['account_id', 'at', 'address', 'detail'])
    .where('event', '=', started)
    .where('at', '>=', since)
    .where('account_id', 'is not', null)
    .where('detail', '!=', '')
    .orderBy('at', 'desc')
    .limit(limit)
    .execute();
  return rows.map(({ account_id, at, address, detail }) => {
    const { application, excused } = JSON.parse(detail) as Partial<Record<string, unknown>>;
    return {
      account: account_id as AccountId,
      at: at as Instant,
      address,
      application: typeof application === 'string' ? application : null,
      excused: excused === true,
    };
  });
}
