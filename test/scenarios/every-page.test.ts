import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { onOneThing, others, withApplications } from '../support/others-tour.ts';
import { pins, withRealms } from '../support/pins-tour.ts';
import { policies } from '../support/policies-tour.ts';
import { openScenario, type Scenario } from '../support/scenario.ts';
import { besides, easier, forgotten, joins, type Look, tour, turnedAway } from '../support/scenario-tour.ts';
import { atSite, withSite } from '../support/site-tour.ts';

const schemes = ['light', 'dark'] as const;
const widths = [1280, 320] as const;
const pictures = inject('pictures');

/** What the page asks for beyond its width. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const classesOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...document.querySelectorAll('body [class]')].flatMap((element) => [...element.classList]));

/** Where only the colours changed, only colours can be wrong. */
async function violationsOn(page: Page, scheme: 'light' | 'dark'): Promise<string[]> {
  // Without a page of its own to gather what it found in frames: ours have none, and it takes half the time.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (scheme === 'light' ? axe : axe.withRules(['color-contrast'])).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
  );
}

async function keep(page: Page, language: string, name: string): Promise<void> {
  if (pictures === undefined) return;
  const folder = join(pictures, language);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Everything that is wrong with a page in one scheme, at both widths. */
async function faultsOf(
  page: Page,
  scheme: 'light' | 'dark',
  kept: (what: string) => Promise<void>,
): Promise<string[]> {
  const faults: string[] = [];
  await page.emulateMedia({ colorScheme: scheme });
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    await kept(`${scheme}, ${width}`);
    if ((await overflow(page)) > 0) faults.push(`wider than ${width} px`);
  }
  return faults;
}

/** Looks at every stop of a walk and says what is wrong there. */
async function inspect(
  title: string,
  given: { locale: string; config?: Record<string, unknown> },
  walk: (scenario: Scenario, look: Look) => Promise<void>,
): Promise<string[]> {
  const scenario = await openScenario(title, { locale: given.locale, reducedMotion: 'reduce' }, given.config);
  const css = readFileSync('dist/assets/styles.css', 'utf8');
  const found: string[] = [];
  await walk(scenario, async (name, page) => {
    expect(await page.title()).toMatch(/^.+ - Sallyport$/);
    for (const scheme of schemes) {
      const faults = await faultsOf(page, scheme, (what) => keep(page, given.locale, `${name}, ${what}`));
      // What axe looks for does not depend on the language.
      if (given.locale === 'en-GB') faults.push(...(await violationsOn(page, scheme)));
      found.push(...faults.map((fault) => `${name}, ${scheme}: ${fault}`));
    }
    const strangers = (await classesOn(page)).filter((one) => !css.includes(`.${one}`));
    found.push(...strangers.map((one) => `${name}: no style for .${one}`));
  });
  await scenario.close();
  return [...new Set([...found, ...scenario.complaints])];
}

/** A policy that offers what is easier. */
const withoutPassword = {
  policies: [
    {
      name: 'everybody',
      require: 'sfa',
      methods: { second: ['webauthn'] },
      passwordless: { methods: ['webauthn'] },
      passkeys: { offer: true },
    },
  ],
};

/** A policy that asks for a code besides the password, by mail. */
const codeBesides = {
  policies: [
    {
      name: 'everybody',
      require: 'sfa',
      methods: { second: ['email-code'], backup: [] },
      confirm: 'each-sign-in',
    },
  ],
};

/** Policies that let nobody in with a password, each with the page it leads to. */
const closed = [
  ['denied', 'deny'],
  ['stuck', 'phrh'],
  ['which to set up', 'mfa'],
  ['set up a key', 'phr'],
] as const;

describe.concurrent.each(['en-GB', 'de-DE'])(
  'in %s: fits 320 px, pleases axe in light and dark, has a style',
  (locale) => {
    test('every page of a person’s first two days', async ({ expect }) => {
      expect(await inspect('every page', { locale }, tour)).toEqual([]);
    }, 480_000);

    test('every page of the way back in', async ({ expect }) => {
      expect(await inspect('the way back in', { locale }, forgotten)).toEqual([]);
    }, 360_000);

    test('every page of an account for oneself', async ({ expect }) => {
      const config = { joining: { offered: true, domains: ['example.org'] } };
      expect(await inspect('an account for oneself', { locale, config }, joins)).toEqual([]);
    }, 360_000);

    test('every page about others', async ({ expect }) => {
      expect(await inspect('about others', { locale, config: withApplications }, others)).toEqual([]);
    }, 480_000);

    test('every page that tells of one thing too few', async ({ expect }) => {
      expect(await inspect('one thing too few', { locale }, onOneThing)).toEqual([]);
    }, 360_000);

    test('every page about policies', async ({ expect }) => {
      expect(await inspect('about policies', { locale }, policies)).toEqual([]);
    }, 480_000);

    test('every page about PINs', async ({ expect }) => {
      expect(await inspect('about PINs', { locale, config: withRealms }, pins)).toEqual([]);
    }, 360_000);

    test('every page at a site', async ({ expect }) => {
      expect(await inspect('at a site', { locale, config: withSite }, atSite)).toEqual([]);
    }, 360_000);

    test('every page without a password', async ({ expect }) => {
      const config = withoutPassword;
      expect(await inspect('without a password', { locale, config }, easier)).toEqual([]);
    }, 360_000);

    test('every page of a code besides the password', async ({ expect }) => {
      expect(await inspect('a code besides', { locale, config: codeBesides }, besides)).toEqual([]);
    }, 360_000);

    test.each(closed)(
      '%s',
      async (name, require) => {
        const config = { policies: [{ name: 'everybody', require }] };
        const faults = await inspect(name, { locale, config }, (scenario, look) => turnedAway(scenario, name, look));
        expect(faults).toEqual([]);
      },
      60_000,
    );
  },
);
