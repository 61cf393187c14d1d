import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../support/programs.ts';
import type { Film } from './film.ts';
import { type Filmed, nameOf, numberOf } from './guide.ts';
import type { Look } from './scene.tsx';
import { openStage, type Stage } from './stage.ts';
import { framesOf, lengthOf, type Shot } from './timing.ts';

/** The most a film may weigh, in bytes, for it is kept with the source. */
const heaviest = 1_000_000;

/** Makes a film of what was taken, in a folder of its own, which is there only once it is whole. */
export async function develop(title: string, film: Film, films: string): Promise<Filmed> {
  const aside = mkdtempSync(join(tmpdir(), 'sallyport-film-'));
  const stage = await openStage({ ...numberOf(title), captions: film.steps.map(({ caption }) => caption) });
  try {
    const made = join(aside, 'made');
    mkdirSync(made);
    const shots = withCards(film.shots);
    const bytes = await encode(await photograph(stage, shots, aside), join(made, 'film.webm'));
    const steps = [];
    for (const [at, { caption, end }] of film.steps.entries()) {
      const picture = `${String(at + 1).padStart(2, '0')}.webp`;
      writeFileSync(join(made, picture), await stage.still(end));
      steps.push({ caption, picture });
    }
    const filmed = { title, seconds: Math.round(lengthOf(shots) / 1000), bytes, steps };
    writeFileSync(join(made, 'film.json'), `${JSON.stringify(filmed, null, 2)}\n`);
    const folder = join(films, nameOf(title));
    rmSync(folder, { recursive: true, force: true });
    cpSync(made, folder, { recursive: true });
    return filmed;
  } finally {
    await stage.close();
    rmSync(aside, { recursive: true });
  }
}

const withCards = (shots: readonly Shot<Look>[]): readonly Shot<Look>[] => [
  { look: { is: 'opening', pointer: null }, over: 0, hold: 2_400 },
  ...shots,
  { look: { is: 'closing', pointer: null }, over: 480, hold: 2_400 },
];

/** Takes every picture of a film. @returns the list of them, for ffmpeg */
async function photograph(stage: Stage, shots: readonly Shot<Look>[], folder: string): Promise<string> {
  const list = ['ffconcat version 1.0'];
  let file = '';
  for (const { seconds, ...frame } of framesOf(shots)) {
    file = `${list.length}.png`;
    writeFileSync(join(folder, file), await stage.frame(frame));
    list.push(`file ${file}`, `duration ${seconds}`);
  }
  // What stands last in a list is shown for no time: so it stands there twice.
  writeFileSync(join(folder, 'list'), [...list, `file ${file}`, ''].join('\n'));
  return join(folder, 'list');
}

/** How coarse a film may be; as fine as its weight allows. */
const coarseness = [36, 44, 52];

/** Small for still pictures and sharp text; without a word of when and by what it was made. */
const webm = [
  ...['-vsync', 'vfr', '-c:v', 'libvpx-vp9', '-pix_fmt', 'yuv420p', '-b:v', '0', '-g', '500'],
  ...['-deadline', 'realtime', '-cpu-used', '6', '-row-mt', '1', '-tune-content', 'screen'],
  ...['-map_metadata', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
];

/** @returns the weight of the film, in bytes */
async function encode(list: string, film: string): Promise<number> {
  const ffmpeg = findProgram('ffmpeg');
  if (ffmpeg === undefined) throw new Error('No ffmpeg here. `npm run videos` installs it.');
  for (const crf of coarseness) {
    const input = ['-v', 'error', '-y', '-f', 'concat', '-i', list];
    await promisify(execFile)(ffmpeg, [...input, ...webm, '-crf', String(crf), film]);
    const { size } = statSync(film);
    if (size <= heaviest) return size;
  }
  throw new Error(`${film} is heavier than ${heaviest} bytes: tell it in fewer steps`);
}
