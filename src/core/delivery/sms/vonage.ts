import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { oneSource, secretOf } from '../../../config/secret.ts';
import { inSeconds } from '../../../kernel/clock.ts';
import type { Outcome, Sms } from '../courier.ts';
import { byStatus, door, jsonOf, price, type Reach, secondsLeft, text } from './provider.ts';

const secret = oneSource('apiSecret');

export const vonageSettings = z
  .strictObject({
    provider: z.literal('vonage'),
    apiKey: text.describe('The account’s key.'),
    apiSecret: text.optional().describe('The account’s secret, or its signature secret.'),
    apiSecretFile: text.optional().describe('A file that holds it.'),
    sign: z
      .enum(['sha256', 'sha512'])
      .optional()
      .describe('Signs each message with `apiSecret` by this HMAC, as chosen for the account, instead of sending it.'),
    from: text.describe('A number of the account, or a name.'),
    url: door('https://rest.nexmo.com'),
    price,
  })
  .refine(secret.check, { error: secret.error });

type Settings = z.output<typeof vonageSettings>;
type Fields = Readonly<Record<string, string>>;

const answer = z.object({ messages: z.array(z.object({ status: z.string() })).min(1) });
/** The vendor's statuses that are about the number or the text: invalid, barred, too long, not reachable, switched off. */
const aboutThisOne = new Set(['3', '6', '7', '12', '22', '29', '33']);

/** The alphabet of SMS (3GPP TS 23.038, 6.2.1): anything else goes as Unicode. */
const gsm = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€',
);

/** Vonage, SMS API. */
export function openVonage(settings: Settings, reach: Reach): (sms: Sms) => Promise<Outcome> {
  const { apiKey, from, url } = settings;
  const apiSecret = secretOf(settings.apiSecret, settings.apiSecretFile) ?? '';

  function authorized(fields: Fields): Fields {
    if (settings.sign === undefined) return { ...fields, api_key: apiKey, api_secret: apiSecret };
    const signed = { ...fields, api_key: apiKey, timestamp: `${inSeconds(reach.clock.now())}` };
    return { ...signed, sig: signatureOf(signed, settings.sign, apiSecret) };
  }

  return async (sms) => {
    const fields = authorized({
      from,
      to: sms.recipient.slice(1),
      text: sms.text,
      type: [...sms.text].every((letter) => gsm.has(letter)) ? 'text' : 'unicode',
      ttl: `${secondsLeft(reach, sms, [20, 604_800]) * 1000}`,
      'client-ref': sms.id,
    });
    const response = await reach.fetch(new URL('/sms/json', url).href, {
      method: 'POST',
      body: new URLSearchParams(fields),
    });
    if (!response.ok) return byStatus(response);
    const said = answer.safeParse(await jsonOf(response));
    const status = said.data?.messages[0]?.status ?? 'no status';
    if (status === '0') return { is: 'sent' };
    return {
      is: aboutThisOne.has(status) ? 'refused' : 'down',
      why: `200 ${/^\d+$/.test(status) ? status : 'no status'}`,
    };
  };
}

/** "Signing messages" of the vendor: the fields by name, `&name=value` each, what would divide them replaced. */
function signatureOf(fields: Fields, method: 'sha256' | 'sha512', key: string): string {
  const named = Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1));
  const said = named.map(([name, value]) => `&${name}=${value.replaceAll(/[&=]/g, '_')}`).join('');
  return createHmac(method, key).update(said).digest('hex').toUpperCase();
}
