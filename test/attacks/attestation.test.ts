import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AccountId } from '../../src/methods/method.ts';
import type { LiveMethod } from '../../src/proving/gate.ts';
import { type Attest, Authenticator } from '../support/authenticator.ts';
import { itself, type Maker, maker, tampered } from '../support/makers.ts';
import { openSallyport } from '../support/sallyport.ts';
import { keysTaken } from '../support/virtual-key.ts';

const aaguid = '2fc0579f-8113-47ea-b116-bb5a8db9202a';
const [honest, forger] = [await maker(aaguid), await maker(aaguid, 'its own root')];

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

test('metadata that is none, or that nobody we know has signed, keeps us from starting', async () => {
  await expect(outcome({}, 'no metadata')).rejects.toThrow();
  await expect(outcome({}, [{ aaguid: 'none' }])).rejects.toThrow();
});
