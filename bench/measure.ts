/** How often per second `work` is done when `abreast` of them go on at once for `milliseconds`. */
export async function pace(
  work: (lane: number) => Promise<unknown>,
  abreast: number,
  milliseconds: number,
): Promise<number> {
  const start = performance.now();
  let done = 0;
  const lane = async (number: number) => {
    while (performance.now() - start < milliseconds) {
      await work(number);
      done++;
    }
  };
  await Promise.all(Array.from({ length: abreast }, (_, number) => lane(number)));
  return (done * 1000) / (performance.now() - start);
}

export interface Pair {
  readonly ours: number;
  readonly floor: number;
  readonly ratio: number;
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * Ours and the floor in turn, A B A B …, after one round that is not counted: the machine's moods fall on both. The ratio
 * is the median of the pairs' ratios.
 */
export async function paired(ours: () => Promise<number>, floor: () => Promise<number>, rounds = 5): Promise<Pair> {
  const pairs: Pair[] = [];
  for (let round = 0; round <= rounds; round++) {
    const pair = { ours: await ours(), floor: await floor() };
    if (round > 0) pairs.push({ ...pair, ratio: pair.ours / pair.floor });
  }
  const of = (key: keyof Pair) => median(pairs.map((pair) => pair[key]));
  return { ours: of('ours'), floor: of('floor'), ratio: of('ratio') };
}
