import { stringify } from 'yaml';
import type { Settings } from '../settings.ts';
import { settingsFor, type WithConfig } from './settings.ts';

export async function checkConfig(options: WithConfig): Promise<void> {
  console.log(
    `The configuration is good. With all defaults it says:\n\n${stringify(withoutSecrets(settingsFor(options)))}`,
  );
}

const hidden = '[redacted]';

/** What a terminal and its history may know. */
export function withoutSecrets({ publicUrl, database, applications, metrics, ...rest }: Settings): object {
  const url = database === undefined || database.startsWith('sqlite:') ? null : new URL(database);
  if (url !== null && url.password !== '') url.password = 'redacted';
  return {
    publicUrl: publicUrl.origin,
    ...(database !== undefined && { database: url?.href ?? database }),
    ...rest,
    metrics: { ...metrics, ...(metrics.token !== undefined && { token: hidden }) },
    applications: applications.map((one) => ({ ...one, ...(one.secret !== undefined && { secret: hidden }) })),
  };
}
