import { expect } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { password } from '../support/open.ts';
import { authAt, mailOf, type ShopScene, shopScenario, withSentCodes } from '../support/shop-scene.ts';
import { codeSentTo } from '../support/verbs.ts';

const mfa = 'https://refeds.org/profile/mfa';

/** By mail: asks for a code, types it, and redeems what that gives. */
async function prove({ sallyport, call, redeem }: ShopScene, stepUp: unknown) {
  const { ok } = await call('startPasswordless', { authType: 'email', stepUp });
  const verificationCode = await codeSentTo(sallyport, mailOf('ann'));
  const verified = await call('verifyMfaPasswordless', { challengeId: ok?.['challengeId'], verificationCode });
  expect(verified).toMatchObject({ ok: { code: expect.any(String) } });
  return redeem(String(verified.ok?.['code']));
}

shopScenario('U-2 Step-up starts from the password, from the session, and from an access token', async (scene) => {
  const { sallyport, shop, step, open, call } = scene;
  await withSentCodes(scene, 'ann', 'mail');
  await open();
  const auth = authAt(shop);

  const login = await step('She types her password in the page of the shop', () =>
    call('loginWithPassword', { email: 'ann@example.org', password, auth }),
  );
  expect(login.ok).toEqual({ stepUpToken: expect.any(String), amr: ['email'] });
  const first = await step('She types the code from her mail', () => prove(scene, login.ok?.['stepUpToken']));
  expect(first.claims).toMatchObject({ acr: mfa, amr: ['mfa', 'otp', 'pwd'] });

  sallyport.clock.pass(minutes(2));
  const bySession = await step('Later the shop asks again: her session starts it', () =>
    call('getMfaStepUpToken', { options: auth }),
  );
  expect(bySession.ok).toMatchObject({ amr: ['email'] });
  const second = await step('She types another code', () => prove(scene, bySession.ok?.['token']));
  expect(second.claims['auth_time']).toBeGreaterThan(Number(first.claims['auth_time']));

  sallyport.clock.pass(minutes(2));
  const byToken = await step('And again: a fresh access token starts it', () =>
    call('getMfaStepUpToken', { options: auth, accessToken: second.accessToken }),
  );
  const third = await step('She types a third code', () => prove(scene, byToken.ok?.['token']));
  expect(third.claims['auth_time']).toBeGreaterThan(Number(second.claims['auth_time']));
});
