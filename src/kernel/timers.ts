/** Stops what was begun, and waits for what is under way. */
export type Stop = () => Promise<void> | void;

/**
 * Does it now and then, one after the other, until stopped: a slow run is not overtaken by the next. It does not keep
 * the process alive.
 */
export const every = (
  milliseconds: number,
  work: () => Promise<void> | void,
  failed: (failure: unknown) => void,
): Stop => rounds(milliseconds, work, failed).stop;

/** As `every`, and at once when called; called while it runs, once more. It may ask whether to go on. */
export function rounds(
  milliseconds: number,
  work: (goingOn: () => boolean) => Promise<void> | void,
  failed: (failure: unknown) => void,
): { readonly wake: () => void; readonly stop: Stop } {
  let stopped = false;
  let again = false;
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const goingOn = () => !stopped;
  const plan = () => {
    running = undefined;
    if (stopped) return;
    timer = setTimeout(run, again ? 0 : milliseconds);
    timer.unref();
  };
  const run = () => {
    clearTimeout(timer);
    again = false;
    running = Promise.resolve(goingOn).then(work).catch(failed).finally(plan);
  };
  plan();
  return {
    wake() {
      if (running !== undefined) again = true;
      else if (!stopped) run();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      return running;
    },
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

/** Gives way to whatever waits. */
export const giveWay = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });

/** Does something long a step at a time, so that others are answered meanwhile. @param work gives way at each `yield` */
export async function unhurried<Result>(work: Generator<void, Result, void>): Promise<Result> {
  let step = work.next();
  while (!step.done) {
    await giveWay();
    step = work.next();
  }
  return step.value;
}
