import { z } from 'zod';
import { oneSource, secretOf } from '../../../config/secret.ts';
import type { Outcome, Sms } from '../courier.ts';
import { byStatus, door, jsonOf, price, type Reach, secondsLeft, text } from './provider.ts';

const token = oneSource('authToken');

export const twilioSettings = z
  .strictObject({
    provider: z.literal('twilio'),
    accountSid: z
      .string()
      .regex(/^AC\w+$/)
      .describe('The account, `AC…`.'),
    apiKeySid: z
      .string()
      .regex(/^SK\w+$/)
      .optional()
      .describe('An API key, `SK…`, whose secret `authToken` then is.'),
    authToken: text.optional().describe('The account’s token, or the API key’s secret.'),
    authTokenFile: text.optional().describe('A file that holds it.'),
    from: text.describe('A number of the account, a name, or a messaging service `MG…`.'),
    url: door('https://api.twilio.com'),
    price,
  })
  .refine(token.check, { error: token.error });

const answer = z.object({ code: z.int() });
/** Error codes of the vendor that are about our account and not about the number. */
const ours = new Set([20003, 21212, 21603, 21606, 21659, 21660, 21703]);

/** Twilio, Messages resource of its API of 2010-04-01. */
export function openTwilio(settings: z.output<typeof twilioSettings>, reach: Reach): (sms: Sms) => Promise<Outcome> {
  const { accountSid, apiKeySid = accountSid, from, url } = settings;
  const secret = secretOf(settings.authToken, settings.authTokenFile) ?? '';
  const authorization = `Basic ${Buffer.from(`${apiKeySid}:${secret}`).toString('base64')}`;
  const sender = from.startsWith('MG') ? { MessagingServiceSid: from } : { From: from };

  return async (sms) => {
    const ValidityPeriod = `${secondsLeft(reach, sms, [1, 14_400])}`;
    const response = await reach.fetch(new URL(`/2010-04-01/Accounts/${accountSid}/Messages.json`, url).href, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams({ To: sms.recipient, ...sender, Body: sms.text, ValidityPeriod }),
    });
    if (response.ok) return { is: 'sent' };
    const said = answer.safeParse(await jsonOf(response));
    const outcome = byStatus(response, said.data?.code);
    return outcome.is === 'refused' && ours.has(said.data?.code ?? 0) ? { ...outcome, is: 'down' } : outcome;
  };
}
