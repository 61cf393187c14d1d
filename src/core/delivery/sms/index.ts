import { z } from 'zod';
import type { Couriers, Outcome, Sms } from '../courier.ts';
import { openSns, snsSettings } from './aws-sns.ts';
import type { Reach } from './provider.ts';
import { openTwilio, twilioSettings } from './twilio.ts';
import { openVonage, vonageSettings } from './vonage.ts';
import { openWebhook, webhookSettings } from './webhook.ts';

/** Who sends SMS: a provider is a file here and a line in each of these two. */
export const smsSettings = z.discriminatedUnion('provider', [
  twilioSettings,
  vonageSettings,
  snsSettings,
  webhookSettings,
]);

function openProvider(settings: SmsSettings, reach: Reach): (sms: Sms) => Promise<Outcome> {
  switch (settings.provider) {
    case 'twilio':
      return openTwilio(settings, reach);
    case 'vonage':
      return openVonage(settings, reach);
    case 'aws-sns':
      return openSns(settings, reach);
    case 'webhook':
      return openWebhook(settings, reach);
  }
}

type SmsSettings = z.output<typeof smsSettings>;

/** ITU-T E.164: a country code and at most fifteen digits in all. */
const e164 = /^\+[1-9]\d{6,14}$/;

export function openSms(settings: SmsSettings, reach: Reach): NonNullable<Couriers['sms']> {
  const send = openProvider(settings, reach);
  return async (sms) => (e164.test(sms.recipient) ? send(sms) : { is: 'refused', why: 'not a number' });
}
