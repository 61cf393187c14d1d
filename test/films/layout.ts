import type { Place } from './timing.ts';

/** Where everything stands in a film, in its pixels. */

export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Box extends Size, Place {}

export const film: Size = { width: 1280, height: 720 };

/** The browser whose page is shown, pixel for pixel; the film draws its frame around it. */
export const browser: Box = { x: 24, y: 59, width: 846, height: 639 };
/** How much larger than life the page is, to be read from afar. */
export const zoom = 1.125;
export const viewport: Size = { width: browser.width / zoom, height: browser.height / zoom };

/** Beside it: what is being done, and below that what is done by hand. */
export const column: Box = { x: 894, y: 22, width: 362, height: 676 };
export const device: Box = { x: 894, y: 214, width: 362, height: 484 };

/** As large as it goes, and no larger than it is, in the middle of the box. */
export function fit({ width, height }: Size, into: Box): Box {
  const scale = Math.min(1, into.width / width, into.height / height);
  const size = { width: width * scale, height: height * scale };
  return { x: into.x + (into.width - size.width) / 2, y: into.y + (into.height - size.height) / 2, ...size };
}

/** Where a place of a picture is, once the picture stands in a box. */
export const within = (box: Box, picture: Size, at: Place): Place => ({
  x: box.x + (at.x * box.width) / picture.width,
  y: box.y + (at.y * box.height) / picture.height,
});

/** Captions are set as large as three lines of them allow. @returns the size of the type, in pixels */
export const captionSize = (caption: string): number => (caption.length <= 48 ? 30 : caption.length <= 76 ? 26 : 22);
