import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findProgram } from '../support/programs.ts';

const folder = mkdtempSync(join(tmpdir(), 'sallyport-films-'));
const command = ['scripts/film.mjs', '--from', 'test/films/tiny.scenario.ts', '--to', folder];
const record = (title: string) => spawnSync(process.execPath, [...command, title], { encoding: 'utf8' });

test('a scenario is filmed: it moves, it has its size and its time, and its steps have pictures', () => {
  const { status, stdout } = record('T-1');
  expect(stdout).toContain('filmed 1 steps');
  expect(status).toBe(0);
  const film = join(folder, 'films/t-1-a-name-is-typed');
  expect(readdirSync(film).sort()).toEqual(['01.webp', 'film.json', 'film.webm']);
  expect(readFileSync(join(folder, 't-1.md'), 'utf8')).toContain('1. Type your name');

  const webm = join(film, 'film.webm');
  const ask = ['-v', 'error', '-of', 'csv=p=0', '-show_entries', 'stream=codec_name,width,height:format=duration'];
  const told = execFileSync(findProgram('ffprobe') ?? '', [...ask, webm], { encoding: 'utf8' });
  const { seconds } = JSON.parse(readFileSync(join(film, 'film.json'), 'utf8'));
  expect(told).toContain('vp9,1280,720');
  expect(Math.abs(Number(told.trim().split('\n').at(-1)) - seconds)).toBeLessThan(1);
  expect(seconds).toBeGreaterThan(8);
  expect(statSync(webm).size).toBeLessThan(1_000_000);

  const sums = ['-v', 'error', '-i', webm, '-f', 'framemd5', '-'];
  const frames = execFileSync(findProgram('ffmpeg') ?? '', sums, { encoding: 'utf8' });
  const different = new Set(frames.split('\n').map((line) => line.split(',').at(-1)));
  expect(different.size).toBeGreaterThan(40);
}, 240_000);

test('a step that fails leaves no film, and the command says so', () => {
  const { status, stdout } = record('T-2');
  expect(status).toBe(1);
  expect(stdout).toContain('FAILED, no film: step 2, "Press what is not there"');
  expect(existsSync(join(folder, 'films/t-2-a-step-fails'))).toBe(false);
}, 240_000);

test('where no scenario begins so, the command says so', () => {
  const { status, stdout } = record('T-3');
  expect(status).toBe(1);
  expect(stdout).toContain('No scenario begins with "T-3"');
}, 60_000);
