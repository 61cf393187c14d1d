import { fileURLToPath } from 'node:url';
import { openApp, openHouse, openMeans } from '../app.ts';
import { loadConfig } from '../config/load.ts';
import { type Settings, settings } from '../settings.ts';

/** Where the build leaves what browsers load, beside the server itself. */
export const assetsFolder = fileURLToPath(new URL('./assets', import.meta.url));

export async function serve({ config }: { config?: string }): Promise<void> {
  const loaded = loadConfig(settings, config ?? null);
  if (loaded.is === 'bad') {
    console.error(
      `Not started. The configuration has ${loaded.mistakes.length} mistake(s):\n${loaded.mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`,
    );
    process.exitCode = 1;
    return;
  }
  await start(loaded.config);
}

export async function start(config: Settings) {
  const means = await openMeans(config);
  const house = openHouse(config, means, assetsFolder);
  const app = await openApp(config, house);
  await app.listen(config.listen);
  return { app, house };
}
