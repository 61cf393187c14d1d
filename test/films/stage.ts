import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import { openChromium } from '../support/chromium.ts';
import { film } from './layout.ts';
import { drawn, emptyStage, type Look, type Pointer, type Story } from './scene.tsx';
import type { Frame } from './timing.ts';

/** A page of a browser's own on which the pictures of a film are drawn, one by one. */
export interface Stage {
  /** Draws one moment. @returns it as PNG */
  frame(frame: Frame<Look>): Promise<Buffer>;
  /** What a step ended with. @returns it as WebP */
  still(look: Look): Promise<Buffer>;
  close(): Promise<void>;
}

const styles = ['src/ui/styles/tokens.css', 'test/films/film.css'];

export async function openStage(story: Story): Promise<Stage> {
  const chromium = await openChromium();
  const page = await chromium.newPage({ viewport: film });
  await page.setContent(emptyStage(styles.map((file) => readFileSync(file, 'utf8')).join('\n')));
  const devtools = await page.context().newCDPSession(page);
  return {
    async frame(frame) {
      await show(page, story, frame);
      return capture(devtools, { format: 'png', optimizeForSpeed: true });
    },
    async still(look) {
      await show(page, story, { from: look, to: look, part: 1 });
      return capture(devtools, { format: 'webp', quality: 88 });
    },
    close: () => chromium.close(),
  };
}

type Format = { format: 'png'; optimizeForSpeed: true } | { format: 'webp'; quality: number };

/** A browser that is busy may say once that it cannot. */
async function capture(devtools: CDPSession, format: Format, tries = 3): Promise<Buffer> {
  try {
    return Buffer.from((await devtools.send('Page.captureScreenshot', format)).data, 'base64');
  } catch (failure) {
    if (tries === 1) throw failure;
    return capture(devtools, format, tries - 1);
  }
}

/** Two looks over each other, and the pointer above. */
async function show(page: Page, story: Story, { from, to, part }: Frame<Look>): Promise<void> {
  const pointer = between(from.pointer, to.pointer, part);
  await page.evaluate(onStage, { from: drawn(story, from), to: drawn(story, to), part, pointer });
}

/** Where the pointer is on its way; it comes and goes by fading. */
function between(from: Pointer | null, to: Pointer | null, part: number) {
  const [start, end] = [from ?? to, to ?? from];
  if (start === null || end === null) return null;
  const opacity = (from === null ? 0 : 1 - part) + (to === null ? 0 : part);
  return {
    x: start.x + (end.x - start.x) * part,
    y: start.y + (end.y - start.y) * part,
    pressed: end.pressed,
    opacity,
  };
}

interface Moment {
  readonly from: string;
  readonly to: string;
  readonly part: number;
  readonly pointer: ReturnType<typeof between>;
}

/** Runs in the browser. What is drawn already is not drawn again. */
async function onStage({ from, to, part, pointer }: Moment): Promise<void> {
  const one = (id: string) => document.getElementById(id) ?? document.body;
  const stage: { drawn?: Record<string, string> } = document.body as object;
  stage.drawn ??= {};
  for (const [id, html] of Object.entries({ from, to })) {
    if (stage.drawn[id] === html) continue;
    stage.drawn[id] = html;
    one(id).innerHTML = html;
    await Promise.all([...one(id).querySelectorAll('img')].map((img) => img.decode()));
  }
  one('to').style.opacity = String(part);
  const arrow = one('pointer');
  arrow.style.opacity = String(pointer?.opacity ?? 0);
  arrow.style.transform = `translate(${pointer?.x ?? 0}px, ${pointer?.y ?? 0}px)`;
  arrow.classList.toggle('pressed', pointer?.pressed ?? false);
}
