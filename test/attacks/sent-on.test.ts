import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kinds } from '../support/databases.ts';
import type { Sallyport } from '../support/sallyport.ts';
import { asNginx, asTraefik, openWithSite, Visitor, wiki } from '../support/site.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode } from '../support/verbs.ts';
import { atOnce, rowsOf } from './tools.ts';

const rules = [{ paths: ['/pay'], methods: ['POST'], require: 'mfa', withinMinutes: 1 }];
const policies = [{ name: 'everybody', require: 'sfa' }];
const body = 'to=Milk+%26+Co&amount=12';
const ours = { 'sec-fetch-site': 'same-origin' };
const form = { ...asNginx('/pay', 'POST'), ...ours, accept: 'text/html' };

/** What waits at the gate to be sent to a site is worth an attack: it has been meant by somebody. */
describe.each(kinds)('a form on its way to a site, on %s', (kind) => {
  let sallyport: Sallyport;
  let ann: Visitor;
  let secret: string;
  beforeEach(async () => {
    sallyport = await openWithSite(kind, { rules, policies });
    await sallyport.person('ann');
    ann = await arrived('ann');
    secret = (await setUpAuthenticator(sallyport, ann.home)).secret;
    sallyport.clock.pass(10 * 60_000);
  });
  afterEach(() => sallyport.close());

  async function arrived(name: string): Promise<Visitor> {
    const visitor = new Visitor(sallyport);
    await visitor.setOut('/page');
    await signIn(visitor.home, name);
    await visitor.comeBack();
    return visitor;
  }

  const waiting = async () => (await rowsOf(sallyport, 'parked')).length;

  /** From "more is to be proven" to the page that shows what waits. */
  async function proven(to: string): Promise<void> {
    const { pathname, search } = new URL(to);
    await ann.home.visit(pathname + search);
    await typeCode(ann.home, codeFor(sallyport, secret));
    await ann.comeBack();
  }
  async function parked(sent = body): Promise<void> {
    await proven(String((await ann.more(form, sent)).headers.location));
  }
  const shown = () => ann.there.send('GET', '/.sallyport/parked', undefined, asNginx('/.sallyport/parked'));
  const sends = async (sent = body, told: Record<string, string> = form, visitor = ann) => {
    const { statusCode, headers } = await visitor.more(told, sent);
    return headers['x-accel-redirect'] === '@site' ? 'sent' : String(statusCode);
  };

  test('it is asked about again while it waits, and after it was sent; only then it goes on', async () => {
    await parked();
    expect((await shown()).body).toContain('Milk &amp; Co');
    expect((await ann.ask(form)).statusCode).toBe(401);
    expect(await sends()).toBe('sent');
    expect((await ann.ask(form)).statusCode).toBe(401);
    expect((await ann.ask({ ...form, 'x-sallyport-sending': 'yes' })).statusCode).toBe(200);
    await ann.home.visit('/account');
    await ann.home.press('Sign out');
    expect((await ann.ask({ ...form, 'x-sallyport-sending': 'yes' })).statusCode).toBe(401);
  });

  test('it is sent once, of a hundred at once', async () => {
    await parked();
    const sent = await atOnce(100, () => sends());
    expect(sent.filter((one) => one === 'sent')).toHaveLength(1);
    expect(await sends()).toBe('403');
    const written = (await rowsOf(sallyport, 'audit')).filter(({ event }) => event === 'form.sent-on');
    expect(written).toMatchObject([{ detail: '{"application":"wiki"}' }]);
  }, 60_000);

  test('another body, another address, another method, another page than the site’s: not sent, and it still waits', async () => {
    await parked();
    for (const other of ['to=Milk+%26+Co&amount=120', `${body}&more=1`, '', body.replace('+', '%20')])
      expect([other, await sends(other)]).toEqual([other, '403']);
    expect(await sends(body, { ...form, 'sec-fetch-site': 'cross-site' })).toBe('403');
    expect(await sends(body, { ...form, 'sec-fetch-site': 'none' })).toBe('403');
    for (const elsewhere of [asNginx('/pay?x=1', 'POST'), asNginx('/pay/x', 'POST'), asNginx('/pay', 'PUT')])
      expect(await sends(body, { ...elsewhere, ...ours, accept: 'text/html' })).not.toBe('sent');
    expect(await sends()).toBe('sent');
  });

  test('what other sites make a browser send is not kept, nor what nobody is signed in for', async () => {
    const { 'sec-fetch-site': _, ...silent } = form;
    const forged = [
      { ...form, 'sec-fetch-site': 'cross-site' },
      { ...form, 'sec-fetch-site': 'same-site' },
      { ...form, 'sec-fetch-site': 'none' },
      { ...form, 'sec-fetch-site': 'cross-site', origin: wiki.origin },
      { ...silent, 'sec-fetch-site': '', origin: 'null' },
      { ...silent, 'sec-fetch-site': '', origin: 'https://wiki.example.evil.example' },
      { ...silent, 'sec-fetch-site': '' },
    ];
    for (const told of forged) {
      expect((await ann.more(told, body)).statusCode).toBeGreaterThan(300);
      expect([told, await waiting()]).toEqual([told, 0]);
    }
    await new Visitor(sallyport).more(form, body);
    expect(await waiting()).toBe(0);
    await ann.more({ ...silent, 'sec-fetch-site': '', origin: wiki.origin }, body);
    expect(await waiting()).toBe(1);
  });

  test('what a browser would not send again letter for letter is not kept, nor what is too long to be read', async () => {
    const odd = [
      'a=%41',
      'a=1%0A2',
      'a=1%0D2',
      'a=%00',
      'a',
      'a=b&',
      'a=%zz',
      'a=%ff',
      '_charset_=x',
      `a=${'b'.repeat(16_384)}`,
    ];
    for (const one of odd) {
      await ann.more(form, one);
      expect([one.slice(0, 20), await waiting()]).toEqual([one.slice(0, 20), 0]);
    }
    for (const type of ['multipart/form-data; boundary=x', 'application/json', 'text/plain', '']) {
      await ann.more({ ...form, 'content-type': type }, body);
      expect([type, await waiting()]).toEqual([type, 0]);
    }
    await ann.more({ ...form, ...asNginx('/pay', 'PUT') }, body);
    await ann.more({ ...asTraefik('/pay', 'POST'), ...ours, accept: 'text/html' }, body);
    expect(await waiting()).toBe(0);
    await ann.more(form, 'a=1%0D%0A2&b=%C3%A4&c=&a=2');
    expect(await waiting()).toBe(1);
  });

  test('one waits for each session, whatever is sent; it is sealed, and gone after five minutes', async () => {
    for (let n = 0; n < 5; n++) await ann.more(form, `${body}&n=${n}`);
    const [row, ...others] = await rowsOf(sallyport, 'parked');
    expect(others).toEqual([]);
    expect(JSON.stringify(row)).not.toMatch(/Milk|amount/);
    await parked();
    expect((await shown()).body).not.toContain('name="n"');
    sallyport.clock.pass(5 * 60_000 + 1);
    expect((await shown()).statusCode).toBe(410);
    expect(await sends()).not.toBe('sent');
  });

  test('no more than a thousand wait', async () => {
    const { database, clock } = sallyport.house.gate;
    const [session] = await rowsOf(sallyport, 'session');
    const own = database.read.withTables<Record<string, Record<string, unknown>>>();
    const id = (n: number) => `session ${n}`;
    for (let n = 0; n < 1000; n += 100) {
      const some = Array.from({ length: 100 }, (_, at) => n + at);
      await own
        .insertInto('session')
        .values(some.map((one) => ({ ...session, id: id(one), secret_hash: id(one) })))
        .execute();
      const row = { site_id: 'wiki', target: '/', body: '', body_hash: '', sent: 0, expires_at: clock.now() + 1000 };
      await own
        .insertInto('parked')
        .values(some.map((one) => ({ ...row, token_hash: id(one), session_id: id(one) })))
        .execute();
    }
    expect((await ann.more(form, body)).statusCode).toBe(303);
    expect(await waiting()).toBe(1000);
  });

  test('whoever else sits there sees nothing of it, sends nothing, and it is gone', async () => {
    await sallyport.person('bob');
    await parked();
    const bob = await arrived('bob');
    const token = ann.there.cookies.get('__Host-sallyport-parked') ?? '';
    bob.there.cookies.set('__Host-sallyport-parked', token);
    const page = await bob.there.send('GET', '/.sallyport/parked', undefined, asNginx('/.sallyport/parked'));
    expect([page.statusCode, page.body.includes('Milk')]).toEqual([410, false]);
    expect((await shown()).statusCode).toBe(410);
    sallyport.clock.pass(90_000);
    await parked();
    bob.there.cookies.set('__Host-sallyport-parked', ann.there.cookies.get('__Host-sallyport-parked') ?? '');
    expect(await sends(body, form, bob)).not.toBe('sent');
  });

  test('before it is proven nothing is shown or sent, and a proof that is old by then counts no more', async () => {
    const { headers } = await ann.more(form, body);
    expect((await shown()).statusCode).toBe(303);
    expect(await sends()).toBe('303');
    await proven(String(headers.location));
    expect((await shown()).statusCode).toBe(200);
    sallyport.clock.pass(90_000);
    expect((await shown()).statusCode).toBe(303);
    expect(await sends()).toBe('303');
  });
});
