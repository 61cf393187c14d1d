import { z } from 'zod';
import { oneSource } from '../../../config/secret.ts';

const name = z
  .string()
  .regex(/^[\w.-]{1,64}$/, { error: 'must be letters, digits, . _ -' })
  .describe('What its place in the log is kept under: under another name it begins anew.');
const secret = oneSource('secret');

const fileStream = z.strictObject({
  name,
  to: z.literal('file'),
  path: z.string().min(1).describe('JSON lines are added to this file; it may be moved away at any time.'),
});

const stdoutStream = z.strictObject({ name, to: z.literal('stdout') });

const syslogStream = z.strictObject({
  name,
  to: z.literal('syslog'),
  host: z.string().min(1).describe('The receiver of syslog messages (RFC 5424).'),
  port: z.int().min(1).max(65_535).default(6514).describe('6514 with TLS, usually 514 without.'),
  transport: z
    .enum(['tls', 'tcp', 'udp'])
    .default('tls')
    .describe('`tls` (RFC 5425) and `tcp` count octets; what goes by `udp` may be lost unnoticed.'),
  ca: z.string().optional().describe('A PEM file: authorities believed for it besides the system’s.'),
  facility: z.int().min(0).max(23).default(10).describe('10 is security and authorization, 13 the log of audits.'),
});

const webhookStream = z
  .strictObject({
    name,
    to: z.literal('webhook'),
    url: z.url({ protocol: /^https?$/ }).describe('Each entry is sent there by POST.'),
    secret: z
      .string()
      .optional()
      .describe('Signs each, as Standard Webhooks says: `whsec_` and 24 to 64 bytes in base64.'),
    secretFile: z.string().optional().describe('A file that holds it.'),
  })
  .refine(secret.check, { error: secret.error })
  .refine(({ secret: given, secretFile }) => (given ?? secretFile) !== undefined, {
    error: 'give secret or secretFile: nobody would know whom it is from',
  })
  .refine(({ secret: given }) => given === undefined || keyIn(given) !== null, {
    error: 'secret must be whsec_ and 24 to 64 bytes in base64',
  });

/** The bytes of a signing secret; null when it is none. */
export function keyIn(text: string): Buffer | null {
  const [, encoded] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const key = Buffer.from(encoded ?? '', 'base64');
  return key.length >= 24 && key.length <= 64 ? key : null;
}

const stream = z.union([fileStream, stdoutStream, syslogStream, webhookStream]);

export const auditSettings = z
  .strictObject({
    keepDays: z
      .int()
      .min(30)
      .nullable()
      .default(null)
      .describe('How long entries are kept, at least 30 days; for ever, when left out.'),
    streams: z
      .array(stream)
      .default([])
      .refine((streams) => new Set(streams.map((one) => one.name)).size === streams.length, {
        error: 'two streams have the same name',
      })
      .describe('Where the log is told while it is written: each entry at least once, in order.'),
  })
  .prefault({});

export type StreamSettings = z.output<typeof stream>;
export type FileStream = z.output<typeof fileStream>;
export type SyslogStream = z.output<typeof syslogStream>;
export type WebhookStream = z.output<typeof webhookStream>;
