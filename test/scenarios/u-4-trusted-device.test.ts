import { expect } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { password } from '../support/open.ts';
import { authAt, mailOf, shopScenario, withSentCodes } from '../support/shop-scene.ts';
import { codeSentTo } from '../support/verbs.ts';

shopScenario(
  'U-4 A device that is trusted with the code is not asked again for what the policy asks',
  async (scene) => {
    const { sallyport, shop, step, open, call, callAndReturn, redeem } = scene;
    await withSentCodes(scene, 'ann', 'mail');
    await open();
    const login = { email: 'ann@example.org', password, auth: authAt(shop) };
    const { ok } = await call('loginWithPassword', login);
    const { ok: started } = await call('startPasswordless', { authType: 'email', stepUp: ok?.['stepUpToken'] });
    const verified = await step('She types the code, and trusts this device', async () =>
      call('verifyMfaPasswordless', {
        challengeId: started?.['challengeId'],
        verificationCode: await codeSentTo(sallyport, mailOf('ann')),
        trustDevice: true,
      }),
    );
    expect((await redeem(String(verified.ok?.['code']))).claims).toMatchObject({
      acr: 'https://refeds.org/profile/mfa',
    });

    sallyport.clock.pass(minutes(2));
    const code = await step('Next time her password is enough', () => callAndReturn('loginWithPassword', login));
    expect((await redeem(code)).claims).toMatchObject({ acr: 'https://refeds.org/profile/sfa', amr: ['pwd'] });
    const more = await step('What the shop itself asks for is asked all the same', () =>
      call('getMfaStepUpToken', { options: authAt(shop) }),
    );
    expect(more.ok).toMatchObject({ amr: ['email'] });
  },
);
