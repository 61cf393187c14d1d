import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { inject, onTestFinished } from 'vitest';
import { filmed, watch } from './camera.ts';
import { develop } from './develop.ts';
import { Film } from './film.ts';
import type { Filmed } from './guide.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder for films: given by `scripts/videos.mjs`, and by nobody else. */
    films?: string;
  }
  interface TaskMeta {
    /** What came of filming this test. */
    film?: Filmed;
  }
}

/** What a scenario has to say to whoever films it. */
export interface Filming {
  /** How its browsers are to be opened. */
  readonly browser: BrowserContextOptions;
  watch(context: BrowserContext): void;
  step<Result>(caption: string, page: Page, act: () => Promise<Result>): Promise<Result>;
}

const nobody: Filming = { browser: {}, watch: () => {}, step: (_caption, _page, act) => act() };

/** Films a scenario where films are asked for. The film is made once the test has passed; else there is none. */
export function filming(title: string): Filming {
  const folder = inject('films');
  if (folder === undefined) return nobody;
  const film = new Film();
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail' || film.steps.length === 0) return;
    task.meta.film = await develop(title, film, folder);
  }, 600_000);
  return {
    browser: filmed,
    watch: (context) => watch(context, film),
    step: (caption, page, act) => film.step(caption, page, act),
  };
}
