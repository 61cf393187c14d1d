import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hours, minutes } from '../../src/kernel/clock.ts';
import { kinds } from '../support/databases.ts';
import { codeSentTo, mailbox, setUpSentCode, signIn, typeCode } from '../support/verbs.ts';
import { Application, type OidcSallyport, openOidcSallyport } from './support.ts';

const mfa = 'https://refeds.org/profile/mfa';
const essential = JSON.stringify({ id_token: { acr: { essential: true, values: [mfa] } } });
const policies = [
  {
    name: 'codes by mail',
    require: 'mfa-if-owned',
    methods: { second: ['email-code'] },
    countsForStepUp: ['email-code'],
  },
];

describe.each(kinds)('a code by mail, where a rule counts it for more, on %s', (kind) => {
  let sallyport: OidcSallyport;
  let tracker: Application;
  beforeAll(async () => {
    sallyport = await openOidcSallyport(kind, { policies });
    tracker = new Application(sallyport, 'tracker');
  });
  afterAll(() => sallyport.close());

  test('answers an application only once its address has stood for three days (D22)', async () => {
    await sallyport.person('ann');
    const to = mailbox('ann@mail.example.org');
    await setUpSentCode(sallyport, await signIn(sallyport.browser(), 'ann'), to);
    const ask = async () => {
      const browser = await signIn(sallyport.browser(), 'ann');
      await browser.press('Send code');
      await typeCode(browser, await codeSentTo(sallyport, to.recipient));
      expect(browser.url).toBe('/account');
      sallyport.pass(minutes(5));
      return browser.visit(await tracker.ask({ claims: essential }));
    };
    expect((await ask()).title).toBe('Enter a backup code');
    sallyport.pass(hours(72));
    const settled = await ask();
    expect((await tracker.redeem(settled)).claims()).toMatchObject({ acr: mfa, amr: ['mfa', 'otp', 'pwd'] });
  });
});
