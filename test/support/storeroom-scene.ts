import type { Page } from 'playwright-core';
import { startStoreroom } from '../../examples/storeroom/server.ts';
import { programToken } from '../attacks/tools.ts';
import type { OidcSallyport } from '../oidc/support.ts';
import { freePort } from './ports.ts';
import { press } from './scenario-verbs.ts';

/** What its people type there: Storeroom keeps passwords of its own. */
export const ownPassword = 'lamp oil and rope';

/** The small application with a form of its own, and what people do at it. */
export async function openStoreroom(sallyport: OidcSallyport, realm: string, ...names: readonly string[]) {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const token = await programToken(sallyport, { name: 'storeroom', scopes: ['otp:verify'], realm });
  const people = Object.fromEntries(names.map((name) => [name, ownPassword]));
  const server = await startStoreroom({ sallyport: sallyport.issuer, token, people, origin, port });
  return {
    async signIn(page: Page, name: string, pin: string): Promise<void> {
      await page.goto(origin);
      await page.getByLabel('Name').fill(name);
      await page.getByLabel('Password').fill(ownPassword);
      await page.getByLabel('PIN').fill(pin);
      await press(page, 'Sign in');
    },
    close(): void {
      server.close();
      server.closeAllConnections();
    },
  };
}
