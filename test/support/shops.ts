import { hours } from '../../src/kernel/clock.ts';
import { openOidcSallyport } from '../oidc/support.ts';
import type { DatabaseKind } from './databases.ts';
import { type ShopPage, shops } from './shop-page.ts';
import { codeSentTo, mailbox, setUpSentCode, signIn } from './verbs.ts';

export type ShopsScene = Awaited<ReturnType<typeof openShops>>;

/** A Sallyport that the shops speak to, and people who come to them. */
export async function openShops(kind: DatabaseKind) {
  const sallyport = await openOidcSallyport(kind, shops);
  const mailOf = (name: string) => `${name}@mail.example.org`;
  const codeFor = (name: string) => codeSentTo(sallyport, mailOf(name));
  let people = 0;

  async function person(): Promise<string> {
    people += 1;
    const name = `person-${people}`;
    await sallyport.person(name);
    return name;
  }

  /** As far as the question for a code. */
  async function halfway(shop: ShopPage, name: string): Promise<string> {
    const { tkn } = await shop.login(name);
    return String((await shop.stepUp({ tkn })).token);
  }

  return {
    sallyport,
    person,
    codeFor,
    halfway,

    /** Somebody who has got codes by mail for as long as it takes to count. */
    async withMail(): Promise<string> {
      const name = await person();
      await setUpSentCode(sallyport, await signIn(sallyport.browser(), name), mailbox(mailOf(name)));
      sallyport.pass(hours(72));
      return name;
    },

    /** @returns the access token of whoever signs in with a code */
    async inBy(shop: ShopPage, name: string): Promise<string> {
      const step = await halfway(shop, name);
      await shop.start(step);
      const { code } = await shop.verify(step, await codeFor(name));
      return String((await shop.redeem(String(code))).access_token);
    },
  };
}
