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
function mistakesIn({ applications, policies, methods, ...sections }: Settings): readonly string[] {
  const ids = applications.map(({ id }) => id);
  const known = Object.values(registry).map(({ id }) => id);
  return [
    ...twice(ids).map((id) => `applications: the id ${id} is given twice`),
    ...twice(policies.map(({ name }) => name)).map((name) => `policies: the name ${name} is given twice`),
    ...policies.flatMap(({ name, when, methods: { second = [], backup = [] }, countsForStepUp }) => [
      ...unknown(when.applications, ids).map(
        (id) => `policies: ${name} names the application ${id}, which there is not`,
      ),
      ...unknown([...second, ...backup, ...countsForStepUp], known).map(
        (id) => `policies: ${name} names the method ${id}, which there is not`,
      ),
      ...[...second, ...backup]
        .filter((id) => known.includes(id) && methods[id] === undefined)
        .map((id) => `policies: ${name} names the method ${id}, and methods.${id} is not given`),
      ...[...second, ...backup].flatMap((id) => {
        const section = sentBy[id];
        return section === undefined || sections[section] !== undefined
          ? []
          : [`policies: ${name} names the method ${id}, and ${section} is not given: nobody would send its codes`];
      }),
    ]),
    ...filesIn(sections)
      .filter(([, path]) => !isReadable(path))
      .map(([what, path]) => `${what}: ${path} cannot be read`),
  ];
}

/** Methods whose codes somebody has to carry. */
const sentBy: Readonly<Record<string, 'mail' | 'sms'>> = { 'email-code': 'mail', 'sms-code': 'sms' };

const twice = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
];
const unknown = (named: readonly string[] | undefined, known: readonly string[]): readonly string[] =>
  (named ?? []).filter((name) => !known.includes(name));

/** The files that the settings name, by where. */
const filesIn = ({ tls, network, mail, sms }: Partial<Settings>): readonly (readonly [string, string])[] =>
  Object.entries({ tls, network, mail, sms }).flatMap(([section, values = {}]) =>
    Object.entries(values).flatMap(([name, path]: readonly [string, unknown]) =>
      typeof path === 'string' && (section === 'tls' || /^ca$|File$/.test(name))
        ? [[`${section}.${name}`, path] as const]
        : [],
    ),
  );

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
