import type { Route } from 'playwright-core';
import { Browser } from './browser.ts';
import type { Scenario } from './scenario.ts';
import { type Look, longName } from './scenario-tour.ts';
import { asNginx, Visitor, wiki } from './site.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode } from './verbs.ts';

/** A site that asks for more before anything is sent to it, and lets nobody in from some network. */
export const withSite = {
  trustedProxies: ['127.0.0.1', '::1'],
  sites: [{ ...wiki, rules: [{ paths: ['/pay'], methods: ['POST'], require: 'mfa', withinMinutes: 5 }] }],
  policies: [
    { name: 'outside', when: { networks: ['203.0.113.0/24'] }, require: 'deny' },
    { name: 'everybody', require: 'sfa' },
  ],
};

/** Sends a form that has to wait, reads it over, and comes again in vain; then from where nobody is let in. */
export async function atSite({ page, sallyport, origin }: Scenario, look: Look): Promise<void> {
  await sallyport.person('newcomer');
  const ann = new Visitor(sallyport, new Browser(sallyport.app, { host: new URL(origin).host }));
  await ann.setOut('/page');
  await signIn(ann.home, 'newcomer');
  await ann.comeBack();
  const { secret } = await setUpAuthenticator(sallyport, ann.home);
  sallyport.clock.pass(6 * 60_000);
  ann.there.headers['accept-language'] = await page.evaluate(() => navigator.language);
  // The proxy, as far as a browser sees it.
  await page.route(`${wiki.origin}/**`, (route) => answered(ann, route));

  const form = { ...asNginx('/pay', 'POST'), 'sec-fetch-site': 'same-origin', accept: 'text/html' };
  const body = new URLSearchParams({
    to: longName,
    amount: '12.50',
    note: 'For the bread,\r\nand the milk',
    pin: '1',
    token: '2',
  });
  const { headers } = await ann.more(form, body.toString());
  const { pathname, search } = new URL(String(headers.location));
  await ann.home.visit(pathname + search);
  await typeCode(ann.home, codeFor(sallyport, secret));
  await ann.comeBack();
  await page.goto(`${wiki.origin}/.sallyport/parked`);
  await look('a form that waits', page);
  // Sent, as by its button.
  await ann.more(form, body.toString());
  await page.goto(`${wiki.origin}/.sallyport/parked`);
  await look('a form that waits no more', page);

  await ann.setOut('/page');
  Object.assign(ann.there.headers, { 'x-forwarded-for': '203.0.113.7' });
  await page.goto(`${wiki.origin}${ann.sentBack}`);
  await look('from another network', page);
}

async function answered(visitor: Visitor, route: Route): Promise<void> {
  const { pathname, search } = new URL(route.request().url());
  const path = pathname + search;
  const told = { ...asNginx(path), accept: 'text/html' };
  const { statusCode, headers, rawPayload } = await visitor.there.send('GET', path, undefined, told);
  const sent = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  await route.fulfill({ status: statusCode, headers: Object.fromEntries(sent), body: rawPayload });
}
