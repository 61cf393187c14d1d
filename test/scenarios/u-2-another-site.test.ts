import { expect } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { password } from '../support/open.ts';
import { authAt, mailOf, shopScenario, withSentCodes } from '../support/shop-scene.ts';
import { codeSentTo } from '../support/verbs.ts';

shopScenario(
  'U-2 From another site no session starts a step-up, and tokens do',
  async (scene) => {
    const { sallyport, shop, step, open, call, callAndReturn, redeem } = scene;
    await sallyport.person('bob');
    await withSentCodes(scene, 'ann', 'mail');
    await open();
    const auth = authAt(shop);

    await step('Bob signs in by his password alone', async () => {
      const code = await callAndReturn('loginWithPassword', { email: 'bob@example.org', password, auth });
      expect((await redeem(code)).claims).toMatchObject({ amr: ['pwd'] });
    });
    const bySession = await step('His browser keeps his session from the shop', () =>
      call('getMfaStepUpToken', { options: auth }),
    );
    expect(bySession.refused).toMatchObject({ error: 'invalid_token' });

    const login = await step('Ann types her password', () =>
      call('loginWithPassword', { email: 'ann@example.org', password, auth }),
    );
    const { claims, accessToken } = await step('And her code', () => prove(login.ok?.['stepUpToken']));
    expect(claims).toMatchObject({ amr: ['mfa', 'otp', 'pwd'] });
    sallyport.clock.pass(minutes(2));
    const byToken = await step('Her access token starts another', () =>
      call('getMfaStepUpToken', { options: auth, accessToken }),
    );
    expect((await prove(byToken.ok?.['token'])).claims).toMatchObject({ amr: ['mfa', 'otp', 'pwd'] });

    async function prove(stepUp: unknown) {
      const { ok } = await call('startPasswordless', { authType: 'email', stepUp });
      const verificationCode = await codeSentTo(sallyport, mailOf('ann'));
      const verified = await call('verifyMfaPasswordless', { challengeId: ok?.['challengeId'], verificationCode });
      return redeem(String(verified.ok?.['code']));
    }
  },
  { at: 'far' },
);
