import { stringify } from 'yaml';
import type { Settings } from '../settings.ts';
import { settingsFor, type WithConfig } from './settings.ts';

export async function checkConfig(options: WithConfig): Promise<void> {
  console.log(
    `The configuration is good. With all defaults it says:\n\n${stringify(withoutSecrets(settingsFor(options)))}`,
  );
}

const hidden = '[redacted]';
const secret = /(secret|password|token|secretAccessKey)$/i;
/** What is sent as the provider wants it may hold its keys, under any name. */
const mayHoldKeys = new Set(['headers', 'body']);

/** What a terminal and its history may know. */
export const withoutSecrets = (settings: Settings): object =>
  JSON.parse(JSON.stringify({ ...settings, publicUrl: settings.publicUrl.origin }, shown)) as object;

function shown(name: string, value: unknown): unknown {
  if (mayHoldKeys.has(name) && typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.keys(value).map((key) => [key, hidden]));
  if (typeof value !== 'string') return value;
  return secret.test(name) ? hidden : value.replace(/^(\w+:\/\/[^:/?#]*):[^/?#]*@/, '$1:redacted@');
}
