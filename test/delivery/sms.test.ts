import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Sms } from '../../src/core/delivery/courier.ts';
import { signed } from '../../src/core/delivery/sms/aws-sns.ts';
import { openSms, smsSettings } from '../../src/core/delivery/sms/index.ts';
import { minutes, shift } from '../../src/kernel/clock.ts';
import { systemFetch } from '../../src/kernel/network.ts';
import { testClock } from '../support/clock.ts';

const clock = testClock(Date.UTC(2026, 0, 15, 9, 0, 0));
const t = `${Date.UTC(2026, 0, 15, 9, 0, 0) / 1000}`;
const words = '123456 ist Ihr Code – 5 Minuten.\n\n@sallyport.example.org #123456';
const sms = (more: Partial<Sms> = {}): Sms =>
  ({
    id: 'abc',
    account: 'ann',
    channel: 'sms',
    recipient: '+491701234567',
    text: words,
    expiresAt: shift(clock.now(), minutes(5)),
    ...more,
  }) as Sms;

interface Asked {
  readonly to: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
let asked: Asked[];
let answer: { status: number; body: string } | 'never';
let origin: string;
const double = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (chunk: string) => {
    body += chunk;
  });
  request.on('end', () => {
    asked.push({ to: `${request.method} ${request.url}`, headers: request.headers, body });
    if (answer !== 'never') response.writeHead(answer.status).end(answer.body);
  });
});
beforeAll(async () => {
  await new Promise<void>((resolve) => double.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(double.address() as AddressInfo).port}`;
});
afterAll(() => {
  double.closeAllConnections();
  double.close();
});
beforeEach(() => {
  asked = [];
  answer = { status: 200, body: '' };
});

const courier = (settings: Record<string, unknown>) =>
  openSms(smsSettings.parse({ url: origin, ...settings }), { fetch: systemFetch(400), clock });
const fields = () => Object.fromEntries(new URLSearchParams(asked[0]?.body));

const twilio = { provider: 'twilio', accountSid: 'AC1', authToken: 'of-twilio', from: '+15005550006' };
const vonage = { provider: 'vonage', apiKey: 'key', apiSecret: 'of-vonage', from: 'Sallyport' };
const sns = {
  provider: 'aws-sns',
  region: 'eu-central-1',
  accessKeyId: 'AKID',
  secretAccessKey: 'of-aws',
  from: 'Sallyport',
};
const webhook = { provider: 'webhook', secret: 'of-webhook', headers: { authorization: 'Bearer ours' } };
const all = { twilio, vonage, sns, webhook };

const nexmo = (status: string) =>
  JSON.stringify({ 'message-count': '1', messages: [{ status, 'error-text': 'to 491701234567' }] });
const twilioError = (code: number) => JSON.stringify({ code, message: 'The number +491701234567 …', status: 400 });
const awsError = (code: string) =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>+491701234567</Message></Error></ErrorResponse>`;

describe('SMS', () => {
  test('Twilio: basic authentication, a form, and how long it may wait there', async () => {
    answer = { status: 201, body: '{"sid":"SM1","status":"queued"}' };
    expect(await courier(twilio)(sms())).toEqual({ is: 'sent' });
    expect(asked[0]?.to).toBe('POST /2010-04-01/Accounts/AC1/Messages.json');
    expect(asked[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('AC1:of-twilio').toString('base64')}`,
      'content-type': expect.stringMatching(/^application\/x-www-form-urlencoded/),
    });
    expect(fields()).toEqual({ To: '+491701234567', From: '+15005550006', Body: words, ValidityPeriod: '300' });
    asked = [];
    await courier({ ...twilio, apiKeySid: 'SK1', from: 'MG1' })(sms());
    expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('SK1:of-twilio').toString('base64')}`);
    expect(fields()).toMatchObject({ MessagingServiceSid: 'MG1' });
  });

  test('Vonage: key and secret, digits alone, Unicode only where it must be', async () => {
    answer = { status: 200, body: nexmo('0') };
    expect(await courier(vonage)(sms())).toEqual({ is: 'sent' });
    expect(asked[0]?.to).toBe('POST /sms/json');
    expect(fields()).toEqual({
      api_key: 'key',
      api_secret: 'of-vonage',
      from: 'Sallyport',
      to: '491701234567',
      text: words,
      type: 'unicode',
      ttl: '300000',
      'client-ref': 'abc',
    });
    asked = [];
    await courier(vonage)(sms({ text: 'Your code is {123456} €\n@example.org #123456' }));
    expect(fields()).toMatchObject({ type: 'text' });
  });

  test('Vonage: a signature instead of the secret', async () => {
    answer = { status: 200, body: nexmo('0') };
    expect(await courier({ ...vonage, sign: 'sha256' })(sms({ text: 'a=1&b' }))).toEqual({ is: 'sent' });
    const said = `&api_key=key&client-ref=abc&from=Sallyport&text=a_1_b&timestamp=${t}&to=491701234567&ttl=300000&type=text`;
    expect(fields()).toMatchObject({
      timestamp: t,
      sig: createHmac('sha256', 'of-vonage').update(said).digest('hex').toUpperCase(),
    });
    expect(asked[0]?.body).not.toContain('of-vonage');
  });

  test('AWS: the published vectors of Signature Version 4', async () => {
    const as = {
      accessKeyId: 'AKIDEXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
      region: 'us-east-1',
      service: 'service',
    };
    // aws-sig-v4-test-suite: post-x-www-form-urlencoded.
    const then = testClock(Date.UTC(2015, 7, 30, 12, 36, 0)).now();
    const [, { headers }] = await signed('https://example.amazonaws.com/', 'Param1=value1', as, then);
    expect(new Headers(headers).get('authorization')).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
        'SignedHeaders=content-type;host;x-amz-date, ' +
        'Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
    );
  });

  test('AWS: a signed form, transactional, under a name', async () => {
    expect(await courier(sns)(sms())).toEqual({ is: 'sent' });
    expect(asked[0]?.to).toBe('POST /');
    expect(asked[0]?.headers).toMatchObject({
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=AKID\/20260115\/eu-central-1\/sns\/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=[0-9a-f]{64}$/,
      ),
      'x-amz-date': '20260115T090000Z',
    });
    expect(fields()).toEqual({
      Action: 'Publish',
      Version: '2010-03-31',
      PhoneNumber: '+491701234567',
      Message: words,
      'MessageAttributes.entry.1.Name': 'AWS.SNS.SMS.SMSType',
      'MessageAttributes.entry.1.Value.DataType': 'String',
      'MessageAttributes.entry.1.Value.StringValue': 'Transactional',
      'MessageAttributes.entry.2.Name': 'AWS.SNS.SMS.SenderID',
      'MessageAttributes.entry.2.Value.DataType': 'String',
      'MessageAttributes.entry.2.Value.StringValue': 'Sallyport',
    });
    await courier({ ...sns, from: '+15005550006' })(sms());
    expect(asked[1]?.body).toContain('AWS.MM.SMS.OriginationNumber');
  });

  test('webhook: a template whose fields nobody breaks out of, signed, with a key against doubles', async () => {
    const url = `${origin}/send?to={to}`;
    const body = { phone: '{to}', message: '<{text}>', note: '{id}' };
    const text = '"},{to} "quoted" \\ 123456';
    expect(await courier({ ...webhook, url, body })(sms({ text }))).toEqual({ is: 'sent' });
    expect(asked[0]?.to).toBe('POST /send?to=%2B491701234567');
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ phone: '+491701234567', message: `<${text}>`, note: 'abc' });
    const v1 = createHmac('sha256', 'of-webhook').update(`${t}.${asked[0]?.body}`).digest('hex');
    expect(asked[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'abc',
      'x-sallyport-signature': `t=${t},v1=${v1}`,
      authorization: 'Bearer ours',
    });
    asked = [];
    await courier({ ...webhook, format: 'form' })(sms({ text: 'a&to=+1' }));
    expect(fields()).toEqual({ to: '+491701234567', text: 'a&to=+1', id: 'abc' });
  });

  test.each([
    ['twilio', 400, twilioError(21211), 'refused', '400 21211'],
    ['twilio', 400, twilioError(21606), 'down', '400 21606'],
    ['twilio', 401, twilioError(20003), 'down', '401 20003'],
    ['twilio', 429, twilioError(20429), 'down', '429 20429'],
    ['twilio', 503, '<html>', 'down', '503'],
    ['twilio', 302, '', 'down', '302'],
    ['vonage', 200, nexmo('3'), 'refused', '200 3'],
    ['vonage', 200, nexmo('1'), 'down', '200 1'],
    ['vonage', 200, nexmo('4'), 'down', '200 4'],
    ['vonage', 200, '{}', 'down', '200 no status'],
    ['vonage', 429, '', 'down', '429'],
    ['sns', 400, awsError('InvalidParameter'), 'refused', '400 InvalidParameter'],
    ['sns', 400, awsError('OptedOut'), 'refused', '400 OptedOut'],
    ['sns', 400, awsError('Throttling'), 'down', '400 Throttling'],
    ['sns', 403, awsError('SignatureDoesNotMatch'), 'down', '403 SignatureDoesNotMatch'],
    ['sns', 500, '', 'down', '500'],
    ['webhook', 422, '', 'refused', '422'],
    ['webhook', 403, '', 'down', '403'],
    ['webhook', 502, '', 'down', '502'],
  ] as const)('%s says %i: told by its codes, never by its words', async (name, status, body, ...[is, why]) => {
    answer = { status, body };
    expect(await courier(all[name])(sms())).toEqual({ is, why });
  });

  test.each(Object.entries(all))('%s that does not answer is not waited for', async (_, settings) => {
    answer = 'never';
    await expect(courier(settings)(sms())).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test.each(['491701234567', '+0491701234567', '+49 170 1234567', '+49170123456789012', '+4917012345x7', ''])(
    '%j is no number and is not sent to',
    async (recipient) => {
      expect(await courier(twilio)(sms({ recipient }))).toEqual({ is: 'refused', why: 'not a number' });
      expect(asked).toEqual([]);
    },
  );
});
