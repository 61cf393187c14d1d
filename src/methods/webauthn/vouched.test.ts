import { generateKeyPairSync } from 'node:crypto';
import { type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server';
import { describe, expect, test } from 'vitest';
import { androidAnswer } from '../../../test/support/android-key.ts';
import { type Attest, Authenticator, pointOf } from '../../../test/support/authenticator.ts';
import { itself, maker, rootOfMaker, type Slip, tampered } from '../../../test/support/makers.ts';
import { type TpmSlip, tpm } from '../../../test/support/tpm.ts';
import { algorithms } from './settings.ts';
import { type Expected, presentedBy, type RegistrationAnswer, readRegistration } from './verify.ts';

const [none, aaguid, other] = ['00000000-0000-0000', '2fc0579f-8113-47ea', 'ee882879-721c-4913'].map(
  (head) => `${head}-0000-000000000000`,
) as [string, string, string];
const origin = 'https://example.org';
const expected: Expected = { challenge: 'Y2hhbGxlbmdl', origin, rpId: 'example.org', mustVerify: false };
const options = { challenge: expected.challenge, rp: { id: 'example.org' }, user: { id: 'aGFuZGxl' } };

/** What comes of an answer: the format holds, or why it is refused. */
async function outcome(answer: string): Promise<string> {
  const presented = await presentedBy(
    readRegistration(answer) as RegistrationAnswer,
    expected,
    Object.values(algorithms),
  );
  return typeof presented === 'string' ? presented : 'holds';
}
const vouched = (attest: Attest, model = aaguid): Promise<string> =>
  outcome(new Authenticator(origin, { aaguid: model, attest }).create(options));

/** Each certificate is signed by its maker: it is what it says that is wrong. */
const slips: readonly [what: string, slip: Slip][] = [
  ['is for another model', { model: other }],
  ['is not for vouching', { unit: 'Authenticator Repair' }],
  ['may sign others', { ca: true }],
  ['has expired', { until: new Date('2021-01-01') }],
];

describe('a maker vouches for a key (packed)', () => {
  test('in a statement that holds', async () => {
    expect(await vouched((await maker(aaguid)).packed)).toBe('holds');
    expect(await vouched(itself)).toBe('holds');
  });
  test.each(slips)('by a certificate that %s: refused', async (_, slip) => {
    expect(await vouched((await maker(aaguid, slip)).packed)).toBe('wrong');
  });
  test('with a bit of the signature turned: refused', async () => {
    expect(await vouched(tampered((await maker(aaguid)).packed))).toBe('wrong');
    expect(await vouched(tampered(itself))).toBe('wrong');
  });
});

describe('a maker vouches for a key of the first days (fido-u2f)', () => {
  test('in a statement that holds', async () => {
    expect(await vouched((await maker(none)).u2f, none)).toBe('holds');
  });
  test('with a bit of the signature turned: refused', async () => {
    expect(await vouched(tampered((await maker(none)).u2f), none)).toBe('wrong');
  });
  test('though it claims to be a model, and those days knew none: refused', async () => {
    expect(await vouched((await maker(aaguid)).u2f)).toBe('wrong');
  });
  test('about another key: refused', async () => {
    const { u2f } = await maker(none);
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(await vouched((about) => u2f({ ...about, key: { publicKey, privateKey } }), none)).toBe('wrong');
  });
});

describe('a TPM vouches for a key', async () => {
  const root = await rootOfMaker();
  const stranger = pointOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);

  test('in a statement that holds', async () => {
    expect(await vouched(await tpm(aaguid, root))).toBe('holds');
  });
  test.each<[what: string, slip: TpmSlip]>([
    ['says nothing that a TPM says (magic)', { said: { magic: Buffer.from('ff544348', 'hex') } }],
    ['says something else (a quote)', { said: { type: Buffer.from('8018', 'hex') } }],
    ['speaks of another answer (extraData)', { said: { extraData: Buffer.alloc(32) } }],
    ['speaks of another public area (name)', { said: { name: Buffer.from(`000b${'00'.repeat(32)}`, 'hex') } }],
    ['speaks of another key (pubArea)', { point: stranger }],
    ['shows a certificate for another model', { model: other }],
    ['shows a certificate of somebody by name', { subject: 'CN=A model' }],
    ['shows a certificate of no TPM', { without: 'alternative name' }],
    ['shows a certificate that is for something else', { usage: '2.23.133.8.1' }],
    ['shows a certificate of a maker that there is not', { manufacturer: 'id:00000000' }],
  ])('but %s: refused', async (_, slip) => {
    expect(await vouched(await tpm(aaguid, root, slip))).toBe('wrong');
  });
  test.each(['sig', 'certInfo', 'pubArea'])('but a bit was turned in %s: refused', async (part) => {
    expect(await vouched(tampered(await tpm(aaguid, root), part))).toBe('wrong');
  });
});

describe('an Android phone vouches for a key', () => {
  /** What the library would say, which we do not ask: it calls addresses that stand in the certificates. */
  const holds = (answer: string) =>
    verifyRegistrationResponse({
      response: readRegistration(answer) as RegistrationResponseJSON,
      expectedChallenge: expected.challenge,
      expectedOrigin: origin,
      expectedRPID: 'example.org',
      requireUserVerification: false,
    }).then(
      ({ verified }) => verified,
      () => false,
    );

  test('in a statement that holds, and is not taken here: whoever has one is told to take another', async () => {
    const answer = await androidAnswer(origin, options);
    expect(await outcome(answer)).toBe('refused-before');
    expect(await holds(answer)).toBe(true);
  });
  test('for another challenge (attestationChallenge): refused, and it would not hold', async () => {
    const answer = await androidAnswer(origin, options, Buffer.alloc(32));
    expect(await outcome(answer)).toBe('refused-before');
    expect(await holds(answer)).toBe(false);
  });
});
