import type { Migration } from '../../store/migrate.ts';
import scimSql from './0001-scim.sql';

/** What programs keep here by SCIM: `users.ts`, `groups.ts`, and where the n-th of each stands (`shelves.ts`). */
export const migrations: readonly Migration[] = [{ name: 'scim/0001', sql: scimSql }];
