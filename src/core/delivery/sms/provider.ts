import { z } from 'zod';
import { inSeconds } from '../../../kernel/clock.ts';
import type { Means } from '../../../store/means.ts';
import type { Outcome, Sms } from '../courier.ts';

/** What a provider is reached with. */
export type Reach = Pick<Means, 'fetch' | 'clock'>;

export const text = z.string().min(1);
const currencies = new Set(Intl.supportedValuesOf('currency'));
/** What a message costs, about: the bill differs by country and length. */
export const price = z
  .strictObject({
    amount: z.number().positive().describe('What one message costs, about: the dashboard says what all of them did.'),
    currency: z
      .string()
      .refine((code) => currencies.has(code), { error: 'must be a currency of ISO 4217, such as EUR' })
      .describe('Of which currency that is, by ISO 4217: such as `EUR`.'),
  })
  .optional();
export type Price = NonNullable<z.output<typeof price>>;

/** Another host than the vendor's usual one: a region, or a door inside one's own network. */
export const door = (usual: string) =>
  z
    .url({ protocol: /^https?$/ })
    .default(usual)
    .describe('Where the provider is reached; another region may have its own.');

/** What the status alone tells: 400 and 422 are about this message, all other refusals about us or the provider. */
export function byStatus({ status }: Response, code?: string | number): Outcome {
  if (status >= 200 && status < 300) return { is: 'sent' };
  const why = code === undefined ? `${status}` : `${status} ${code}`;
  return { is: status === 400 || status === 422 ? 'refused' : 'down', why };
}

/** What was answered, if it is JSON. */
export const jsonOf = (response: Response): Promise<unknown> => response.json().catch(() => null);

/** Whole seconds until it is too late: a provider that keeps messages drops it then too (within its limits). */
export const secondsLeft = ({ clock }: Reach, { expiresAt }: Sms, [least, most]: readonly [number, number]): number =>
  Math.min(most, Math.max(least, inSeconds(expiresAt - clock.now())));
