// Whoever asks stands in the same process on both sides: of two processors a client of its own would take one, and the
// floor would measure how fast Node asks. So a ratio holds the cost of asking once in each of its parts.

/** What somebody waits for, and what the processors do for it: on a machine that others use too, the second is the steadier. */
export interface Pace {
  readonly perSecond: number;
  readonly perProcessorSecond: number;
}

/** How often `work` is done when `abreast` of them go on at once for `milliseconds`. */
export async function pace(
  work: (lane: number) => Promise<unknown>,
  abreast: number,
  milliseconds: number,
): Promise<Pace> {
  const start = performance.now();
  const before = process.cpuUsage();
  let done = 0;
  const lane = async (number: number) => {
    while (performance.now() - start < milliseconds) {
      await work(number);
      done++;
    }
  };
  await Promise.all(Array.from({ length: abreast }, (_, number) => lane(number)));
  const { user, system } = process.cpuUsage(before);
  return {
    perSecond: (done * 1000) / (performance.now() - start),
    perProcessorSecond: (done * 1_000_000) / (user + system),
  };
}

export interface Pair {
  readonly ours: number;
  readonly floor: number;
  readonly ratio: number;
  /** The same ratio by time of the processors. */
  readonly byWork: number;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * Ours and the floor in turn, A B A B …, after one round that is not counted: the machine's moods fall on both. A ratio is
 * the median of the pairs' ratios.
 */
export async function paired(ours: () => Promise<Pace>, floor: () => Promise<Pace>, rounds = 5): Promise<Pair> {
  const pairs: Pair[] = [];
  for (let round = 0; round <= rounds; round++) {
    const [a, b] = [await ours(), await floor()];
    const ratio = a.perSecond / b.perSecond;
    const byWork = a.perProcessorSecond / b.perProcessorSecond;
    if (round > 0) pairs.push({ ours: a.perSecond, floor: b.perSecond, ratio, byWork });
  }
  const of = (key: keyof Pair) => median(pairs.map((pair) => pair[key]));
  return { ours: of('ours'), floor: of('floor'), ratio: of('ratio'), byWork: of('byWork') };
}
