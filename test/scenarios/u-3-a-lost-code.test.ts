import { expect } from 'vitest';
import { minutes, seconds } from '../../src/kernel/clock.ts';
import { password } from '../support/open.ts';
import { authAt, mailOf, shopScenario, withSentCodes } from '../support/shop-scene.ts';
import { codeSentTo, phone } from '../support/verbs.ts';

shopScenario('U-3 Whoever lost a code asks for another with the same token', async (scene) => {
  const { sallyport, shop, step, open, call, redeem } = scene;
  await withSentCodes(scene, 'ann', 'mail', 'phone');
  await open();
  const { ok: login } = await call('loginWithPassword', { email: 'ann@example.org', password, auth: authAt(shop) });
  expect(login).toMatchObject({ amr: expect.arrayContaining(['email', 'sms']) });
  const stepUp = login?.['stepUpToken'];
  const start = (authType: string) => call('startPasswordless', { authType, stepUp });

  await step('She asks for a code by mail', () => start('email'));
  const lost = await codeSentTo(sallyport, mailOf('ann'));
  sallyport.clock.pass(seconds(20));
  const tooSoon = await step('It does not come; she asks again at once', () => start('email'));
  expect(tooSoon.refused).toMatchObject({
    error: 'too_many_requests',
    retryAfter: 40,
    errorUserMsg: 'Too many codes were sent. Wait a little.',
  });

  sallyport.clock.pass(minutes(1));
  await step('A minute later another one goes', () => start('email'));
  const { ok: bySms } = await step('She would rather have it on her phone', () => start('sms'));
  const verify = (verificationCode: string) =>
    call('verifyMfaPasswordless', { challengeId: bySms?.['challengeId'], verificationCode });
  const wrong = await step('She mistypes: the code from the mail is none here', () => verify(lost));
  expect(wrong.refused).toMatchObject({
    error: 'invalid_grant',
    errorMessageKey: 'error.invalidVerificationCode',
  });
  const right = await step('She types the one from her phone', async () =>
    verify(await codeSentTo(sallyport, phone.recipient)),
  );
  expect((await redeem(String(right.ok?.['code']))).claims).toMatchObject({ amr: ['mfa', 'pwd', 'sms'] });
  const over = await step('With that the token is over', () => start('email'));
  expect(over.refused).toMatchObject({ error: 'invalid_grant', errorMessageKey: 'error.expiredToken' });
});

shopScenario('U-3 No text message goes before the application asks for it', async (scene) => {
  const { sallyport, shop, step, open, call } = scene;
  await withSentCodes(scene, 'ann', 'phone');
  const before = await codeSentTo(sallyport, phone.recipient);
  await open();
  const { ok: login } = await step('She types her password', () =>
    call('loginWithPassword', { email: 'ann@example.org', password, auth: authAt(shop) }),
  );
  expect(login).toMatchObject({ amr: ['sms'] });
  expect(await codeSentTo(sallyport, phone.recipient)).toBe(before);
  await step('She asks for a code', () =>
    call('startPasswordless', { authType: 'sms', stepUp: login?.['stepUpToken'] }),
  );
  expect(await codeSentTo(sallyport, phone.recipient)).not.toBe(before);
});
