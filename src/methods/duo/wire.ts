import { type ZodType, z } from 'zod';
import { type Instant, minutes } from '../../kernel/clock.ts';
import type { Means } from '../../store/means.ts';

/** What came of a question to Duo. */
export type Heard<T> =
  | { readonly is: 'said'; readonly said: T }
  /** It answered with nothing we know, which is never a yes: by its own number, or the one of HTTP. */
  | { readonly is: 'odd'; readonly code: number }
  /** We did not wait until it had something to say. */
  | { readonly is: 'late' }
  | { readonly is: 'down' };

export interface Question<T> {
  readonly path: string;
  readonly request: RequestInit;
  readonly shape: ZodType<T>;
  /** Milliseconds after which no answer is no failure; as long as anybody waits, when left out. */
  readonly patience?: number;
}

/** The line to Duo, which remembers for a minute that it was dead. */
export interface Wire {
  readonly host: string;
  readonly origin: string;
  isDown(): boolean;
  ask<T>(question: Question<T>): Promise<Heard<T>>;
}

const thisMachine = /^(localhost|127\.0\.0\.1)(:|$)/;

/** @param host of the API, with its port where that is not 443; plain HTTP to this machine alone */
export function openWire({ fetch, clock, tally }: Pick<Means, 'fetch' | 'clock' | 'tally'>, host: string): Wire {
  const origin = `${thisMachine.test(host) ? 'http' : 'https'}://${host}`;
  let failedAt: Instant | null = null;

  async function hear<T>({ path, request, shape, patience }: Question<T>): Promise<Heard<T>> {
    const waiting = patience === undefined ? {} : { signal: AbortSignal.timeout(patience) };
    try {
      return read(await fetch(`${origin}${path}`, { ...request, ...waiting }), shape);
    } catch (failure) {
      return { is: failure instanceof Error && failure.name === 'TimeoutError' && patience ? 'late' : 'down' };
    }
  }

  return {
    host,
    origin,
    isDown: () => failedAt !== null && clock.now() - failedAt < minutes(1),
    async ask(question) {
      const heard = await hear(question);
      failedAt = heard.is === 'down' ? clock.now() : null;
      tally.count(`provider.${heard.is}`, 'duo');
      return heard;
    },
  };
}

/** Only what has the shape we know is an answer. */
async function read<T>(answer: Response, shape: ZodType<T>): Promise<Heard<T>> {
  if (answer.status >= 500) return { is: 'down' };
  const body: unknown = await answer.json().catch(() => null);
  const known = shape.safeParse(body);
  if (answer.status === 200 && known.success) return { is: 'said', said: known.data };
  const { data } = numbered.safeParse(body);
  return { is: 'odd', code: data?.code ?? answer.status };
}
const numbered = z.object({ code: z.number() });
