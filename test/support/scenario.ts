import { join } from 'node:path';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { filming } from '../films/filming.ts';
import { sharedChromium } from './chromium.ts';
import { type DatabaseKind, kinds } from './databases.ts';
import type { Turned } from './open.ts';
import { freePort } from './ports.ts';
import { openSallyport, type Sallyport } from './sallyport.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder for pictures: given by `scripts/pictures.mjs`, and by nobody else. */
    pictures?: string;
  }
}

/** A Sallyport that listens, and a person's browser in front of it. */
export interface Scenario {
  readonly sallyport: Sallyport;
  readonly origin: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about since it was opened: errors on the console, anything the policy forbade. */
  readonly complaints: readonly string[];
  /** One thing a person does, in words that can stand under a picture or in a film. */
  step<Result>(caption: string, act: (page: Page) => Promise<Result>): Promise<Result>;
  /** Another person's browser, or another device of the same. */
  another(options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** Where Sallyport is, as browsers see it. */
export interface Place {
  origin(port: number): string;
  /** What a browser has to be told to get there. */
  readonly flags: readonly string[];
  /** What Sallyport has to be told to be there. */
  readonly config: Record<string, unknown>;
}

/** How a person's browser is opened, and where they meet Sallyport. */
interface Opening extends BrowserContextOptions {
  readonly place?: Place;
}
const here: Place = { origin: (port) => `http://localhost:${port}`, flags: [], config: {} };

/** Where the people of the scenarios live. */
const home = { locale: 'en-GB', timezoneId: 'Europe/Berlin' } as const;

/** @param title names the pictures, where they are taken */
export async function openScenario(
  title: string,
  { place = here, ...options }: Opening = {},
  config: Record<string, unknown> = {},
  { kind = 'sqlite', ...turned }: Turned & { readonly kind?: DatabaseKind } = {},
): Promise<Scenario> {
  const port = await freePort();
  const origin = place.origin(port);
  const sallyport = await openSallyport(kind, { publicUrl: origin, ...place.config, ...config }, turned);
  await sallyport.app.listen({ port, host: 'localhost' });
  const chromium = await sharedChromium(place.flags);
  const contexts: BrowserContext[] = [];
  const pictures = inject('pictures');
  const film = filming(title);
  // A picture is of a page that has arrived, and nobody waits for a card to settle; films alone show how it moves.
  const still = inject('films') === undefined ? { reducedMotion: 'reduce' as const } : {};
  const complaints: string[] = [];

  async function contextFor(more: BrowserContextOptions): Promise<BrowserContext> {
    const context = await chromium.newContext({ ...home, ...still, ...film.browser, baseURL: origin, ...more });
    contexts.push(context);
    film.watch(context);
    context.on('console', (message) => {
      // That an address answered 404 or 410 the browser notes by itself; the page is meant to say so.
      const status = message.text().startsWith('Failed to load resource: the server responded with a status of 4');
      if ((message.type() === 'error' || message.type() === 'warning') && !status) complaints.push(message.text());
    });
    context.on('weberror', (failure) => complaints.push(failure.error().message));
    return context;
  }

  const context = await contextFor(options);
  const page = await context.newPage();
  let steps = 0;
  return {
    sallyport,
    origin,
    context,
    page,
    complaints,
    async step(caption, act) {
      steps += 1;
      const told = () =>
        act(page).catch((cause: unknown) => {
          throw new Error(`step ${steps}, "${caption}", at ${page.url()}`, { cause });
        });
      const result = await film.step(caption, page, told);
      if (pictures !== undefined)
        await page.screenshot({ path: join(pictures, title, `${String(steps).padStart(2, '0')} ${caption}.png`) });
      return result;
    },
    another: async (more = {}) => (await contextFor({ ...options, ...more })).newPage(),
    async close() {
      for (const one of contexts) await one.close();
      await sallyport.close();
    },
  };
}

/** Whether somebody looks at what is on the screen: they see one database, and nobody sees which. */
const watched = inject('films') !== undefined || inject('pictures') !== undefined;

/** How long a scenario may take, in milliseconds; it takes longer where somebody watches. */
const patience = inject('films') === undefined ? 120_000 : 600_000;

/** The same test on each database. */
export function onEachDatabase(title: string, run: (kind: DatabaseKind) => Promise<void>): void {
  for (const kind of watched ? kinds.slice(0, 1) : kinds) test(`${title}, on ${kind}`, () => run(kind), patience);
}

/** A test told as a scenario, in a fresh Sallyport and a fresh browser, which must have nothing to complain about. */
export function scenario(
  title: string,
  tell: (scene: Scenario) => Promise<void>,
  options: Opening = {},
  config: Record<string, unknown> = {},
): void {
  onEachDatabase(title, async (kind) => {
    const scene = await openScenario(title, options, config, { kind });
    try {
      await tell(scene);
      expect(scene.complaints).toEqual([]);
    } finally {
      await scene.close();
    }
  });
}
