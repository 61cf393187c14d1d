import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { identityRoutes } from '../../src/protocols/identity/routes.ts';
import type { OidcSallyport } from '../oidc/support.ts';
import { kinds } from '../support/databases.ts';
import { over, ShopPage } from '../support/shop-page.ts';
import { openShops, type ShopsScene } from '../support/shops.ts';
import { codeSentTo, phone, setUpSentCode, signIn, typeCode } from '../support/verbs.ts';
import { waysInOf } from './tools.ts';

const mails = '/mfa/credentials/emails';
const phones = '/mfa/credentials/phone-numbers';

const tooLittle = 'insufficient_user_authentication';

/** Each row that changes a way in, and what is asked for before it by whoever may. A row that is not here fails the first test. */
interface Row {
  readonly body: object;
  readonly before?: { readonly path: string; readonly body: object; readonly sentTo: (name: string) => string };
}
const number = { phone_number: phone.recipient };
const rows: Readonly<Record<string, Row>> = {
  [`POST ${mails}`]: { body: {} },
  [`POST ${mails}/verify`]: {
    body: {},
    before: { path: mails, body: {}, sentTo: (name) => `${name}@example.org` },
  },
  [`DELETE ${mails}`]: { body: {} },
  [`POST ${phones}`]: { body: number },
  [`POST ${phones}/verify`]: { body: {}, before: { path: phones, body: number, sentTo: () => phone.recipient } },
  [`DELETE ${phones}`]: { body: number },
};

describe.each(kinds)('a change to how somebody gets in, asked for by a page of an application, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let scene: ShopsScene;
  beforeAll(async () => {
    scene = await openShops(kind);
    sallyport = scene.sallyport;
  });
  afterAll(() => sallyport.close());

  const page = (client = 'shop') => new ShopPage(sallyport, { client });
  let numbers = 0;

  /** Somebody who owns codes by mail and by text message. */
  async function person(): Promise<string> {
    const name = await scene.withMail();
    const number = `151234${String(numbers++).padStart(5, '0')}`;
    const theirs = { ...phone, typed: { country: 'DE', number: `0${number}` }, recipient: `+49${number}` };
    await setUpSentCode(sallyport, await signedIn(name), theirs);
    return name;
  }

  /** On pages of ours, with the code that goes to them. */
  async function signedIn(name: string) {
    const home = await signIn(sallyport.browser(), name);
    await home.press('Send code');
    return typeCode(home, await scene.codeFor(name));
  }

  test('every row that says so is tried', () => {
    const marked = identityRoutes({ ...sallyport.house, oidc: {} as never }).filter(({ changes }) => changes);
    const names = marked.map(({ method, path }) => `${method} ${path.replace('/identity/v1', '')}`);
    expect(names.sort()).toEqual(Object.keys(rows).sort());
  });

  const tokenOf = async (shop: ShopPage, to: string): Promise<string> => {
    const code = new URL(to).searchParams.get('code') ?? '';
    return String((await shop.redeem(code)).access_token);
  };
  const byPassword = async (shop: ShopPage, name: string, more: Record<string, string> = {}) =>
    tokenOf(shop, await shop.goOn((await shop.login(name)).tkn ?? '', undefined, more));

  /** Who sends it, what token they show, and what they are told. */
  const senders: Readonly<Record<string, { token(name: string, best: ShopPage): Promise<string>; told: string }>> = {
    'no token': { token: async () => 'none', told: 'invalid_token' },
    'a token of one factor': {
      token: (name) => byPassword(page('lax'), name),
      told: tooLittle,
    },
    'a token by a device that is remembered': {
      async token(name) {
        const shop = page();
        const step = await scene.halfway(shop, name);
        await shop.start(step);
        await shop.verify(step, await scene.codeFor(name), { trust_device: true });
        sallyport.pass(minutes(6));
        shop.browser.cookies.delete('__Host-session');
        return byPassword(shop, name);
      },
      told: tooLittle,
    },
    'a young token of an old proof': {
      async token(_, best) {
        sallyport.pass(minutes(6));
        return tokenOf(best, await best.goOn('', undefined, { prompt: 'none' }));
      },
      told: tooLittle,
    },
    'a token that is for something else': {
      token: (_, best) => best.goOn('', undefined, { prompt: 'none', scope: 'openid' }).then((to) => tokenOf(best, to)),
      told: 'insufficient_scope',
    },
  };

  const pairs = Object.keys(rows).flatMap((row) => Object.keys(senders).map((sender) => [row, sender] as const));
  test.each(pairs)('%s by %s is refused, and nothing changes', async (row, sender) => {
    const { body, before } = rows[row] ?? expect.fail();
    const { token, told } = senders[sender] ?? expect.fail();
    const [method, path] = row.split(' ') as ['POST' | 'DELETE', string];
    const name = await person();
    const best = page();
    const theirs = await scene.inBy(best, name);
    sallyport.pass(minutes(1));
    if (before !== undefined)
      expect(await best.call('POST', before.path, before.body, theirs)).toMatchObject({ status: 200 });
    const shown = await token(name, best);
    const code = before === undefined ? {} : { verification_code: await codeSentTo(sallyport, before.sentTo(name)) };
    const was = await waysInOf(sallyport);
    const asking = page(sender === 'a token of one factor' ? 'lax' : 'shop');
    // What one token began is there for no other.
    const error = before !== undefined && told === tooLittle ? over.error : told;
    expect(await asking.call(method, path, { ...body, ...code }, shown)).toMatchObject({ error });
    expect(await waysInOf(sallyport)).toBe(was);
  });
});
