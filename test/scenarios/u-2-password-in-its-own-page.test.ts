import { expect } from 'vitest';
import { password } from '../support/open.ts';
import { authAt, shopScenario } from '../support/shop-scene.ts';

shopScenario('U-2 An application asks for the password in its own page', async (scene) => {
  const { sallyport, shop, page, step, open, call, callAndReturn, redeem } = scene;
  await sallyport.person('ann');
  await open();

  const wrong = await step('She mistypes her password', () =>
    call('loginWithPassword', { email: 'ann@example.org', password: 'not it', auth: authAt(shop) }),
  );
  expect(wrong.refused).toMatchObject({ error: 'invalid_grant', errorUserMsg: 'Wrong name or password.' });

  const code = await step('She types it right, and comes back signed in', () =>
    callAndReturn('loginWithPassword', { email: 'ann@example.org', password, auth: authAt(shop) }),
  );
  const { accessToken, refreshToken, claims } = await redeem(code);
  expect(claims).toMatchObject({ acr: 'https://refeds.org/profile/sfa', amr: ['pwd'] });
  expect((await call('getUser', { accessToken })).ok).toMatchObject({ email: 'ann@example.org' });
  const renewed = await step('Her tokens are renewed', () => call('refreshTokens', { refreshToken }));
  const tokens = { access: String(renewed.ok?.['accessToken']), refresh: String(renewed.ok?.['refreshToken']) };
  expect((await call('getUser', { accessToken: tokens.access })).ok).toMatchObject({ email: 'ann@example.org' });

  await open();
  const again = await step('She comes back, and is in by her session', () =>
    callAndReturn('loginFromSession', authAt(shop)),
  );
  expect((await redeem(again)).claims).toMatchObject({ amr: ['pwd'] });

  await step('She signs out, and confirms it', async () => {
    await call('logout', { redirectTo: `${shop}/bye` }, { tokens: [tokens.refresh] }).catch(() => undefined);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(`${shop}/bye`);
  });
  const after = await call('refreshTokens', { refreshToken: tokens.refresh });
  expect(after.refused).toMatchObject({ error: 'invalid_grant' });
});
