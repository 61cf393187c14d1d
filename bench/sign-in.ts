import { hash, verify } from '@node-rs/argon2';
import { Browser } from '../test/support/browser.ts';
import { password, type Sallyport } from '../test/support/open.ts';
import { codeFor, setUpAuthenticator, signIn } from '../test/support/verbs.ts';
import { benchHouse } from './house.ts';
import { type Pair, pace, paired } from './measure.ts';

/** More than hash at once, as at a server that is busy: some wait for the disk while others are hashed. */
const abreast = 16;
/** As ours makes by default (`hashing.atOnce`). */
const hashesAtOnce = 2;
/** Twice as many people as sign in before the clock goes on a step: nobody's code is used up or outdated by others'. */
const aStep = 2 * abreast;
const people = 2 * aStep;
const span = 3000;

/**
 * Whole sign-ins with password and authenticator code, every page of them, against nothing but the hash at the same cost:
 * what is missing to 1 is all that Sallyport does besides.
 */
export async function signIns(): Promise<Pair> {
  const house = await benchHouse();
  const all = await gathered(house, people);
  let turn = 0;
  const whole = async () => {
    if (turn % aStep === 0) house.clock.pass(30_000);
    const { name, secret } = all[turn++ % people] ?? { name: '', secret: '' };
    await walkThrough(house, name, secret);
  };
  const phc = await hash(password, { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 });
  const result = await paired(
    () => pace(whole, abreast, span),
    () => pace(() => verify(phc, password), hashesAtOnce, span),
  );
  await house.close();
  return result;
}

/** People with an authenticator app each. */
async function gathered(house: Sallyport, count: number): Promise<readonly { name: string; secret: string }[]> {
  const all: { name: string; secret: string }[] = [];
  // One after the other, since setting up turns the clock that all share.
  for (let number = 0; number < count; number++) {
    const name = `person-${number}`;
    await house.person(name);
    const browser = await signIn(new Browser(house.app), name);
    all.push({ name, secret: (await setUpAuthenticator(house, browser)).secret });
  }
  house.clock.pass(60_000);
  return all;
}

/** One sign-in, page by page, as a browser without scripts would; it reads no more of a page than the form needs. */
async function walkThrough(house: Sallyport, name: string, secret: string): Promise<void> {
  const browser = new Browser(house.app);
  const go = async (method: 'GET' | 'POST', url: string, body?: string) => {
    const response = await browser.send(method, url, body);
    if (response.statusCode !== 303) return response.body;
    at = String(response.headers.location);
    // Through: what the person does there is no part of signing in.
    if (at === '/account') return '';
    return (await browser.send('GET', at)).body;
  };
  let at = '';
  const fill = (page: string, act: string, field: string, value: string) => {
    const token = /name="_csrf" value="([^"]+)"/.exec(page)?.[1] ?? '';
    return go('POST', `${at}/${act}`, new URLSearchParams({ _csrf: token, [field]: value }).toString());
  };
  const nameAsked = await go('GET', '/sign-in');
  const passwordAsked = await fill(nameAsked, 'identify', 'username', name);
  const codeAsked = await fill(passwordAsked, 'prove/password', 'password', password);
  await fill(codeAsked, 'prove/totp', 'code', codeFor(house, secret));
  if (at !== '/account') throw new Error(`the sign-in of ${name} ended at ${at}`);
}
