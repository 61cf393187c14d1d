import { readFileSync } from 'node:fs';
import { type RadiusSettings, shortest } from './settings.ts';

/** Secrets that cannot be read, or could be guessed. */
export const secretMistakes = ({ clients }: RadiusSettings): readonly string[] =>
  clients.flatMap(({ id, secretFile }) => (secretFile === undefined ? [] : mistakeIn(id, secretFile)));

function mistakeIn(id: string, file: string): readonly string[] {
  try {
    const { length } = readFileSync(file, 'utf8').trimEnd();
    return length < shortest ? [`radius.clients: ${id}: ${file} must hold at least ${shortest} characters`] : [];
  } catch {
    return [`radius.clients: ${id}: ${file} cannot be read`];
  }
}
