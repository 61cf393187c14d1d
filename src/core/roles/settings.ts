import { z } from 'zod';

/** What whoever runs the house shares with others who help (S-5). */
export const supportSettings = z
  .strictObject({
    sharedWithAdministrators: z
      .boolean()
      .default(false)
      .describe('Administrators register PINs too, and not system administrators alone.'),
  })
  .prefault({});
