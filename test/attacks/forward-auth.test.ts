import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kinds } from '../support/databases.ts';
import type { Sallyport } from '../support/sallyport.ts';
import { asNginx, asTraefik, openWithSite, Visitor, wiki } from '../support/site.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';
import { addresses, atOnce, decide, rowsOf } from './tools.ts';

const rules = [{ paths: ['/admin'], require: 'mfa' }];
const shop = { id: 'shop', name: 'Shop', origin: 'https://shop.example' };
const sites = [{ ...wiki, rules }, shop];
const policies = [
  { name: 'outside', when: { networks: ['203.0.113.0/24'] }, require: 'mfa', rememberDays: 30 },
  { name: 'everybody', require: 'sfa' },
];

describe.each(kinds)('a site behind a proxy, on %s', (kind) => {
  let sallyport: Sallyport;
  let ann: Visitor;
  beforeEach(async () => {
    sallyport = await openWithSite(kind, { sites, policies });
    await sallyport.person('ann');
    ann = new Visitor(sallyport);
    await ann.setOut('/page');
    await signIn(ann.home, 'ann');
  });
  afterEach(() => sallyport.close());

  test('whoever is no trusted proxy is told nothing, whatever they say of themselves', async () => {
    await ann.comeBack();
    const cookie = [...ann.there.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const theirs = addresses(sallyport, {}).filter(({ route }) => route.binding === 'proxy');
    expect(theirs).toHaveLength(6);
    for (const { route, url } of theirs)
      for (const lie of [
        {},
        { 'x-forwarded-for': '127.0.0.1' },
        { 'x-real-ip': '127.0.0.1', forwarded: 'for=127.0.0.1' },
      ]) {
        const headers = { host: 'localhost:4000', cookie, ...asNginx('/page'), ...lie };
        const { statusCode, body } = await sallyport.app.inject({
          method: route.method,
          url,
          headers,
          remoteAddress: '203.0.113.9',
        });
        expect([url, statusCode, JSON.parse(body).code]).toEqual([url, 403, 'untrusted-proxy']);
      }
    expect(await ann.isIn('/page')).toBe(true);
  });

  test('T31: whatever is told of a request, and in whatever words, nobody is let in who is not', async () => {
    await ann.comeBack();
    const pass = ann.there.cookies.get('__Host-sallyport-pass') ?? '';
    const session = ann.home.cookies.get('__Host-session') ?? '';
    ann.there.cookies.clear();
    const name = '__Host-sallyport-pass';
    const cookies = [
      ...['', ' ', '=', ';;', `${name}`, `${name}=`, `${name}=null`, `${name}=${'A'.repeat(43)}`, `${name}=${session}`],
      ...[`${name}=${pass}; ${name}=${pass}`, `${name}=${pass}x`, `${name}=${pass.slice(1)}`, `${name}="${pass}"`],
      ...[
        `${name} =${pass}`,
        `${name.toLowerCase()}=${pass}`,
        `${name}=${pass},a=b`,
        `${name}=%00`,
        'a\u0080=b',
        `x${name}=${pass}`,
      ],
      ...[`${name}=' or 1=1 --`, `__Host-session=${pass}`, `__Host-sallyport-parked=${pass}`, 'x'.repeat(8000)],
    ];
    const said = [
      ...['remote-user', 'remote_user', 'x-forwarded-user', 'x_forwarded_uri', 'x_original_url', 'x-sallyport-sending'],
      ...['authorization', 'proxy-authorization', 'x-http-method-override', 'x-original-uri', 'x-rewrite-url'],
    ];
    const values = ['ann', 'yes', '/', `${wiki.origin}/`, `Basic ${btoa('ann:x')}`, `Bearer ${session}`];
    const told = [
      ...['/page', '/', '/admin', '/.sallyport/parked', '/%', '', 'page'].flatMap((path) => [
        asNginx(path),
        asTraefik(path),
      ]),
      { 'x-original-url': `${wiki.origin}/page\t`, 'x-original-method': 'GET' },
      { 'x-original-url': `${wiki.origin}/page, ${wiki.origin}/`, 'x-original-method': 'GET' },
      { ...asTraefik('/page'), 'x-forwarded-host': 'wiki.example, wiki.example' },
      { ...asTraefik('/page'), 'x-forwarded-host': 'wiki.example@evil.example' },
      { ...asTraefik('/page'), 'x-forwarded-proto': 'https, https' },
    ];
    const tries = [
      ...cookies.flatMap((cookie) => told.map((one) => ({ ...one, cookie }))),
      ...said.flatMap((one) => values.map((value) => ({ ...asNginx('/page'), [one]: value }))),
    ];
    const opened: object[] = [];
    for (const headers of tries) {
      const { statusCode } = await sallyport.app.inject({ method: 'GET', url: '/forward-auth', headers });
      if (statusCode < 300 || statusCode >= 500) opened.push({ statusCode, headers });
    }
    expect(opened).toEqual([]);
    ann.there.cookies.set(name, pass);
    expect(await ann.isIn('/page')).toBe(true);
  });

  test('T45: a visitor whose address the proxy cannot say is asked about in vain, and not taken for the proxy', async () => {
    await ann.comeBack();
    for (const unread of ['a', 'unix:', '203.0.113.7, a', 'unknown', '10.0.0.1:80:90', "1.1.1.1'--", '1.2.3.4.5'])
      for (const told of [asNginx('/page'), asTraefik('/page')])
        expect([unread, (await ann.ask({ ...told, 'x-forwarded-for': unread })).statusCode]).toEqual([unread, 400]);
    expect((await ann.ask({ ...asNginx('/page'), 'x-forwarded-for': '2001:db8::7' })).statusCode).toBe(200);
  });

  test('a request that is told of in two ways, or in none, is no request', async () => {
    await ann.comeBack();
    for (const told of [{}, { ...asNginx('/page'), ...asTraefik('/page') }])
      expect((await ann.ask(told)).statusCode).toBe(400);
    const { 'x-original-method': _, ...withoutMethod } = asNginx('/page');
    expect((await ann.ask(withoutMethod)).statusCode).toBe(403);
  });

  test('an address that the site may read otherwise than a rule is refused; another spelling is the same place', async () => {
    await ann.comeBack();
    const twofold = [
      '/x/../admin',
      '/x/%2e%2e/admin',
      '//admin',
      '/./admin',
      '/x//admin',
      '/x%2fadmin',
      '/admin;a=b/x',
    ];
    const broken = [
      '/%',
      '/%zz',
      '/%00',
      '/ad%00min',
      '/x\\admin',
      '/x%5cadmin',
      '/%2561dmin',
      '/ä',
      '/a b',
      '/a#b',
      '',
    ];
    for (const path of [...twofold, ...broken])
      expect([path, (await ann.ask(asNginx(path))).statusCode]).toEqual([path, 403]);
    for (const path of ['/admin', '/admin/', '/%61dmin', '/Admin/x', '/admin?x=/../page', '/admin/x'])
      expect([path, (await ann.ask(asNginx(path))).statusCode]).toEqual([path, 401]);
    for (const path of ['/', '/administer', '/page/admin', '/caf%C3%A9', '/page?to=https://x/../y'])
      expect([path, (await ann.ask(asNginx(path))).statusCode]).toEqual([path, 200]);
  });

  test.each([
    'https://other.example',
    'https://wiki.example.evil.example',
    'https://wiki.example@evil.example',
    'https://wiki.example:8443',
    'http://wiki.example',
    'https://localhost',
    '',
  ])('nothing is said of %s', async (origin) => {
    await ann.comeBack();
    expect((await ann.ask(asNginx('/page', 'GET', origin))).statusCode).toBe(403);
  });

  test('a pass opens its own site; it is no session, and a session is no pass', async () => {
    await ann.comeBack();
    expect((await ann.ask(asNginx('/page', 'GET', shop.origin))).statusCode).toBe(401);
    const pass = ann.there.cookies.get('__Host-sallyport-pass') ?? '';
    const session = ann.home.cookies.get('__Host-session') ?? '';
    const stranger = ann.another();
    stranger.home.cookies.set('__Host-session', pass);
    stranger.there.cookies.set('__Host-sallyport-pass', session);
    stranger.there.cookies.set('__Host-session', session);
    expect((await stranger.home.send('GET', '/account')).statusCode).toBe(303);
    expect(await stranger.isIn('/page')).toBe(false);
  });

  test('the way back serves once, of many at once', async () => {
    const to = ann.sentBack;
    const back = await atOnce(20, () => ann.comeBack(to));
    expect(back.filter((where) => where.startsWith(wiki.origin))).toHaveLength(1);
    expect(await ann.comeBack(to)).toBe('410');
  });

  test('the way back serves nobody else, nowhere else, and for a minute', async () => {
    const to = ann.sentBack;
    const stranger = ann.another();
    await stranger.more(asNginx('/page'));
    expect(await stranger.comeBack(to)).toBe('410');
    stranger.there.cookies.clear();
    expect(await stranger.comeBack(to)).toBe('410');
    const elsewhere = await ann.there.send('GET', to, undefined, asNginx(to, 'GET', shop.origin));
    expect(elsewhere.statusCode).toBe(410);
    const code = new URLSearchParams(to.split('?')[1]).get('code') ?? '';
    ann.there.cookies.set('__Host-sallyport-pass', code);
    expect(await ann.isIn('/page')).toBe(false);
    sallyport.clock.pass(61_000);
    expect(await ann.comeBack(to)).toBe('410');
  });

  test('the way back leads nowhere but to the site', async () => {
    const to = new URLSearchParams(ann.sentBack.split('?')[1]);
    for (const evil of ['//evil.example', '/\\evil.example', '/.//evil.example', '/%0d%0aset-cookie:a=b', '/a b']) {
      to.set('to', evil);
      expect([evil, await ann.comeBack(`/.sallyport/callback?${to}`)]).toEqual([evil, '403']);
    }
  });

  test('a session that ends, here or everywhere, ends at the site with the next request', async () => {
    await ann.comeBack();
    expect(await ann.isIn('/page')).toBe(true);
    await ann.home.visit('/account');
    await ann.home.press('Sign out');
    expect(await ann.isIn('/page')).toBe(false);
    expect(await rowsOf(sallyport, 'pass')).toEqual([]);
  });

  test('whoever is disabled is out at the site with the next request', async () => {
    await ann.comeBack();
    const { database } = sallyport.house.gate;
    const own = database.read.withTables<{ account: { disabled_at: number | null } }>();
    await own.updateTable('account').set({ disabled_at: 1 }).execute();
    expect(await ann.isIn('/page')).toBe(false);
  });

  test('what the policy asks is asked where the visitor is now', async () => {
    await ann.comeBack();
    const from = async (address: string) =>
      (await ann.ask({ ...asNginx('/page'), 'x-forwarded-for': address })).statusCode;
    expect([await from('198.51.100.7'), await from('203.0.113.7'), await from('198.51.100.7')]).toEqual([
      200, 401, 200,
    ]);
  });

  describe('whoever reaches the site from another network than us', () => {
    const there = { 'x-forwarded-for': '203.0.113.7' };

    test('is asked once for what is asked there, and is in', async () => {
      await ann.comeBack();
      const { secret } = await setUpAuthenticator(sallyport, ann.home);
      await ann.home.visit('/account');
      await ann.home.press('Sign out');
      Object.assign(ann.there.headers, there);
      await ann.setOut('/page');
      await signIn(ann.home, 'ann');
      const { pathname, search } = new URL(await ann.comeBack());
      expect(pathname).toBe('/hand-over');
      await ann.home.visit(pathname + search);
      await typeCode(ann.home, codeFor(sallyport, secret));
      expect(await ann.comeBack()).toBe(`${wiki.origin}/page`);
      expect(await ann.isIn('/page')).toBe(true);
    });

    test('is told so where nobody is let in from there, and is sent nowhere again', async () => {
      const nobody = { name: 'outside', when: { networks: ['203.0.113.0/24'] }, require: 'deny' };
      await decide(sallyport, nobody, { name: 'everybody', require: 'sfa' });
      Object.assign(ann.there.headers, there);
      const { statusCode, body } = await ann.there.send('GET', ann.sentBack, undefined, asNginx(ann.sentBack));
      expect([statusCode, body.includes('Not from this network')]).toEqual([403, true]);
      expect(await ann.isIn('/page')).toBe(false);
    });
  });

  test('whoever owned a second factor when they came is asked for it once a rule asks for what one owns', async () => {
    await ann.comeBack();
    const beth = ann.another();
    await sallyport.person('beth');
    await setUpAuthenticator(sallyport, await signIn(ann.another().home, 'beth'));
    await beth.setOut('/page');
    await signIn(beth.home, 'beth');
    await beth.comeBack();
    expect(await beth.isIn('/page')).toBe(true);
    await decide(sallyport, { name: 'everybody', require: 'mfa-if-owned' });
    expect([await ann.isIn('/page'), await beth.isIn('/page')]).toEqual([true, false]);
  });

  test('a device that is remembered excuses from what the policy asks, and never from a rule of the site', async () => {
    await ann.comeBack();
    const { secret } = await setUpAuthenticator(sallyport, ann.home);
    const outside = { 'x-forwarded-for': '203.0.113.7' };
    const phone = ann.another();
    Object.assign(phone.home.headers, outside);
    Object.assign(phone.there.headers, outside);
    await phone.setOut('/page');
    await signIn(phone.home, 'ann');
    await phone.home.press('Continue', { code: codeFor(sallyport, secret), remember: 'yes' });
    await phone.comeBack();
    expect([await phone.isIn('/page'), await phone.isIn('/admin')]).toEqual([true, true]);

    await phone.home.visit('/account');
    await phone.home.press('Sign out');
    sallyport.clock.pass(60_000);
    await phone.setOut('/page');
    await signIn(phone.home, 'ann');
    await phone.comeBack();
    expect([await phone.isIn('/page'), await phone.isIn('/admin')]).toEqual([true, false]);
    await phone.setOut('/admin');
    await typeCode(phone.home, codeFor(sallyport, secret));
    await phone.comeBack();
    expect(await phone.isIn('/admin')).toBe(true);
  });
});
