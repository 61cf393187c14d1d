/** Takes a picture of every page, light and dark, wide and narrow, in every language: `node scripts/pictures.mjs FOLDER`. */
import { startVitest } from 'vitest/node';

const folder = process.argv[2];
if (folder === undefined) throw new Error('Name a folder for the pictures.');
const vitest = await startVitest(
  'test',
  process.argv.slice(3).length > 0 ? process.argv.slice(3) : ['test/scenarios'],
  {
    watch: false,
    provide: { pictures: folder },
  },
);
await vitest.close();
