import { expect } from 'vitest';
import { minutes } from '../../src/kernel/clock.ts';
import { authAt, shopScenario, signsInAndTrusts } from '../support/shop-scene.ts';

shopScenario(
  'U-4 A device that is trusted with the code is not asked again for what the policy asks',
  async (scene) => {
    const { sallyport, shop, step, call, callAndReturn, redeem } = scene;
    const { login, code } = await signsInAndTrusts(scene, 'She types the code, and trusts this device');
    expect((await redeem(code)).claims).toMatchObject({
      acr: 'https://refeds.org/profile/mfa',
    });

    sallyport.clock.pass(minutes(2));
    const next = await step('Next time her password is enough', () => callAndReturn('loginWithPassword', login));
    expect((await redeem(next)).claims).toMatchObject({ acr: 'https://refeds.org/profile/sfa', amr: ['pwd'] });
    const more = await step('What the shop itself asks for is asked all the same', () =>
      call('getMfaStepUpToken', { options: authAt(shop) }),
    );
    expect(more.ok).toMatchObject({ amr: ['email'] });
  },
);
