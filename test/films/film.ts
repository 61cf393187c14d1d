import type { BrowserContext, Locator, Page } from 'playwright-core';
import { type Box, browser, device as deviceBox, fit, within, zoom } from './layout.ts';
import type { Device, Look, Picture, Pointer, Touch } from './scene.tsx';
import { readingTime, type Shot, strokes, travelTime } from './timing.ts';

/**
 * A film while its scenario is played: what a person does becomes shots. Nothing waits for the film's own time, which
 * passes only when it is shown, and nothing is drawn before all went well.
 */
export class Film {
  readonly shots: Shot<Look>[] = [];
  /** Each step, and what is seen at its end. */
  readonly steps: { readonly caption: string; readonly end: Look }[] = [];

  #page: Page | null = null;
  #window: { readonly tab: string; readonly page: Picture | null } = { tab: '', page: null };
  #device: Device | null = null;
  #pointer: Pointer = { x: browser.x + browser.width * 0.72, y: browser.y + browser.height * 0.82, pressed: false };
  #uses = 0;
  #rolling = false;
  #home: BrowserContext | null = null;

  /** The first browser is the one the film is about. */
  watch(context: BrowserContext): void {
    this.#home ??= context;
  }

  /** What happens in a step is seen; what happens between two of them is not. */
  async step<Result>(caption: string, page: Page, act: () => Promise<Result>): Promise<Result> {
    const step = this.steps.push({ caption, end: this.#now() }) - 1;
    await this.#see(this.#open() ?? page);
    this.#shoot(120, readingTime(caption));
    this.#rolling = true;
    try {
      const result = await act();
      // What was closed is remembered as it was.
      if (this.#page === null || this.#open() !== null) await this.#see(this.#page ?? page);
      this.#shoot(80, 1_000);
      this.steps[step] = { caption, end: this.#now() };
      return result;
    } finally {
      this.#rolling = false;
    }
  }

  /** What somebody does to a page, and what comes of it. Two things at once are seen as one. */
  async take<Result>(page: Page, act: () => Promise<Result>, before?: () => Promise<void>): Promise<Result> {
    if (!this.#rolling) return act();
    this.#rolling = false;
    try {
      await before?.();
      const result = await act();
      this.#pointer = { ...this.#pointer, pressed: false };
      await this.#see(page);
      this.#shoot(80, 560);
      return result;
    } finally {
      this.#rolling = true;
    }
  }

  /** Moves the pointer there, and presses. */
  async reach(locator: Locator): Promise<void> {
    const page = locator.page();
    // What does not come is the scenario's to complain of.
    if (!(await comes(locator))) return;
    await this.#scrollTo(locator);
    const box = await locator.boundingBox();
    const picture = isPhone(page) && this.#device?.is === 'phone' ? this.#device.picture : this.#window.page;
    if (box === null || picture === null) return;
    const origin = await partOf(page);
    const at = { x: box.x - origin.x + Math.min(box.width / 2, 110), y: box.y - origin.y + box.height / 2 };
    const to = within(picture.box, origin, at);
    const over = travelTime(this.#pointer, to);
    this.#pointer = { ...to, pressed: false };
    this.#shoot(over, 120);
    this.#pointer = { ...to, pressed: true };
    this.#shoot(0, 160);
  }

  /** Types a text stroke by stroke, all but the last. @param fill puts a text into the field */
  async type(page: Page, text: string, fill: (typed: string) => Promise<void>): Promise<void> {
    this.#pointer = { ...this.#pointer, pressed: false };
    for (const { typed, ms } of strokes(text).slice(0, -1)) {
      await fill(typed);
      await this.#look(page);
      this.#shoot(0, ms);
    }
  }

  plug(is: 'key' | 'finger'): void {
    this.#device = { is, state: 'ready' };
  }

  /** A key was made or asked for, and its device obliged. */
  used(): void {
    this.#uses += 1;
  }

  /** Whether somebody is there to touch it. */
  touched(yes: boolean): void {
    this.#touch(yes ? 'ready' : 'left');
  }

  unplug(): void {
    this.#device = null;
  }

  #touch(state: Touch): void {
    if (this.#device !== null && this.#device.is !== 'phone') this.#device = { ...this.#device, state };
  }

  #open(): Page | null {
    return this.#page?.isClosed() ? null : this.#page;
  }

  /** Looks once a page has come to rest; what was done by hand meanwhile is told first. */
  async #see(page: Page): Promise<void> {
    const source = await atRest(page);
    if (this.#uses > 0) {
      this.#uses = 0;
      this.#touch('asks');
      this.#shoot(240, 1_300);
      this.#touch('given');
      this.#shoot(80, 1_000);
      this.#touch('ready');
    }
    await this.#look(page, source);
  }

  async #look(page: Page, source?: string): Promise<void> {
    if (page.url() === 'about:blank') return;
    const { width, height } = await partOf(page);
    const into = isPhone(page) ? deviceBox : browser;
    const box = fit({ width: width * zoom, height: height * zoom }, into);
    const picture = { source: source ?? (await photo(page)), box };
    if (isPhone(page)) {
      this.#device = { is: 'phone', picture };
      return;
    }
    this.#page = page;
    const tab = (await page.title()).replace(/ - Sallyport$/, '');
    this.#window = { tab: page.context() === this.#home ? tab : `Another browser: ${tab}`, page: picture };
  }

  /** Whatever is acted on comes into the middle, as somebody scrolls who reads on the way. */
  async #scrollTo(locator: Locator): Promise<void> {
    const page = locator.page();
    const [box, size] = [await locator.boundingBox(), page.viewportSize()];
    if (box === null || size === null || (box.y > 8 && box.y + box.height < size.height - 8) || isPhone(page)) return;
    const from = await page.evaluate(() => window.scrollY);
    const by = box.y + box.height / 2 - size.height / 2;
    const moves = 16;
    for (let n = 1; n <= moves; n++) {
      const part = n / moves;
      await page.evaluate(
        (top) => window.scrollTo({ top, behavior: 'instant' }),
        from + by * part * part * (3 - 2 * part),
      );
      await this.#look(page);
      this.#shoot(0, 40);
    }
    this.#shoot(0, 300);
  }

  #shoot(over: number, hold: number): void {
    this.shots.push({ look: this.#now(), over, hold });
  }

  #now(): Look {
    const { tab, page } = this.#window;
    return { is: 'step', step: this.steps.length - 1, tab, page, device: this.#device, pointer: this.#pointer };
  }
}

const comes = (locator: Locator): Promise<boolean> =>
  locator.waitFor({ timeout: 5_000 }).then(
    () => true,
    () => false,
  );

/** Narrow as a phone is, it is shown as one. */
const isPhone = (page: Page): boolean => (page.viewportSize()?.width ?? 0) < 480;

/** What is shown of a page: all of it, or of a phone's page the phone that is drawn on it. */
async function partOf(page: Page): Promise<Box> {
  const { width, height } = page.viewportSize() ?? browser;
  const phone = isPhone(page) ? page.locator('.phone, .card').first() : null;
  const drawn = phone === null || (await phone.count()) === 0 ? null : await phone.boundingBox();
  return drawn ?? { x: 0, y: 0, width, height };
}

async function photo(page: Page): Promise<string> {
  const clip = isPhone(page) ? { clip: await partOf(page) } : {};
  const png = await page.screenshot({ animations: 'disabled', caret: 'hide', ...clip });
  return `data:image/png;base64,${png.toString('base64')}`;
}

/**
 * Waits until a page has arrived and looks the same for a fifth of a second; a page that never does is taken as it is.
 * @returns how it looks then
 */
async function atRest(page: Page): Promise<string> {
  let now = '';
  for (let looks = 0; looks < 10; looks++) {
    const before = now;
    await page.waitForLoadState('load');
    now = await photo(page);
    if (now === before) return now;
    await page.waitForTimeout(150);
  }
  return now;
}
