import { expect } from 'vitest';
import { password } from '../support/open.ts';
import { authAt, shopScenario } from '../support/shop-scene.ts';

shopScenario('U-2 An application asks for the password in its own page', async (scene) => {
  const { sallyport, shop, step, open, call, callAndReturn, redeem } = scene;
  await sallyport.person('ann');
  await open();

  const wrong = await step('She mistypes her password', () =>
    call('loginWithPassword', { email: 'ann@example.org', password: 'not it', auth: authAt(shop) }),
  );
  expect(wrong.refused).toMatchObject({ error: 'invalid_grant', errorUserMsg: 'Wrong name or password.' });

  const code = await step('She types it right, and comes back signed in', () =>
    callAndReturn('loginWithPassword', { email: 'ann@example.org', password, auth: authAt(shop) }),
  );
  const { accessToken, claims } = await redeem(code);
  expect(claims).toMatchObject({ acr: 'https://refeds.org/profile/sfa', amr: ['pwd'] });
  expect((await call('getUser', { accessToken })).ok).toMatchObject({ email: 'ann@example.org' });
});
