import { z } from 'zod';

/** Why something is done to somebody: a few words for whoever reads them later; empty: nobody said. */
export const reason = z
  .string()
  .trim()
  .max(200)
  .regex(/^\P{C}*$/u)
  .default('');
