import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { scenario } from '../support/scenario.ts';
import { heading, press, signIn, signOut } from '../support/scenario-verbs.ts';

/** Taken only where a rule names them. */
const named = {
  policies: [
    {
      name: 'questions too',
      require: 'mfa-if-owned',
      methods: { second: ['totp', 'security-questions'], backup: ['backup-codes'] },
    },
  ],
};

async function fill(page: Page, n: number, [question, answer]: readonly [string, string]): Promise<void> {
  await page.getByLabel(`Question ${n}`).selectOption({ label: question });
  await page
    .getByLabel('Your answer')
    .nth(n - 1)
    .fill(answer);
}

const concert = 'Which concert was your first?';
const hiding = 'Where did you hide as a child?';
const lost = 'Which lost thing do you still miss?';

async function answer(page: Page, ...answers: readonly [string, string, string]): Promise<void> {
  for (const [at, question] of [concert, hiding, lost].entries())
    await page.getByLabel(question).fill(answers[at] ?? '');
  await press(page, 'Continue');
}

scenario(
  'M-7 Three questions are chosen, answered, and asked together',
  async ({ sallyport, page, step }) => {
    await sallyport.person('newcomer');
    await step('Sign in', () => signIn(page, 'newcomer'));
    await step('Look at the ways to sign in', () => page.goto('/account/security'));
    await step('Begin', () => press(page, 'Set up: Security questions'));
    await step('Choose a question twice, and an answer that anybody gives', async () => {
      await fill(page, 1, [concert, 'The drummers of Burundi']);
      await fill(page, 2, [concert, 'Behind the piano']);
      await fill(page, 3, [lost, 'Password']);
      await press(page, 'Save answers');
      expect(await page.getByRole('alert').allTextContents()).toEqual([
        'You have chosen this question already. Take another one.',
        'Many people answer that, so it is tried first. Choose another answer or another question.',
      ]);
    });
    await step('Find what was typed still there, and put it right', async () => {
      expect(await page.getByLabel('Your answer').nth(0).inputValue()).toBe('The drummers of Burundi');
      await fill(page, 2, [hiding, 'Behind the piano']);
      await fill(page, 3, [lost, 'A blue kite']);
      await press(page, 'Save answers');
    });
    await step('See them among the ways to sign in', async () => {
      if ((await heading(page)) === 'Keep these 15 backup codes') {
        await page.getByLabel('I have stored them').check();
        await press(page, 'Continue');
      }
      await page.goto('/account/security');
      expect(await page.locator('.row', { hasText: 'Security questions' }).textContent()).toContain('Added today');
    });

    await step('Come back another day', async () => {
      await signOut(page);
      sallyport.clock.pass(86_400_000);
      await page.goto('/sign-in');
      await signIn(page, 'newcomer');
      expect(await heading(page)).toBe('Answer your questions');
    });
    await step('Get one of three wrong, and not be told which', async () => {
      await answer(page, 'The drummers of Burundi', 'Under the stairs', 'A blue kite');
      expect(await page.getByRole('alert').textContent()).toMatch(/^The answers don’t all fit/);
    });
    await step('Answer as one remembers it, not as one wrote it', async () => {
      await answer(page, 'the drummers of burundi.', 'BEHIND  THE PIANO', 'a blue kite!');
      expect(await heading(page)).toBe('Hello newcomer');
    });
  },
  {},
  named,
);

scenario('M-7 Nobody is offered security questions where no rule names them', async ({ sallyport, page }) => {
  await sallyport.person('newcomer');
  await signIn(page, 'newcomer');
  await page.goto('/account/security');
  expect(await page.getByText('Authenticator app').count()).toBeGreaterThan(0);
  expect(await page.getByText('Security questions').count()).toBe(0);
});
