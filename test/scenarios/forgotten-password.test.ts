import { expect } from 'vitest';
import { listMessages } from '../../src/core/delivery/store.ts';
import { hours } from '../../src/kernel/clock.ts';
import { answerRecovery } from '../../src/proving/recovery.ts';
import { type Scenario, scenario } from '../support/scenario.ts';
import {
  heading,
  press,
  signOut,
  typeCode,
  typeName,
  typePassword,
  withAuthenticator,
} from '../support/scenario-verbs.ts';
import { codeFor } from '../support/verbs.ts';

const chosen = 'four quiet ponies on a hill';

/** Where the latest mail with these words on its link leads. */
async function linkIn({ sallyport }: Scenario, words: string): Promise<string> {
  const { gate } = sallyport.house;
  await answerRecovery(gate);
  const links = (await listMessages(gate, 20)).flatMap((one) => (one.channel === 'mail' ? [one.letter.link] : []));
  return new URL(links.find((link) => link?.words === words)?.to ?? 'http://localhost/no-link').pathname;
}

/** From the page of the password to the mail, and through its link. */
async function forget(scene: Scenario): Promise<void> {
  const { page, step } = scene;
  await step('Say that you forgot it', async () => {
    await typeName(page, 'newcomer');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('Email or username').fill('newcomer');
    await press(page, 'Send the link');
    expect(await heading(page)).toBe('Look at your email');
  });
  await step('Open the link in the mail', async () => {
    await page.goto(await linkIn(scene, 'Choose another password'));
    expect(await heading(page)).toBe('Choose another password');
    await press(page, 'Begin');
  });
}

async function choose({ page, step }: Scenario): Promise<void> {
  await step('Choose another password', async () => {
    await press(page, 'Begin');
    await page.getByLabel('New password', { exact: true }).fill(chosen);
    await press(page, 'Save password');
    expect(await heading(page)).toBe('That is done');
  });
}

scenario('A forgotten password is set by mail and one thing more, which nobody is spared afterwards', async (scene) => {
  const { sallyport, page, step } = scene;
  const { secret } = await withAuthenticator(scene, 'newcomer');
  await signOut(page);
  await forget(scene);
  await step('Confirm that it’s you', async () => {
    expect(await heading(page)).toBe('Enter the code from your app');
    await typeCode(page, codeFor(sallyport, secret));
  });
  await choose(scene);
  await step('Sign in with it, and with the code as always', async () => {
    sallyport.clock.pass(30_000);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await typeName(page, 'newcomer');
    await typePassword(page, chosen);
    await typeCode(page, codeFor(sallyport, secret));
    expect(await heading(page)).toBe('Hello newcomer');
  });
});

scenario(
  'Whoever has nothing but their mail waits for a day, without scripts too',
  async (scene) => {
    const { sallyport, page, step } = scene;
    await sallyport.person('newcomer');
    await forget(scene);
    await step('Have nothing else, and wait', async () => {
      expect(await heading(page)).toBe('There is nothing else to ask');
      await press(page, 'I have none of these: wait 24 hours instead');
      expect(await heading(page)).toBe('Now it’s a matter of time');
    });
    await step('Come back when the mail comes', async () => {
      sallyport.clock.pass(hours(24));
      await page.goto(await linkIn(scene, 'Choose another password'));
    });
    await choose(scene);
    await step('Sign in with it', async () => {
      await page.getByRole('link', { name: 'Sign in' }).click();
      await typeName(page, 'newcomer');
      await typePassword(page, chosen);
      expect(await heading(page)).toBe('Hello newcomer');
    });
  },
  { javaScriptEnabled: false },
);
