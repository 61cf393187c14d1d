import { expect } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { password } from '../support/open.ts';
import { authAt, type ShopScene, shopScenario } from '../support/shop-scene.ts';
import { codeSentTo, phone } from '../support/verbs.ts';

/** Ann signs in, with a code where one is asked for. @returns her access token */
async function comeIn({ sallyport, shop, call, callAndReturn, redeem }: ShopScene, code: boolean): Promise<string> {
  const login = { email: 'ann@example.org', password, auth: authAt(shop) };
  if (!code) return (await redeem(await callAndReturn('loginWithPassword', login))).accessToken;
  const { ok } = await call('loginWithPassword', login);
  const { ok: started } = await call('startPasswordless', { authType: 'email', stepUp: ok?.['stepUpToken'] });
  const verificationCode = await codeSentTo(sallyport, 'ann@example.org');
  const verified = await call('verifyMfaPasswordless', { challengeId: started?.['challengeId'], verificationCode });
  return (await redeem(String(verified.ok?.['code']))).accessToken;
}

shopScenario('U-1 The first way is added after the password, all else after what is owned', async (scene) => {
  const { sallyport, step, open, call } = scene;
  await sallyport.person('ann');
  await open();
  const first = await comeIn(scene, false);
  expect(await call('listMfaCredentials', first)).toEqual({ ok: { credentials: [] } });

  await step('She wants codes by mail', async () => {
    expect(await call('startMfaEmailRegistration', { accessToken: first })).toEqual({ ok: { status: 'email_sent' } });
  });
  const wrong = await call('verifyMfaEmailRegistration', { accessToken: first, verificationCode: '000000' });
  expect(wrong.refused).toMatchObject({ errorMessageKey: 'error.invalidVerificationCode' });
  await step('She types the code', async () => {
    const verificationCode = await codeSentTo(sallyport, 'ann@example.org');
    expect(await call('verifyMfaEmailRegistration', { accessToken: first, verificationCode })).toEqual({ ok: {} });
  });
  const { ok } = await call('listMfaCredentials', first);
  expect(ok).toMatchObject({ credentials: [{ type: 'email', friendlyName: 'a•••@example.org' }] });

  sallyport.clock.pass(minutes(1));
  const tooLittle = { refused: expect.objectContaining({ error: 'insufficient_user_authentication' }) };
  await step('What was given before is not enough for the next change', async () => {
    const { recipient: phoneNumber } = phone;
    expect(await call('startMfaPhoneNumberRegistration', { accessToken: first, phoneNumber })).toEqual(tooLittle);
    expect(await call('removeMfaEmail', { accessToken: first })).toEqual(tooLittle);
  });
  const second = await step('She signs in with a code', () => comeIn(scene, true));
  await step('Now she adds her phone', async () => {
    const { recipient: phoneNumber } = phone;
    const sent = await call('startMfaPhoneNumberRegistration', { accessToken: second, phoneNumber });
    expect(sent).toEqual({ ok: { status: 'sms_sent' } });
    const verificationCode = await codeSentTo(sallyport, phoneNumber);
    expect(await call('verifyMfaPhoneNumberRegistration', { accessToken: second, verificationCode })).toEqual({
      ok: {},
    });
  });
  await step('And takes the mail away', async () => {
    expect(await call('removeMfaEmail', { accessToken: second })).toEqual({ ok: {} });
    const { ok: left } = await call('listMfaCredentials', second);
    expect(left).toMatchObject({ credentials: [{ type: 'sms' }] });
  });
  await step('Five minutes later the token changes nothing', async () => {
    sallyport.clock.pass(minutes(5));
    const { recipient: phoneNumber } = phone;
    expect(await call('removeMfaPhoneNumber', { accessToken: second, phoneNumber })).toEqual(tooLittle);
  });
});
