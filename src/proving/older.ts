import { saveListing } from '../core/accounts/listing.ts';
import { listUnlisted } from '../core/accounts/store.ts';
import type { Gate } from './gate.ts';

/** Lists some of those who were here before people were listed. @returns how many */
export async function listOlder({ database }: Gate): Promise<number> {
  const older = await listUnlisted(database.read, 200);
  if (older.length === 0) return 0;
  return database.transaction(async (tx) => {
    for (const account of older) await saveListing(tx, account);
    return older.length;
  });
}
