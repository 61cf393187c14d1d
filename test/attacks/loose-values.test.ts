import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { halfway, isIn, owner, post, tokenOn } from './tools.ts';

/** What a lenient comparison might take for a code. */
const loose = [
  'code=true',
  'code=0',
  'code=1e5',
  'code=null',
  'code=undefined',
  'code=NaN',
  'code=',
  'code=[]',
  'code={}',
  'code=%00',
  'code=000000%00',
  'code=-00000',
  'code=+12345',
  'code=0x1234',
  'code=１２３４５６',
  'code=*',
  'code=%25',
  'code[]=000000',
  'code[0]=000000',
  'code[$ne]=1',
  'code[length]=6',
  '',
  '__proto__[code]=1',
  'constructor=1',
] as const;

describe.each(kinds)('T19: what is no code, on %s', (kind) => {
  let sallyport: Sallyport;
  let pending: Browser;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
    await owner(sallyport, 'ann');
    pending = await halfway(sallyport, 'ann');
  });
  afterAll(() => sallyport.close());

  const answer = (body: string, type = 'application/x-www-form-urlencoded') =>
    pending.send('POST', `${pending.url}/prove/totp`, body, { 'content-type': type });

  test.each(loose)('%s is none', async (body) => {
    expect([303, 400]).toContain((await answer(`_csrf=${tokenOn(pending)}&${body}`)).statusCode);
    expect(await isIn(pending)).toBe(false);
  });

  test('a name with NUL in it is refused before a database stumbles over it', async () => {
    const browser = await new Browser(sallyport.app).visit('/sign-in');
    expect((await post(browser, `${browser.url}/identify`, { username: 'ann\0' })).statusCode).toBe(400);
  });

  test('a code given twice is refused before it is looked at', async () => {
    expect((await answer(`_csrf=${tokenOn(pending)}&code=000000&code=111111`)).statusCode).toBe(400);
  });

  test.each(['true', '0', '[]', '{}', '""', 'null', '["000000"]', '100000'])('nor is %s in JSON', async (code) => {
    const answered = await answer(`{"_csrf":"${tokenOn(pending)}","code":${code}}`, 'application/json');
    expect(answered.statusCode).toBe(415);
    expect(await isIn(pending)).toBe(false);
  });
});
