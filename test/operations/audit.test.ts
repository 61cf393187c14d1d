import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, test, vi } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { kinds, newPostgres } from '../support/databases.ts';
import { command, startServer } from '../support/server-process.ts';

describe.each(kinds)('the log of a server, on %s', (kind) => {
  // Commands are processes too: on a busy machine each takes seconds to begin.
  test('is sealed and told while it runs, and whoever took its end away is found', { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sallyport-audit-'));
    const url = kind === 'sqlite' ? `sqlite:${join(folder, 'sallyport.db')}` : await newPostgres();
    const told = join(folder, 'audit.jsonl');
    const streams = JSON.stringify([{ name: 'lines', to: 'file', path: told }]);
    const variables = { SALLYPORT_DATA: folder, SALLYPORT_DATABASE: url, SALLYPORT_AUDIT__STREAMS: streams };
    const verify = () => command(['audit', 'verify'], variables);
    for (const words of [
      ['add', 'ann'],
      ['disable', 'ann'],
    ])
      expect((await command(['user', ...words], variables)).code).toBe(0);
    expect((await verify()).out).toContain('2 more wait to be sealed by a server.');

    const server = await startServer(variables);
    await vi.waitFor(async () => expect((await verify()).out).toMatch(/^2 entries, up to number 2/), 20_000);
    expect((await command(['user', 'enable', 'ann'], variables)).code).toBe(0);
    await vi.waitFor(() => expect(readFileSync(told, 'utf8')).toMatch(/"number":3,.*"account.enabled"/), 20_000);
    await server.end();
    const database = openDatabase(url);
    for (const table of ['audit', 'audit_head', 'audit_checkpoint'])
      await sql`delete from ${sql.table(table)}`.execute(database.read);
    await database.close();
    expect(await verify()).toEqual({
      code: 1,
      out: '',
      err: 'The log went further once: its end is gone, from the entry 1 on.\n',
    });
    // Whoever puts a backup back says so, and the log goes on from where that ends.
    expect((await command(['restored'], variables)).code).toBe(0);
    expect(await verify()).toMatchObject({ code: 0, err: '' });
  });
});
