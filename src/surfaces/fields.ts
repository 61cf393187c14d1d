import { z } from 'zod';

/** What addresses and forms of ours may hold, whichever page they belong to. */

/** The name of a row, as `newId` makes it. */
export const rowId = z.string().regex(/^[\w-]{22}$/);

export const methodId = z.string().regex(/^[a-z0-9-]{1,40}$/);

/** Where a page of people ended: a word, and whose it is; the name of a place, and no secret. Empty: at the beginning. */
export const afterPerson = z
  .string()
  .max(1100)
  .regex(/^([0-9a-f]*(\.[\w-]{22})?)$/)
  .default('');

/** Where a page of the log ended: a moment and an id. Empty: at the newest. */
export const afterEntry = z
  .string()
  .regex(/^(\d{1,15}\.[\w-]{22})?$/)
  .default('');

/** A form that is nothing but its button. */
export const noFields = z.strictObject({});

/** What a method's own form may hold: each field once, none longer than what an authenticator says of itself. */
export const methodFields = z
  .record(z.string().max(40), z.string().max(16 * 1024))
  .refine((form) => Object.keys(form).length <= 10);
