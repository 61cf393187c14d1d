import { setImmediate } from 'node:timers/promises';

/** Does something long a step at a time, so that others are answered meanwhile. @param work gives way at each `yield` */
export async function unhurried<Result>(work: Generator<void, Result, void>): Promise<Result> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
