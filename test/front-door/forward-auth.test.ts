import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kinds } from '../support/databases.ts';
import type { Sallyport } from '../support/sallyport.ts';
import { asNginx, asTraefik, openWithSite, Visitor, wiki } from '../support/site.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';

const rules = [
  { paths: ['/admin'], require: 'mfa' },
  { paths: ['/pay'], methods: ['POST'], require: 'mfa', withinMinutes: 5 },
];
const policies = [{ name: 'everybody', require: 'sfa', rememberDays: 30 }];

describe.each(kinds)('a site that knows nothing of us, on %s', (kind) => {
  let sallyport: Sallyport;
  let ann: Visitor;
  beforeEach(async () => {
    sallyport = await openWithSite(kind, { rules, policies });
    ann = new Visitor(sallyport);
  });
  afterEach(() => sallyport.close());

  const arrives = async (path = '/page') => {
    await ann.setOut(path);
    await signIn(ann.home, 'ann');
    return ann.comeBack();
  };

  test('nobody is in; whoever signs in is back where they were going, and is told of', async () => {
    await sallyport.person('ann', { groups: ['staff', 'a,b', 'köche'] });
    expect(await ann.isIn('/page?n=1')).toBe(false);
    expect(await arrives('/page?n=1')).toBe(`${wiki.origin}/page?n=1`);
    const stranger = await new Visitor(sallyport).ask(asNginx('/page'));
    expect([stranger.statusCode, stranger.headers['remote-user']]).toEqual([401, undefined]);
    const known = await ann.ask(asNginx('/page'));
    expect(known.statusCode).toBe(200);
    expect(known.headers).toMatchObject({
      'remote-user': 'ann',
      'remote-name': 'ann',
      'remote-email': 'ann@example.org',
      'remote-groups': Buffer.from('staff,köche').toString('latin1'),
      'remote-acr': 'https://refeds.org/profile/sfa',
    });
  });

  test('the site is sent its own cookies and none of ours', async () => {
    await sallyport.person('ann');
    await arrives();
    ann.there.cookies.set('theirs', '1');
    ann.there.cookies.set('more', '2');
    expect((await ann.ask(asNginx('/page'))).headers['cookie']).toBe('theirs=1; more=2');
  });

  test('a page that asks for more leads through a second proof, and back to it', async () => {
    await sallyport.person('ann');
    await arrives();
    const { secret } = await setUpAuthenticator(sallyport, ann.home);
    const phone = new Visitor(sallyport);
    await phone.setOut('/page');
    await signIn(phone.home, 'ann');
    await phone.comeBack();
    expect([await phone.isIn('/page'), await phone.isIn('/admin/people')]).toEqual([true, false]);
    await phone.setOut('/admin/people');
    await typeCode(phone.home, codeFor(sallyport, secret));
    expect(await phone.comeBack()).toBe(`${wiki.origin}/admin/people`);
    expect([await phone.isIn('/page'), await phone.isIn('/admin/people')]).toEqual([true, true]);
  });

  test('what must be fresh is asked again when it no longer is', async () => {
    await sallyport.person('ann');
    await arrives();
    const { secret } = await setUpAuthenticator(sallyport, ann.home);
    expect(await ann.isIn('/pay', 'POST')).toBe(true);
    sallyport.clock.pass(6 * 60_000);
    expect([await ann.isIn('/pay', 'POST'), await ann.isIn('/pay')]).toEqual([false, true]);
    const { headers } = await ann.more({ ...asNginx('/pay', 'POST'), referer: `${wiki.origin}/pay/form` });
    const { pathname, search } = new URL(String(headers.location));
    await ann.home.visit(pathname + search);
    await typeCode(ann.home, codeFor(sallyport, secret));
    expect(await ann.comeBack()).toBe(`${wiki.origin}/pay/form`);
    expect(await ann.isIn('/pay', 'POST')).toBe(true);
  });

  test('a script is told in words where more can be proven', async () => {
    const { statusCode, headers, body } = await ann.more({
      ...asNginx('/pay', 'POST'),
      accept: 'application/json',
      'sec-fetch-mode': 'cors',
    });
    expect([statusCode, headers['content-type']]).toEqual([401, expect.stringContaining('application/problem+json')]);
    expect(JSON.parse(body)).toMatchObject({
      code: 'step-up-required',
      stepUp: expect.stringMatching(/^http:\/\/localhost:4000\/hand-over\?/),
    });
  });

  test('a proxy that hands our answer on is given a redirect', async () => {
    const { statusCode, headers } = await ann.ask(asTraefik('/page'));
    expect([statusCode, String(headers.location)]).toEqual([302, expect.stringContaining('/hand-over?site=wiki')]);
  });

  test('whoever works at the site is not idle', async () => {
    await sallyport.person('ann');
    await arrives();
    await setUpAuthenticator(sallyport, ann.home);
    for (let n = 0; n < 4; n++) {
      sallyport.clock.pass(50 * 60_000);
      expect(await ann.isIn('/page')).toBe(true);
    }
    sallyport.clock.pass(61 * 60_000);
    expect(await ann.isIn('/page')).toBe(false);
  });
});
