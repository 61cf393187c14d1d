import { hash, verify } from '@node-rs/argon2';
import { Browser } from '../test/support/browser.ts';
import { password } from '../test/support/open.ts';
import { codeFor, setUpAuthenticator, signIn, typeCode } from '../test/support/verbs.ts';
import { benchHouse } from './house.ts';
import { type Pair, pace, paired } from './measure.ts';

const abreast = 4;
const span = 3000;

/**
 * Whole sign-ins with password and authenticator code, every page of them, against nothing but the hash at the same cost:
 * what is missing to 1 is all that Sallyport does besides.
 */
export async function signIns(): Promise<Pair> {
  const house = await benchHouse();
  const lanes = await Promise.all(
    Array.from({ length: abreast }, async (_, lane) => {
      await house.person(`person-${lane}`);
      const browser = await signIn(new Browser(house.app), `person-${lane}`);
      return { name: `person-${lane}`, secret: '', browser };
    }),
  );
  // One after the other, since setting up turns the clock that all share.
  for (const lane of lanes) lane.secret = (await setUpAuthenticator(house, lane.browser)).secret;
  house.clock.pass(60_000);

  // A code serves once, so the clock goes on a step with every sign-in; more than one step is never skipped behind a lane.
  const whole = async (lane: number) => {
    const { name, secret } = lanes[lane] ?? { name: '', secret: '' };
    house.clock.pass(30_000);
    const browser = await signIn(new Browser(house.app), name);
    await typeCode(browser, codeFor(house, secret));
    if (browser.url !== '/account') throw new Error(`the sign-in ended at ${browser.url}: ${browser.text}`);
  };
  const phc = await hash(password, { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const result = await paired(
    () => pace(whole, abreast, span),
    () => pace(() => verify(phc, password), abreast, span),
  );
  await house.close();
  return result;
}
