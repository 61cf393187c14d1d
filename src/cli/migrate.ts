import { openStore } from '../app.ts';
import { systemClock } from '../kernel/clock.ts';
import { migrate as bringUpToDate } from '../store/migrate.ts';
import { migrations } from '../tables.ts';
import { settingsFor, type WithConfig } from './settings.ts';

export async function migrate(options: WithConfig): Promise<void> {
  const database = openStore(settingsFor(options));
  try {
    const applied = await bringUpToDate(database, migrations, systemClock);
    for (const name of applied) console.log(`applied ${name}`);
    console.log('The database is up to date.');
  } finally {
    await database.close();
  }
}
