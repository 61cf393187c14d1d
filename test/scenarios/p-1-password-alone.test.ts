import { expect } from 'vitest';
import { personWithDuo } from '../support/duo.ts';
import { withDuo } from '../support/duo-scenario.ts';
import { arrived, cookieNow, eventsOf, without } from '../support/passwordless.ts';
import { typeName, typePassword } from '../support/scenario-verbs.ts';

withDuo(
  'P-1 A password alone, where nobody asks for more',
  async ({ sallyport, tenant, page, step }) => {
    await personWithDuo({ ...sallyport, tenant }, 'with-duo');
    await step('Say who you are', () => typeName(page, 'with-duo'));
    await step('Type the password', () => typePassword(page));
    await step('Be in: no more is asked, and nothing offered', async () => {
      await arrived(page);
      expect(await cookieNow(page)).toBeNull();
      // Of what is written down in the same millisecond nobody knows which came first.
      const events = await eventsOf(sallyport, 'with-duo');
      expect(events.toSorted()).toEqual(['RequestUnsupported', 'proof.accepted', 'session.started']);
    });
  },
  { settings: { declaredMfa: true }, config: without({}, 'sfa') },
);
