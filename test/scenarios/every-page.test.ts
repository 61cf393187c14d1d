import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, inject, test } from 'vitest';
import { openScenario } from '../support/scenario.ts';
import { tour } from '../support/scenario-tour.ts';

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
  const axe = new AxeBuilder({ page });
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
  return [...faults, ...(await violationsOn(page, scheme))];
}

describe.concurrent.each(['en-GB', 'de-DE'])('every page, in %s', (locale) => {
  test('fits a 320 px screen, pleases axe in light and dark, uses only what the style sheet knows', async () => {
    const scenario = await openScenario('every page', { locale, reducedMotion: 'reduce' });
    const css = readFileSync('dist/assets/styles.css', 'utf8');
    const found: string[] = [];
    await tour(scenario, async (name, page) => {
      expect(await page.title()).toMatch(/^.+ - Sallyport$/);
      for (const scheme of schemes) {
        const faults = await faultsOf(page, scheme, (what) => keep(page, locale, `${name}, ${what}`));
        found.push(...faults.map((fault) => `${name}, ${scheme}: ${fault}`));
      }
      const strangers = (await classesOn(page)).filter((one) => !css.includes(`.${one}`));
      found.push(...strangers.map((one) => `${name}: no style for .${one}`));
    });
    expect([...new Set(found)]).toEqual([]);
    expect(scenario.complaints).toEqual([]);
    await scenario.close();
  }, 240_000);
});
