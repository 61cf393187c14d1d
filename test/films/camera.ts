import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Film } from './film.ts';
import { viewport, zoom } from './layout.ts';

/** Which browsers are filmed. Nobody else looks here, so that scenarios know nothing of films. */
const films = new WeakMap<BrowserContext, Film>();

export const filmOf = (page: Page): Film | undefined => films.get(page.context());

/** How a browser is opened that is to be filmed: as large as the film shows it, and calm. */
export const filmed = { viewport, deviceScaleFactor: zoom, reducedMotion: 'reduce', colorScheme: 'light' } as const;

export function watch(context: BrowserContext, film: Film): void {
  film.watch(context);
  films.set(context, film);
  context.on('page', watchPage);
}

type Act = (...given: readonly unknown[]) => Promise<unknown>;

/** What is done to a whole page: only what comes of it is seen. */
const onPages = ['goto', 'reload', 'goBack', 'goForward'] as const;
const onKeyboards = ['press', 'type', 'insertText'] as const;

function watchPage(page: Page): void {
  for (const name of onPages) wrap(page, name, page);
  for (const name of onKeyboards) wrap(page.keyboard, name, page);
  watchLocators(Object.getPrototypeOf(page.locator('html')));
}

function wrap(owner: object, name: string, page: Page): void {
  const original: Act = Reflect.get(owner, name).bind(owner);
  const watched: Act = (...given) => filmOf(page)?.take(page, () => original(...given)) ?? original(...given);
  Reflect.set(owner, name, watched);
}

/** What is done to one thing on a page, and what is seen before it is done. */
const onLocators: Readonly<
  Record<string, (film: Film, locator: Locator, fill: Act, given: readonly unknown[]) => Promise<void>>
> = {
  click: (film, locator) => film.reach(locator),
  dblclick: (film, locator) => film.reach(locator),
  check: (film, locator) => film.reach(locator),
  uncheck: (film, locator) => film.reach(locator),
  selectOption: (film, locator) => film.reach(locator),
  press: async () => {},
  async fill(film, locator, original, [text]) {
    await film.reach(locator);
    await film.type(locator.page(), String(text), async (typed) => void (await original(typed)));
  },
};

const watchedAlready = new WeakSet<object>();

/** All locators of a process have one prototype. */
function watchLocators(prototype: object): void {
  if (watchedAlready.has(prototype)) return;
  watchedAlready.add(prototype);
  for (const [name, before] of Object.entries(onLocators)) {
    const original: Act = Reflect.get(prototype, name);
    Reflect.set(prototype, name, function watched(this: Locator, ...given: readonly unknown[]) {
      const act: Act = (...args) => original.apply(this, [...args]);
      const film = filmOf(this.page());
      return (
        film?.take(
          this.page(),
          () => act(...given),
          () => before(film, this, act, given),
        ) ?? act(...given)
      );
    });
  }
}
