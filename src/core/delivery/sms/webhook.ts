import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { oneSource, secretOf } from '../../../config/secret.ts';
import { inSeconds } from '../../../kernel/clock.ts';
import type { Outcome, Sms } from '../courier.ts';
import { byStatus, price, type Reach, text } from './provider.ts';

const secret = oneSource('secret');
const template = z.string().describe('May hold `{to}`, `{text}` and `{id}`.');
const line = z.string().regex(/^[^\p{Cc}]*$/u, { error: 'must be one line' });

export const webhookSettings = z
  .strictObject({
    provider: z.literal('webhook'),
    url: z.url({ protocol: /^https?$/ }).describe('Where each message is sent to by POST; may hold `{to}` and `{id}`.'),
    format: z.enum(['json', 'form']).default('json').describe('How the body is written.'),
    headers: z.record(z.string(), line).default({}).describe('Headers by name: what the provider knows us by.'),
    body: z
      .record(z.string(), template)
      .default({ to: '{to}', text: '{text}', id: '{id}' })
      .describe('Fields by name; their values may hold `{to}`, `{text}` and `{id}`.'),
    secret: text
      .optional()
      .describe('Signs the body: `X-Sallyport-Signature: t=SECONDS,v1=HMAC-SHA256 of "SECONDS.BODY"`.'),
    secretFile: text.optional().describe('A file that holds it.'),
    price,
  })
  .refine(secret.check, { error: secret.error });

type Settings = z.output<typeof webhookSettings>;

/** Any provider that takes a POST: what it is called there is a template. */
export function openWebhook(settings: Settings, { fetch, clock }: Reach): (sms: Sms) => Promise<Outcome> {
  const key = secretOf(settings.secret, settings.secretFile);

  function signature(body: string): Record<string, string> {
    if (key === undefined) return {};
    const t = inSeconds(clock.now());
    return { 'x-sallyport-signature': `t=${t},v1=${createHmac('sha256', key).update(`${t}.${body}`).digest('hex')}` };
  }

  return async ({ id, recipient: to, text: words }) => {
    const fields = mapped(settings.body, (value) => filled(value, { to, text: words, id }));
    const [type, body] =
      settings.format === 'json'
        ? ['application/json', JSON.stringify(fields)]
        : ['application/x-www-form-urlencoded', new URLSearchParams(fields).toString()];
    const headers = { 'content-type': type, 'idempotency-key': id, ...signature(body), ...settings.headers };
    const url = filled(settings.url, { to: encodeURIComponent(to), id: encodeURIComponent(id) });
    return byStatus(await fetch(url, { method: 'POST', headers, body }));
  };
}

/** In one pass: what is filled in is not looked at again. */
const filled = (given: string, values: Readonly<Record<string, string>>): string =>
  given.replaceAll(
    /\{(to|text|id)\}|%7B(to|text|id)%7D/gi,
    (whole, plain: string, escaped: string) => values[plain ?? escaped] ?? whole,
  );

const mapped = (record: Readonly<Record<string, string>>, by: (value: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, by(value)]));
