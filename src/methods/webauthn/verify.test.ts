import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Authenticator, type Forged, pairFor } from '../../../test/support/authenticator.ts';
import type { Credential } from '../method.ts';
import { algorithms } from './settings.ts';
import type { Key } from './store.ts';
import { type Expected, presentedBy, readAssertion, readRegistration, signedBy } from './verify.ts';

interface Vector {
  readonly id: string;
  readonly reg: Readonly<Record<'challenge' | 'credential_id' | 'clientDataJSON' | 'attestationObject', string>>;
  readonly auth: Readonly<Record<'challenge' | 'authenticatorData' | 'clientDataJSON' | 'signature', string>>;
}
/** W3C Web Authentication Level 3, section "Test Vectors". */
const { vectors } = JSON.parse(readFileSync('test/vectors/webauthn-l3.json', 'utf8')) as { vectors: Vector[] };

const any = Object.values(algorithms);
const text = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
const expected: Expected = {
  challenge: 'Y2hhbGxlbmdl',
  origin: 'https://example.org',
  rpId: 'example.org',
  mustVerify: false,
};

const register = async (answer: string, more: Partial<Expected> = {}, list: number[] = any) => {
  const read = readRegistration(answer);
  const presented = read === null ? null : await presentedBy(read, { ...expected, ...more }, list);
  return typeof presented === 'string' ? null : presented;
};
const assert = async (key: Key, answer: string, more: Partial<Expected> = {}) => {
  const read = readAssertion(answer);
  return read === null ? null : signedBy(key, read, { ...expected, ...more });
};
/** As the store would give it back. */
const kept = (key: Omit<Key, 'credential' | 'hardware'>): Key => ({
  ...key,
  hardware: false,
  credential: {} as Credential,
});

/** The same with one bit turned, in the last byte or wherever it is said. */
function tampered(hex: string, at = hex.length / 2 - 1): string {
  const bytes = Buffer.from(hex, 'hex');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('hex');
}

describe.each(vectors)('the W3C test vector $id', ({ id, reg, auth }) => {
  const registration = (attestation = reg.attestationObject, clientData = reg.clientDataJSON) =>
    JSON.stringify({
      ...{ id: text(reg.credential_id), rawId: text(reg.credential_id), type: 'public-key' },
      response: { clientDataJSON: text(clientData), attestationObject: text(attestation) },
      clientExtensionResults: {},
    });
  const assertion = (signature = auth.signature, authData = auth.authenticatorData) =>
    JSON.stringify({
      ...{ id: text(reg.credential_id), rawId: text(reg.credential_id), type: 'public-key' },
      response: {
        ...{ clientDataJSON: text(auth.clientDataJSON), authenticatorData: text(authData) },
        signature: text(signature),
      },
      clientExtensionResults: {},
    });
  const [made, got] = [{ challenge: text(reg.challenge) }, { challenge: text(auth.challenge) }];

  if (id.includes('crossOrigin')) {
    test('is refused: nobody frames us', async () => {
      expect(await register(registration(), made)).toBeNull();
    });
    return;
  }
  test('is registered, and signs', async () => {
    const presented = await register(registration(), made);
    if (presented === null) throw new Error('refused');
    expect(presented.key.credentialId).toBe(text(reg.credential_id));
    expect(await assert(kept(presented.key), assertion(), got)).not.toBeNull();
  });
  test('is refused with a bit turned', async () => {
    const presented = await register(registration(), made);
    if (presented === null) throw new Error('refused');
    expect(await assert(kept(presented.key), assertion(tampered(auth.signature)), got)).toBeNull();
    expect(await assert(kept(presented.key), assertion(undefined, tampered(auth.authenticatorData)), got)).toBeNull();
    expect(await register(registration(undefined, tampered(reg.clientDataJSON, 9)), made)).toBeNull();
    if (!reg.attestationObject.startsWith('a363666d74646e6f6e65')) {
      expect(await register(registration(tampered(reg.attestationObject)), made)).toBeNull();
    }
  });
});

const options = { challenge: expected.challenge, rp: { id: 'example.org' }, user: { id: 'aGFuZGxl' } };
const origin = expected.origin;

/** An authenticator with one key, and that key as we keep it. */
async function owned(traits: ConstructorParameters<typeof Authenticator>[1] = {}) {
  const authenticator = new Authenticator(origin, traits);
  const presented = await register(authenticator.create(options));
  if (presented === null) throw new Error('refused');
  return { authenticator, key: kept(presented.key) };
}

describe.each(Object.entries(algorithms))('%s', (name, algorithm) => {
  test('is registered where the settings name it, and signs', async () => {
    const { authenticator, key } = await owned({ algorithm });
    expect(await assert(key, authenticator.get(options))).toMatchObject({ verified: true, signCount: 2 });
    const signer = pairFor(algorithm).privateKey;
    expect(await assert(key, authenticator.get(options, { signer }))).toBeNull();
  });
  test('is refused where they do not', async () => {
    const answer = new Authenticator(origin, { algorithm }).create(options);
    const others = Object.entries(algorithms).filter(([other]) => other !== name);
    expect(
      await register(
        answer,
        {},
        others.map(([, number]) => number),
      ),
    ).toBeNull();
  });
});

const forgeries: readonly [what: string, how: Forged][] = [
  ['made for another challenge', { challenge: 'b3RoZXI' }],
  ['made at another address', { origin: 'https://example.org.evil.test' }],
  ['made at the same host by another scheme', { origin: 'http://example.org' }],
  ['made at another port', { origin: 'https://example.org:8443' }],
  ['made at a host below ours', { origin: 'https://www.example.org' }],
  ['made inside another’s page', { crossOrigin: true }],
  ['made inside another’s page that is named', { crossOrigin: true, topOrigin: 'https://evil.test' }],
  ['made with a page around it, and none', { topOrigin: 'https://evil.test' }],
  ['for another domain’s key', { rpId: 'evil.test' }],
  ['without a touch (UP)', { flip: 1 }],
  ['backed up though it cannot be (BS without BE)', { flip: 16 }],
];

describe('a registration is refused', () => {
  const create = (forged: Forged, traits = {}) => new Authenticator(origin, traits).create(options, forged);

  test.each([...forgeries, ['of the other ceremony', { type: 'webauthn.get' }] as const])('%s', async (_, forged) => {
    expect(await register(create({}))).not.toBeNull();
    expect(await register(create(forged))).toBeNull();
  });
  test('without PIN, finger or face (UV) where one was asked for', async () => {
    const answer = create({}, { verifies: false });
    expect(await register(answer, { mustVerify: true })).toBeNull();
    expect(await register(answer)).not.toBeNull();
  });
  test('with an id of more than 1023 bytes', async () => {
    expect(await register(create({ idLength: 1023 }))).not.toBeNull();
    expect(await register(create({ idLength: 1024 }))).toBeNull();
  });
  test('with one id outside and another inside', async () => {
    expect(await register(create({ id: 'AAAA' }))).toBeNull();
  });
  test('with a statement of nobody', async () => {
    const attest = () => ({ fmt: 'none', attStmt: new Map([['sig', new Uint8Array(8)]]) });
    expect(await register(create({}, { attest }))).toBeNull();
  });
  test.each(['android-key', 'android-safetynet', 'compound', 'none '])('in the format “%s”', async (fmt) => {
    expect(await register(create({}, { attest: () => ({ fmt, attStmt: new Map() }) }))).toBeNull();
  });
  test('not for what nobody asked for: unknown extensions are passed over', async () => {
    expect(await register(create({ extensions: { unheardOf: { of: 1 } } }))).not.toBeNull();
  });
});

describe('an assertion is refused', () => {
  test.each([...forgeries, ['of the other ceremony', { type: 'webauthn.create' }] as const])(
    '%s',
    async (_, forged) => {
      const { authenticator, key } = await owned();
      expect(await assert(key, authenticator.get(options))).not.toBeNull();
      expect(await assert(key, authenticator.get(options, forged))).toBeNull();
    },
  );
  test('without PIN, finger or face (UV) where one was asked for', async () => {
    const { authenticator, key } = await owned({ verifies: false });
    expect(await assert(key, authenticator.get(options), { mustVerify: true })).toBeNull();
    expect(await assert(key, authenticator.get(options))).toMatchObject({ verified: false });
  });
  test('when the key has become one that is synced (BE), or is none any more', async () => {
    for (const synced of [false, true]) {
      const { authenticator, key } = await owned({ synced });
      expect(await assert(key, authenticator.get(options, { flip: 8 | 16 }))).toBeNull();
    }
  });
  test('not when its copies come and go (BS)', async () => {
    const { authenticator, key } = await owned({ synced: true });
    expect(await assert(key, authenticator.get(options, { flip: 16 }))).toMatchObject({ backedUp: false });
  });
  test('for an old address by a key that is none of those days, or when the browser does not say so', async () => {
    const appId = 'https://old.example.org/app-id.json';
    const { authenticator, key } = await owned({ verifies: false });
    const answer = (appid: boolean) => authenticator.get(options, { rpId: appId, extensions: { appid } });
    expect(await assert({ ...key, rpId: appId }, answer(true))).toBeNull();
    expect(await assert({ ...key, kind: 'u2f', rpId: appId }, answer(false))).toBeNull();
    expect(await assert({ ...key, kind: 'u2f', rpId: appId }, answer(true))).not.toBeNull();
  });
});

test.each(['', '{}', 'null', '[]', 'true', '{"id":1}', '{"id":"a b"}', 'x'.repeat(20_000)])(
  'what is no answer is not read: %s',
  (answer) => {
    expect(readRegistration(answer)).toBeNull();
    expect(readAssertion(answer)).toBeNull();
  },
);
