import { z } from 'zod';
import { shared } from '../../otp/realms.ts';

const realm = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, { error: 'may have a-z, 0-9, dot, dash and underscore' })
    .describe('What commands and tokens call it.'),
  name: z.string().min(1).max(64).describe('What people read on the pages.'),
  applications: z
    .array(z.string())
    .default([])
    .describe(
      'Ids of applications whose sign-in takes its PINs; those with a form of their own name it in their token.',
    ),
  ownMark: z
    .boolean()
    .default(false)
    .describe('A PIN serves once here, whether it served elsewhere or not. Else each PIN serves once anywhere.'),
});

/** Where PINs of their own are taken (`docs/one-pin.md`). Whoever has none there types the one they have for all. */
export const realmSettings = z.array(realm).default([]);

export type Realm = z.output<typeof realm>;

/** Whose PINs an application takes. */
export const realmAt = (realms: readonly Realm[], application: string): string =>
  realms.find(({ applications }) => applications.includes(application))?.id ?? shared;
