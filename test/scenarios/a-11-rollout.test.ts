import { device, passkeysOffered } from '../support/passkeys.ts';
import { arrived } from '../support/passwordless.ts';
import { scenario } from '../support/scenario.ts';
import { press, signIn } from '../support/scenario-verbs.ts';

const [everybody] = passkeysOffered.policies;

const chrome =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
const safari =
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605';

scenario(
  'A-11 A house begins with some: with those of one group, in one browser, on one system',
  async ({ sallyport, another, step }) => {
    await sallyport.person('pilot', { groups: ['pilots'] });
    await sallyport.person('newcomer');
    await step('One of the group, in that browser, is offered a passkey', async () => {
      const page = await another({ userAgent: chrome });
      await device(page);
      await signIn(page, 'pilot');
      await press(page, 'Not now');
      await arrived(page);
    });
    await step('Not in another browser', async () => {
      const page = await another({ userAgent: safari });
      await device(page);
      await signIn(page, 'pilot');
      await arrived(page);
    });
    await step('Nor is anybody else', async () => {
      const page = await another({ userAgent: chrome });
      await device(page);
      await signIn(page, 'newcomer');
      await arrived(page);
    });
  },
  {},
  {
    policies: [
      {
        ...everybody,
        passkeys: { offer: true, when: { group: 'pilots' }, browsers: ['Chrome'], systems: ['Windows'] },
      },
    ],
  },
);
