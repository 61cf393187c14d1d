import { type Browser, chromium } from 'playwright-core';
import { inject } from 'vitest';

/** No sandbox: it does not work as root. The rest keeps the browser from talking to anyone but us. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser that has never been anywhere: its profile is new, and gone when it closes. */
export const openChromium = (
  executablePath: string = inject('chromium'),
  more: readonly string[] = [],
): Promise<Browser> => chromium.launch({ executablePath, args: [...quiet, ...more], headless: true });

const open = new Map<string, Promise<Browser>>();

/** One browser for all the people of a test file: what they keep apart is theirs (a context each), what they share is the program. */
export function sharedChromium(more: readonly string[] = []): Promise<Browser> {
  const name = more.join(' ');
  const shared = open.get(name) ?? openChromium(undefined, more);
  open.set(name, shared);
  return shared;
}

export async function closeChromium(): Promise<void> {
  const all = [...open.values()];
  open.clear();
  for (const one of all) await (await one).close();
}
