import { expect } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { shopScenario, signsInAndTrusts } from '../support/shop-scene.ts';

shopScenario('U-7 Trusted devices are listed and deleted by the application', async (scene) => {
  const { sallyport, step, call, redeem } = scene;
  const { login, code } = await signsInAndTrusts(scene, 'She trusts this device');
  const { accessToken } = await redeem(code);
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
