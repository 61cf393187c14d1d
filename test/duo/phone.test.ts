import { expect, test } from 'vitest';
import { Browser } from '../support/browser.ts';
import { kinds } from '../support/databases.ts';
import { openWithDuo, personWithDuo } from '../support/duo.ts';
import { signIn } from '../support/verbs.ts';

const tracker = {
  id: 'tracker',
  name: 'Tracker',
  redirectUris: ['https://tracker.example/callback'],
  firstParty: true,
};
const asked = new URLSearchParams({
  client_id: tracker.id,
  redirect_uri: 'https://tracker.example/callback',
  response_type: 'code',
  scope: 'openid',
  code_challenge: 'x'.repeat(43),
  code_challenge_method: 'S256',
});

test.each(kinds)(
  'whoever is asked out of the blue reads on their phone what for, and from where, on %s',
  async (kind) => {
    const house = { applications: [tracker], trustedProxies: ['127.0.0.1'] };
    const sallyport = await openWithDuo(kind, {}, undefined, house);
    await personWithDuo(sallyport, 'sam');
    const shown = () => sallyport.tenant.pending(sallyport.tenant.find('sam') ?? expect.fail())[0];

    const browser = new Browser(sallyport.app, { 'x-forwarded-for': '192.0.2.7' });
    await signIn(await browser.visit(`/oauth/authorize?${asked}`), 'sam');
    await browser.press('Send me a push');
    expect(shown()).toMatchObject({ application: 'Tracker', place: '192.0.2.7' });
    await sallyport.close();
  },
);
