import { accessSync, constants } from 'node:fs';
import type { ZodType } from 'zod';
import { type Loaded, loadConfig } from './config/load.ts';
import * as registry from './methods/index.ts';
import { type Settings, settings } from './settings.ts';

/** The configuration, or everything that is wrong with it: with each part, then with the parts together. */
export function loadSettings(file: string | null, variables?: NodeJS.ProcessEnv): Loaded<Settings> {
  const loaded = loadConfig(settings as ZodType<Settings>, file, variables);
  if (loaded.is === 'bad') return loaded;
  const mistakes = mistakesIn(loaded.config);
  return mistakes.length === 0 ? loaded : { is: 'bad', mistakes };
}

/** What no part knows by itself. */
function mistakesIn({ applications, policies, tls }: Settings): readonly string[] {
  const ids = applications.map(({ id }) => id);
  const methods = Object.values(registry).map(({ id }) => id);
  return [
    ...twice(ids).map((id) => `applications: the id ${id} is given twice`),
    ...twice(policies.map(({ name }) => name)).map((name) => `policies: the name ${name} is given twice`),
    ...policies.flatMap(({ name, when, methods: allowed }) => [
      ...unknown(when.applications, ids).map(
        (id) => `policies: ${name} names the application ${id}, which there is not`,
      ),
      ...unknown(allowed, methods).map((id) => `policies: ${name} names the method ${id}, which there is not`),
    ]),
    ...Object.entries(tls ?? {}).flatMap(([what, path]) =>
      isReadable(path) ? [] : [`tls.${what}: ${path} cannot be read`],
    ),
  ];
}

const twice = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
const unknown = (named: readonly string[] | undefined, known: readonly string[]): readonly string[] =>
  (named ?? []).filter((name) => !known.includes(name));

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
