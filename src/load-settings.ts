import { accessSync, constants } from 'node:fs';
import type { ZodType } from 'zod';
import { type Loaded, loadConfig } from './config/load.ts';
import { askingMistakes } from './core/applications/askers.ts';
import { type Nameable, twice, unknownNames } from './core/policies/nameable.ts';
import * as registry from './methods/index.ts';
import { secretMistakes } from './protocols/radius/mistakes.ts';
import { type Settings, settings } from './settings.ts';

/** The configuration, or everything that is wrong with it: with each part, then with the parts together. */
export function loadSettings(file: string | null, variables?: NodeJS.ProcessEnv): Loaded<Settings> {
  const loaded = loadConfig(settings as ZodType<Settings>, file, variables);
  if (loaded.is === 'bad') return loaded;
  const mistakes = mistakesIn(loaded.config);
  return mistakes.length === 0 ? loaded : { is: 'bad', mistakes };
}

/** What no part knows by itself. */
function mistakesIn(given: Settings): readonly string[] {
  const { applications } = nameableIn(given);
  return [
    ...twice([...applications, ...given.services.map(({ id }) => id)]).map(
      (id) => `applications: the id ${id} is given twice`,
    ),
    ...askingMistakes('radius.clients', given.radius?.clients ?? [], applications),
    ...askingMistakes('privacyidea.clients', given.privacyidea?.clients ?? [], applications),
    ...(given.radius === undefined ? [] : secretMistakes(given.radius)),
    ...unclear(given, applications),
    ...misplaced(given),
    ...unknownNames(given.policies, nameableIn(given)),
    ...filesIn(given)
      .filter(([, path]) => !isReadable(path))
      .map(([what, path]) => `${what}: ${path} cannot be read`),
  ];
}

/** What a policy may name where this is the configuration. */
export const nameableIn = ({ applications, sites, methods, recovery, ...sections }: Settings): Nameable => ({
  applications: [
    ...applications,
    ...sites,
    ...(sections.radius?.clients ?? []),
    ...(sections.privacyidea?.clients ?? []),
  ].map(({ id }) => id),
  methods: new Map(
    Object.values(registry).map(({ id, reliesOn = 'provider' }) => {
      if (methods[id] === undefined) return [id, `methods.${id} is not given`];
      const carried = reliesOn === 'provider' || sections[reliesOn] !== undefined;
      return [id, carried ? null : `${reliesOn} is not given: nobody would send its codes`];
    }),
  ),
  notForMore: new Map(
    Object.values(registry)
      .filter(({ reliesOn }) => reliesOn === 'mail' && recovery.offered && recovery.waitHours > 0)
      .map(({ id }) => [id, 'recovery.waitHours is not 0: mail alone would do']),
  ),
});

/** Whose PINs an application takes has to be one answer. */
function unclear({ realms }: Settings, known: readonly string[]): readonly string[] {
  const named = realms.flatMap((realm) => realm.applications);
  return [
    ...twice(realms.map(({ id }) => id)).map((id) => `realms: the id ${id} is given twice`),
    ...twice(named).map((id) => `realms: the application ${id} is in two of them`),
    ...named.filter((id) => !known.includes(id)).map((id) => `realms: there is no application ${id}`),
  ];
}

/** A cookie belongs to a host, whatever the port: a site on ours would be sent our session (`docs/adr/0025`). */
function misplaced({ sites, publicUrl, trustedProxies }: Settings): readonly string[] {
  const hosts = [publicUrl, ...sites.map(({ origin }) => origin)].map(({ hostname }) => hostname);
  return [
    ...twice(hosts).map((host) => `sites: the host ${host} is given twice, or is that of publicUrl`),
    ...(sites.length > 0 && trustedProxies.length === 0 ? ['sites: trustedProxies names nobody who could ask'] : []),
  ];
}

/** The files that the settings name, by where. */
const filesIn = ({ tls, network, mail, sms, directory }: Partial<Settings>): readonly (readonly [string, string])[] =>
  Object.entries({ tls, network, mail, sms, directory }).flatMap(([section, values = {}]) =>
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
