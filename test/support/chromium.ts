import { type Browser, chromium } from 'playwright-core';
import { afterAll, inject } from 'vitest';

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

let open: Promise<Browser> | undefined;

/** One browser for all the people of a test file: what they keep apart is theirs (a context each), what they share is the program. */
export const sharedChromium = (): Promise<Browser> => {
  open ??= openChromium();
  return open;
};

afterAll(async () => (await open)?.close());
