/** How long things take in a film: slow enough to follow, quick enough to be watched again. All in milliseconds. */

export const framesPerSecond = 25;

/** A hand starts and lands softly. */
const eased = (part: number): number => part * part * (3 - 2 * part);

/** Somebody reads four words a second, after having found where to read. */
export const readingTime = (text: string): number =>
  Math.min(4_500, Math.max(1_300, 700 + 250 * text.trim().split(/\s+/).length));

/** The farther, the longer, and never in a hurry. */
export const travelTime = (from: Place, to: Place): number =>
  Math.min(1_000, Math.round(380 + 0.7 * Math.hypot(to.x - from.x, to.y - from.y)));

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** What stands in the field after each stroke. */
export interface Stroke {
  readonly typed: string;
  readonly ms: number;
}

/** Typing as somebody does who knows the text: long texts in fewer, larger strokes. */
export function strokes(text: string): readonly Stroke[] {
  const count = Math.min(text.length, 12);
  return Array.from({ length: count }, (_, at) => ({
    typed: text.slice(0, Math.ceil((text.length * (at + 1)) / count)),
    // Nobody types like a machine: every third stroke takes a little longer.
    ms: at % 3 === 1 ? 120 : 80,
  }));
}

/** What is seen, how long it takes to come about from what was seen before, and how long it stays. */
export interface Shot<Look> {
  readonly look: Look;
  readonly over: number;
  readonly hold: number;
}

/** A picture `part` of the way from one look to the next. */
export interface Frame<Look> {
  readonly from: Look;
  readonly to: Look;
  readonly part: number;
}

/**
 * The pictures of a film, each with the time it stays: one in every frame while something moves, one a second while
 * nothing does. Every shot ends on the frame nearest to its time, however many went before it.
 */
export function* framesOf<Look>(shots: readonly Shot<Look>[]): Generator<Frame<Look> & { readonly seconds: number }> {
  let from = shots[0]?.look;
  let time = 0;
  let shown = 0;
  const framesUntil = (ms: number) => Math.round((ms * framesPerSecond) / 1000) - shown;
  for (const { look: to, over, hold } of shots) {
    const moving = framesUntil(time + over);
    for (let n = 1; n <= moving; n++) {
      yield { from: from ?? to, to, part: eased(n / (moving + 1)), seconds: 1 / framesPerSecond };
    }
    shown += moving;
    time += over + hold;
    for (let left = framesUntil(time); left > 0; left -= framesPerSecond) {
      yield { from: to, to, part: 1, seconds: Math.min(left, framesPerSecond) / framesPerSecond };
    }
    shown += framesUntil(time);
    from = to;
  }
}

export const lengthOf = (shots: readonly Shot<unknown>[]): number =>
  shots.reduce((sum, { over, hold }) => sum + over + hold, 0);
