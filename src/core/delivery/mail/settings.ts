import { z } from 'zod';
import { oneSource } from '../../../config/secret.ts';

const line = z.string().regex(/^[^\p{Cc}]+$/u, { error: 'must be one line' });
const mailbox = line.regex(/^[^@]+@[^@]+$/, { error: 'must be an address, or `Name <address>`' });
const password = oneSource('password');

/** What stands around every letter, whatever it says: none of it can take the place of what a letter has to say. */
const frame = z
  .strictObject({
    subject: line
      .max(100)
      .refine((given) => given.split('{subject}').length === 2, { error: 'must hold {subject}, once' })
      .default('{subject}')
      .describe('Every subject, `{subject}` being the letter’s own: `[Example] {subject}`.'),
    closing: z
      .strictObject({
        en: z.array(line.max(300)).max(6).default([]).describe('In English, a paragraph each.'),
        de: z.array(line.max(300)).max(6).default([]).describe('And in German.'),
      })
      .prefault({})
      .describe('What stands at the end of every letter: who writes, and where to ask.'),
  })
  .prefault({});

/** How mail is sent (RFC 8314: submission, with TLS). */
export const mailSettings = z
  .strictObject({
    host: line.describe('The mail server: mail is sent by SMTP. Nothing is sent when the section is left out.'),
    port: z.int().min(1).max(65_535).default(587).describe('587 with `starttls`, 465 with `implicit`.'),
    tls: z
      .enum(['starttls', 'implicit', 'none'])
      .default('starttls')
      .describe('`starttls`: not without it. `none` sends in the clear, and never a password.'),
    user: z.string().optional().describe('Who signs in to the mail server; nobody, when left out.'),
    password: z.string().optional().describe('With which password.'),
    passwordFile: z.string().optional().describe('A file that holds it.'),
    from: mailbox.describe('Who writes: an address, or `Name <address>`.'),
    replyTo: mailbox.optional().describe('Where answers go; to `from`, when left out.'),
    words: frame.describe('Your own words around every letter.'),
    ca: z.string().optional().describe('A PEM file: authorities believed for the mail server besides the system’s.'),
    proxy: z
      .union([z.literal('none'), z.url({ protocol: /^https?$/ })])
      .optional()
      .describe('An HTTP proxy to reach it by, or `none`; `network.proxy` when left out.'),
  })
  .refine(password.check, { error: password.error })
  .refine(
    ({ user, password: given, passwordFile }) => (user !== undefined) === ((given ?? passwordFile) !== undefined),
    {
      error: 'user and password belong together',
    },
  )
  .refine(({ tls, user }) => tls !== 'none' || user === undefined, { error: 'a password is never sent without TLS' });

export type MailSettings = z.output<typeof mailSettings>;
