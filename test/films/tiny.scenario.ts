import { scenario } from '../support/scenario.ts';
import { typeName } from '../support/scenario-verbs.ts';

/** What `filming.test.ts` has filmed: one that goes well, and one that does not. */

scenario('T-1 A name is typed', async ({ sallyport, page, step }) => {
  await sallyport.person('newcomer');
  await step('Type your name', () => typeName(page, 'newcomer'));
});

scenario('T-2 A step fails', async ({ page, step }) => {
  await step('Come to the gate', () => page.goto('/sign-in'));
  await step('Press what is not there', () => page.getByRole('button', { name: 'Nobody' }).click({ timeout: 1 }));
});
