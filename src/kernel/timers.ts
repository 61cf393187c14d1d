/** Stops what was begun. */
export type Stop = () => void;

/**
 * Does it now and then, one after the other, until stopped: a slow run is not overtaken by the next. It does not keep
 * the process alive.
 */
export function every(
  milliseconds: number,
  work: () => Promise<void> | void,
  failed: (failure: unknown) => void,
): Stop {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const plan = () => {
    if (stopped) return;
    timer = setTimeout(run, milliseconds);
    timer.unref();
  };
  const run = () => {
    void Promise.resolve().then(work).catch(failed).finally(plan);
  };
  plan();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** What `work` gives, or `late` when that takes longer than this. */
export async function within<T>(milliseconds: number, work: Promise<T>, late: () => T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(late()), milliseconds);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
