import { loadSettings } from '../load-settings.ts';
import type { Settings } from '../settings.ts';

/** The option that all commands but `demo` have. */
export const configOption = ['-c, --config <file>', 'a YAML file; variables SALLYPORT_* stand over it'] as const;

export interface WithConfig {
  readonly config?: string;
}

/** Ends a command: what is told goes to the person, without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** @throws Refusal that names every mistake */
export function settingsFor({ config }: WithConfig): Settings {
  const loaded = loadSettings(config ?? null);
  if (loaded.is === 'good') return loaded.config;
  throw refusalOf('The configuration', loaded.mistakes);
}

export function refusalOf(what: string, mistakes: readonly string[]): Refusal {
  const { length } = mistakes;
  const lines = mistakes.map((mistake) => `  - ${mistake}`).join('\n');
  return new Refusal(`${what} has ${length} ${length === 1 ? 'mistake' : 'mistakes'}:\n${lines}`);
}
