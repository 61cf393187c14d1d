import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompactSign } from 'jose';
import { describe, expect, test } from 'vitest';
import type { AccountId } from '../../src/methods/method.ts';
import type { LiveMethod } from '../../src/proving/gate.ts';
import { type Attest, Authenticator } from '../support/authenticator.ts';
import { base64Of, issue } from '../support/certificates.ts';
import { itself, type Maker, maker, rootOfMaker, type Slip, tampered } from '../support/makers.ts';
import { openSallyport } from '../support/sallyport.ts';
import { tpm } from '../support/tpm.ts';
import { keysTaken } from '../support/virtual-key.ts';

const aaguid = '2fc0579f-8113-47ea-b116-bb5a8db9202a';
const [honest, forger] = [await maker(aaguid), await maker(aaguid, { shows: 'its own root' })];

/** What the metadata says of the model. */
const statement = (root: string, keyProtection = ['hardware', 'secure_element']) => ({
  aaguid,
  attestationRootCertificates: [root],
  keyProtection,
});

/** Sets a key up where the metadata is such, and tells what came of it. */
async function outcome(
  traits: { attest?: Attest; synced?: boolean },
  metadata: object[] | string,
  settings: object = {},
) {
  const metadataFile = join(mkdtempSync(join(tmpdir(), 'sallyport-metadata-')), 'metadata');
  writeFileSync(metadataFile, typeof metadata === 'string' ? metadata : JSON.stringify(metadata));
  const webauthn = { attestation: 'direct', metadataFile, ...settings };
  const sallyport = await openSallyport('sqlite', { ...keysTaken, methods: { webauthn } });
  const account: AccountId = await sallyport.person('ann');
  const live = sallyport.house.gate.methods.get('webauthn') as LiveMethod;
  const subject = { account, name: 'ann', memo: new Map<string, string>(), returnTo: '' };
  await live.offer(subject);
  const { challenge, userHandle } = JSON.parse(subject.memo.get('offer') ?? '') as Record<string, string>;
  const options = { challenge: challenge ?? '', rp: { id: 'localhost' }, user: { id: userHandle ?? '' } };
  const response = new Authenticator('http://localhost:4000', { aaguid, ...traits }).create(options);
  const enrolment = await live.enrol(subject, { kind: 'security-key', response });
  await sallyport.close();
  if (enrolment.is === 'ready') return enrolment.evidence?.hardware ? 'hardware' : 'taken';
  return enrolment.is === 'again' ? enrolment.because : enrolment.is;
}

test('T25: a root that a key brings along itself is worth nothing', async () => {
  expect(await outcome({ attest: forger.packed }, [statement(honest.root)])).toBe('refused-before');
  expect(await outcome({ attest: forger.packed }, [])).toBe('taken');
});

test('a key whose maker the metadata names is hardware; one that syncs, or whose maker says otherwise, is not', async () => {
  const { packed } = honest;
  expect(await outcome({ attest: packed }, [statement(honest.root)])).toBe('hardware');
  expect(await outcome({ attest: packed, synced: true }, [statement(honest.root)])).toBe('taken');
  expect(await outcome({ attest: packed }, [statement(honest.root, ['software'])])).toBe('taken');
  expect(await outcome({ attest: packed }, [statement(honest.root)], { attestation: 'none' })).toBe('taken');
});

test('a key that vouches for itself is taken for no more than that', async () => {
  expect(await outcome({ attest: itself }, [statement(honest.root)])).toBe('taken');
});

test.each<[string, Attest]>([
  ['packed', honest.packed],
  ['packed, by itself', itself],
])('a statement with a bit turned is refused: %s', async (_, attest) => {
  expect(await outcome({ attest: tampered(attest) }, [statement(honest.root)])).toBe('wrong');
});

test('only models on the list are taken, and only when their maker says so', async () => {
  const allow = { allow: [aaguid] };
  expect(await outcome({ attest: honest.packed }, [statement(honest.root)], allow)).toBe('hardware');
  expect(await outcome({}, [statement(honest.root)], allow)).toBe('refused-before');
  expect(await outcome({ attest: honest.packed }, [], allow)).toBe('refused-before');
});

test('U2F keys are vouched for by the statement of their days', async () => {
  const none = '00000000-0000-0000-0000-000000000000';
  const u2f = (attest: Attest) => outcome({ attest, ...{ aaguid: none } }, []);
  const old: Maker = await maker(none);
  expect(await u2f(old.u2f)).toBe('taken');
  expect(await u2f(tampered(old.u2f))).toBe('wrong');
});

test.each<[what: string, slip: Slip]>([
  ['was made by somebody else of the same name', { by: await rootOfMaker() }],
  ['has a bit turned', { isRetouched: true }],
])('a certificate that %s leads nowhere: the key is refused', async (_, slip) => {
  const { packed, root } = await maker(aaguid, slip);
  expect(await outcome({ attest: packed }, [statement(root)])).toBe('refused-before');
});

test('a TPM that the metadata names is hardware; one that another vouches for is refused', async () => {
  const root = await rootOfMaker();
  const attest = await tpm(aaguid, root);
  expect(await outcome({ attest }, [statement(base64Of(root), ['tee'])])).toBe('hardware');
  expect(await outcome({ attest }, [statement(honest.root, ['tee'])])).toBe('refused-before');
});

test('metadata that is none keeps us from starting', async () => {
  await expect(outcome({}, 'no metadata')).rejects.toThrow();
  await expect(outcome({}, [{ aaguid: 'none' }])).rejects.toThrow();
});

describe('what the FIDO Metadata Service says', async () => {
  const [root, otherRoot] = [await rootOfMaker(), await rootOfMaker()];
  const between = await issue({ subject: 'CN=Between', by: root, ca: true });
  const signer = await issue({ subject: 'CN=Metadata', by: between, ca: false });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const holder = await issue({ subject: 'CN=Metadata', by: between, ca: false, holder: rsa.publicKey });
  const byRsa = { by: { ...holder, key: rsa.privateKey }, alg: 'RS256' };
  const late = await issue({ subject: 'CN=Metadata', by: between, ca: false, until: new Date('2026-01-01') });

  /** What comes of a key of a model that the BLOB names, where it is signed so, and believed under this root. */
  async function told({
    by = signer,
    alg = 'ES256',
    believed = root,
    no = 7,
    least = 7,
    touch = (jws: string) => jws,
    status = '',
  }) {
    const metadataRoots = join(mkdtempSync(join(tmpdir(), 'sallyport-roots-')), 'roots.pem');
    writeFileSync(metadataRoots, believed.certificate.toString('pem'));
    const entries = [{ aaguid, metadataStatement: statement(honest.root), statusReports: [{ status }] }];
    const jws = await new CompactSign(Buffer.from(JSON.stringify({ no, entries })))
      .setProtectedHeader({ alg, x5c: [by, between].map(base64Of) })
      .sign(by.key);
    return outcome({ attest: honest.packed }, touch(jws), { metadataRoots, metadataNumber: least });
  }

  test('is believed under its root, and of every later number', async () => {
    expect(await told({})).toBe('hardware');
    expect(await told({ no: 8 })).toBe('hardware');
    expect(await told(byRsa)).toBe('hardware');
  });
  test('of a model that is compromised: its keys are refused', async () => {
    expect(await told({ status: 'ATTESTATION_KEY_COMPROMISE' })).toBe('refused-before');
  });
  test.each<[what: string, how: Parameters<typeof told>[0], why: RegExp]>([
    ['with a wrong signature', { touch: (jws) => `${jws.slice(0, -8)}AAAAAAAA` }, /signature of the metadata BLOB/],
    ['with other words under the signature', { touch: forgotten }, /signature of the metadata BLOB/],
    ['with a signature of another kind than it says', { ...byRsa, touch: saysEs256 }, /signature of the metadata BLOB/],
    ['under a certificate that has expired', { by: late }, /certificate of the metadata BLOB has expired/],
    ['under another root', { believed: otherRoot }, /not signed under a certificate of metadataRoots/],
    ['with an older number', { no: 6 }, /the metadata BLOB is number 6, older than 7/],
  ])('%s keeps us from starting', async (_, how, why) => {
    await expect(told(how)).rejects.toThrow(why);
  });
});

/** The same BLOB, which says that it was signed otherwise. */
function saysEs256(jws: string): string {
  const [head = '', ...rest] = jws.split('.');
  const said = Buffer.from(head, 'base64url').toString().replace('RS256', 'ES256');
  return [Buffer.from(said).toString('base64url'), ...rest].join('.');
}

/** The same BLOB, in which no model is named any more. */
function forgotten(jws: string): string {
  const [head, , signature] = jws.split('.');
  return [head, Buffer.from('{"no":7,"entries":[]}').toString('base64url'), signature].join('.');
}
