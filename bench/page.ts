import { gzipSync } from 'node:zlib';
import { Browser } from '../test/support/browser.ts';
import { benchHouse } from './house.ts';

/** All that a browser loads to show the sign-in page, compressed as a proxy would. */
export async function pageBytes(): Promise<string> {
  const house = await benchHouse();
  const browser = await new Browser(house.app).visit('/sign-in');
  const html = browser.response.body;
  const loaded = [...html.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, href]) => href ?? '');
  const bodies = [html, ...(await Promise.all(loaded.map(async (href) => (await browser.send('GET', href)).body)))];
  await house.close();
  const bytes = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
  return `${(bytes / 1000).toFixed(1)}`;
}
