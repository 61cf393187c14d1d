import { z } from 'zod';
import { apps } from './apps.ts';

export const totpSettings = z
  .strictObject({
    /** The name an authenticator app shows beside the code. */
    issuer: z.string().min(1).max(64).default('Sallyport'),
    /** Whom to call when setting up does not work. */
    helpLine: z.string().optional(),
    apps: z.array(z.strictObject({ name: z.string(), android: z.url(), ios: z.url() })).default(apps),
  })
  .prefault({});

export type TotpSettings = z.output<typeof totpSettings>;
