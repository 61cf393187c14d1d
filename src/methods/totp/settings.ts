import { z } from 'zod';
import { apps } from './apps.ts';

export const totpSettings = z
  .strictObject({
    issuer: z
      .string()
      .min(1)
      .max(64)
      .default('Sallyport')
      .describe('The name an authenticator app shows beside the code.'),
    helpLine: z.string().optional().describe('Whom to call when setting up does not work.'),
    apps: z
      .array(
        z.strictObject({
          name: z.string().describe('What the app is called.'),
          android: z.url().describe('Where it is for Android.'),
          ios: z.url().describe('Where it is for iPhones.'),
        }),
      )
      .default(apps)
      .describe('Authenticator apps that are recommended at the set-up.'),
  })
  .prefault({});

export type TotpSettings = z.output<typeof totpSettings>;
