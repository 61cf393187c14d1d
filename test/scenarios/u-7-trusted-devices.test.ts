import { expect } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { password } from '../support/open.ts';
import { authAt, mailOf, shopScenario, withSentCodes } from '../support/shop-scene.ts';
import { codeSentTo } from '../support/verbs.ts';

shopScenario('U-7 Trusted devices are listed and deleted by the application', async (scene) => {
  const { sallyport, shop, step, open, call, redeem } = scene;
  await withSentCodes(scene, 'ann', 'mail');
  await open();
  const login = { email: 'ann@example.org', password, auth: authAt(shop) };
  const { ok } = await call('loginWithPassword', login);
  const { ok: started } = await call('startPasswordless', { authType: 'email', stepUp: ok?.['stepUpToken'] });
  const verified = await step('She trusts this device', async () =>
    call('verifyMfaPasswordless', {
      challengeId: started?.['challengeId'],
      verificationCode: await codeSentTo(sallyport, mailOf('ann')),
      trustDevice: true,
    }),
  );
  const { accessToken } = await redeem(String(verified.ok?.['code']));
  const { ok: listed } = await step('It is on the list', () => call('listTrustedDevices', accessToken));
  const [device] = (listed?.['trustedDevices'] ?? []) as { id: string }[];
  expect(device).toMatchObject({ metadata: { deviceName: 'Chrome, Linux', operatingSystem: 'Linux' } });

  const gone = await step('She deletes it', () =>
    call('removeTrustedDevice', { accessToken, trustedDeviceId: device?.id }),
  );
  expect(gone).toEqual({ ok: {} });
  expect(await call('listTrustedDevices', accessToken)).toEqual({ ok: { trustedDevices: [] } });
  const again = await call('removeTrustedDevice', { accessToken, trustedDeviceId: device?.id });
  expect(again.refused).toMatchObject({ error: 'not_found' });

  sallyport.clock.pass(minutes(2));
  const next = await step('The next sign-in asks for a code again', () => call('loginWithPassword', login));
  expect(next.ok).toMatchObject({ stepUpToken: expect.any(String) });
});
