import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LiveMethod } from '../../src/proving/gate.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor } from '../support/verbs.ts';
import { halfway, isIn, owner, post } from './tools.ts';

describe.each(kinds)('what a method says, on %s', (kind) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
  });
  afterAll(() => sallyport.close());

  test('T21: anything but a proof that is spent lets nobody in: no fault, no silence, no word nobody knows', async () => {
    const { secret } = await owner(sallyport, 'ann');
    const methods = sallyport.house.gate.methods as Map<string, LiveMethod>;
    const totp = methods.get('totp');
    if (totp === undefined) throw new Error('no authenticator app here');
    const proven = { is: 'proven', credential: 'any', evidence: totp.best };
    const verdicts: Record<string, () => Promise<unknown>> = {
      'it throws': () => Promise.reject(new Error('the verifier is broken')),
      'it says nothing': async () => undefined,
      'it says null': async () => null,
      'it says yes': async () => true,
      'it says a word nobody knows': async () => ({ is: 'fine' }),
      'it was spent meanwhile': async () => ({ ...proven, consume: async () => false }),
      'spending it says nothing': async () => ({ ...proven, consume: async () => undefined }),
      'spending it throws': async () => ({ ...proven, consume: () => Promise.reject(new Error('no')) }),
      'nothing can be spent': async () => proven,
    };
    for (const [what, check] of Object.entries(verdicts)) {
      methods.set('totp', { ...totp, check: check as LiveMethod['check'] });
      const browser = await halfway(sallyport, 'ann');
      await post(browser, `${browser.url}/prove/totp`, { code: codeFor(sallyport, secret) });
      expect([what, await isIn(browser), browser.cookies.has('__Host-session')]).toEqual([what, false, false]);
    }
    methods.set('totp', totp);
    const browser = await halfway(sallyport, 'ann');
    await post(browser, `${browser.url}/prove/totp`, { code: codeFor(sallyport, secret) });
    expect(await isIn(browser)).toBe(true);
  });
});
