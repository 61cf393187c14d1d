import { openDatabase } from '../src/store/database.ts';
import { Browser } from '../test/support/browser.ts';
import { testClock } from '../test/support/clock.ts';
import { openOn, type Sallyport } from '../test/support/open.ts';
import { ShopPage, shops } from '../test/support/shop-page.ts';
import { codeFor, setUpAuthenticator, signIn } from '../test/support/verbs.ts';
import { benchHouse } from './house.ts';
import { type Pair, pace, paired } from './measure.ts';

const abreast = 8;
/** Many more than go on at once: nobody's code is used up before the clock has gone on. */
const people = 64;
const span = 2500;

/**
 * Step-ups that an application asks for in its own page, from the session to the token: begun, a code checked, the
 * authorization code redeemed. The floor is the same with a database in memory, so the ratio is the share of the time that
 * is no waiting for commits.
 */
export async function stepUps(): Promise<Pair> {
  const durable = await benchHouse(shops);
  const fleeting = await openOn(openDatabase('sqlite::memory:'), shops, { clock: testClock(Date.now()) });
  const [ours, floor] = [await stepping(durable), await stepping(fleeting)];
  const result = await paired(
    () => pace(ours, abreast, span),
    () => pace(floor, abreast, span),
  );
  await durable.close();
  await fleeting.close();
  return result;
}

/** Signed in with an authenticator app each, in a page of the shop. */
async function stepping(house: Sallyport): Promise<() => Promise<void>> {
  const all: { page: ShopPage; secret: string }[] = [];
  for (let number = 0; number < people; number++) {
    const name = `person-${number}`;
    await house.person(name);
    const browser = await signIn(new Browser(house.app), name);
    const { secret } = await setUpAuthenticator(house, browser);
    const told = { issuer: 'http://localhost:4000', browser: () => browser };
    all.push({ page: new ShopPage(told), secret });
  }
  let turn = 0;
  return async () => {
    if (turn % (people / 2) === 0) house.clock.pass(30_000);
    const { page, secret } = all[turn++ % people] as (typeof all)[number];
    const { token = '' } = await page.stepUp();
    await page.start(token, 'totp');
    const { code = '' } = await page.verify(token, codeFor(house, secret));
    const { access_token } = await page.redeem(code);
    if (access_token === undefined) throw new Error(`no token for the step-up ${token}`);
  };
}
