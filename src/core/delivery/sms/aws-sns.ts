import { AwsV4Signer } from 'aws4fetch';
import { z } from 'zod';
import { oneSource, secretOf } from '../../../config/secret.ts';
import { dateOf, type Instant } from '../../../kernel/clock.ts';
import type { Outcome, Sms } from '../courier.ts';
import { byStatus, price, type Reach, text } from './provider.ts';

const key = oneSource('secretAccessKey');

export const snsSettings = z
  .strictObject({
    provider: z.literal('aws-sns'),
    region: z
      .string()
      .regex(/^[a-z0-9-]+$/)
      .describe('Such as `eu-central-1`.'),
    accessKeyId: text.describe('Who may call `sns:Publish`.'),
    secretAccessKey: text.optional().describe('The secret of that key.'),
    secretAccessKeyFile: text.optional().describe('A file that holds it.'),
    from: text.optional().describe('A number of the account (`+…`), or a name where the country shows names.'),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Where it is reached, if not at the region’s own door.'),
    price,
  })
  .refine(key.check, { error: key.error });

type Settings = z.output<typeof snsSettings>;

/** Error codes of the vendor that are about the number. */
const aboutThisOne = new Set(['InvalidParameter', 'InvalidParameterValue', 'ParameterValueInvalid', 'OptedOut']);

/** Amazon SNS, Publish of its API of 2010-03-31. */
export function openSns(settings: Settings, { fetch, clock }: Reach): (sms: Sms) => Promise<Outcome> {
  const { region, accessKeyId, from, url = `https://sns.${region}.amazonaws.com` } = settings;
  const secretAccessKey = secretOf(settings.secretAccessKey, settings.secretAccessKeyFile) ?? '';
  const attributes = [
    ['AWS.SNS.SMS.SMSType', 'Transactional'],
    ...(from === undefined
      ? []
      : [[from.startsWith('+') ? 'AWS.MM.SMS.OriginationNumber' : 'AWS.SNS.SMS.SenderID', from]]),
  ].flatMap(([name = '', value = ''], index) => {
    const entry = `MessageAttributes.entry.${index + 1}`;
    return [
      [`${entry}.Name`, name],
      [`${entry}.Value.DataType`, 'String'],
      [`${entry}.Value.StringValue`, value],
    ];
  });
  const said = {
    Action: 'Publish',
    Version: '2010-03-31',
    ...(Object.fromEntries(attributes) as Record<string, string>),
  };

  return async ({ recipient, text: Message }) => {
    const body = new URLSearchParams({ ...said, PhoneNumber: recipient, Message }).toString();
    const as = { accessKeyId, secretAccessKey, region, service: 'sns' };
    const response = await fetch(...(await signed(new URL('/', url).href, body, as, clock.now())));
    if (response.ok) return { is: 'sent' };
    const code = /<Code>(\w+)<\/Code>/.exec(await response.text())?.[1];
    const outcome = byStatus(response, code);
    return outcome.is === 'refused' && !aboutThisOne.has(code ?? '') ? { ...outcome, is: 'down' } : outcome;
  };
}

interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly service: string;
}

/** A form, signed by AWS Signature Version 4: every header, at this time. */
export async function signed(url: string, body: string, as: Signer, now: Instant): Promise<[string, RequestInit]> {
  const datetime = dateOf(now)
    .toISOString()
    .replaceAll(/[:-]|\.\d{3}/g, '');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const signer = new AwsV4Signer({ ...as, method: 'POST', url, headers, body, datetime, allHeaders: true });
  const { headers: sealed } = await signer.sign();
  return [url, { method: 'POST', headers: sealed, body }];
}
