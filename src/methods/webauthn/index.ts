import { newId } from '../../kernel/ids.ts';
import { mark } from '../../kernel/seal.ts';
import type { Memo } from '../../store/memo.ts';
import { defineMethod, type Form } from '../method.ts';
import webauthnSql from './0001-webauthn.sql';
import { creationOptions, devicesOf, requestOptions } from './options.ts';
import { askPage, offerPage } from './pages.tsx';
import { type Ceremony, countHolds, covers, decoyOf, evidenceOf, isOver, isYoung, timeLeft } from './rules.ts';
import { algorithms, webauthnSettings } from './settings.ts';
import { addKey, findUserHandle, isKnown, type Key, listKeys, removeKeys, saveUse } from './store.ts';
import { judge, readMetadata } from './trust.ts';
import { presentedBy, readAssertion, readRegistration, signedBy } from './verify.ts';
import { words } from './words.ts';

/** A security key, or what is built into a device: a key pair that knows whom it is for (WebAuthn 3). */
export const method = defineMethod({
  id: 'webauthn',
  role: 'second',
  icon: 'key',
  words,
  settings: webauthnSettings,
  migrations: [{ name: 'webauthn/0001', sql: webauthnSql }],
  sealed: [],

  open(means, settings) {
    const { database, clock, chance } = means;
    if (settings.rpId !== undefined && !covers(settings.rpId, means.publicUrl.hostname))
      throw new Error(`methods.webauthn.rpId: ${settings.rpId} is neither ${means.publicUrl.hostname} nor above it`);
    const rpId = () => settings.rpId ?? means.publicUrl.hostname;
    const metadata = readMetadata(settings, clock);
    const signing = (settings.algorithms ?? []).map((name) => algorithms[name]);

    /** What was asked and is still young, or a new challenge. */
    function ceremonyFor(page: 'ask' | 'offer', memo: Memo, userHandle: string) {
      const now = clock.now();
      const kept = recall(memo, page);
      const { userVerification } = settings;
      const challenge = () => chance.bytes(32).toString('base64url');
      const ceremony =
        kept !== null && isYoung(kept, now) ? kept : { challenge: challenge(), at: now, userVerification, userHandle };
      memo.set(page, JSON.stringify(ceremony));
      return { settings, rpId: rpId(), ceremony, timeout: timeLeft(ceremony, now) };
    }
    /** A challenge answers once, whatever comes of it: it is gone before anything is weighed. */
    function answered<Answer>(memo: Memo, page: 'ask' | 'offer', answer: Answer | null) {
      const ceremony = recall(memo, page);
      memo.delete(page);
      if (answer === null) return 'malformed';
      return ceremony === null || isOver(ceremony, clock.now()) ? 'expired' : { ceremony, answer };
    }
    function registrationIn(form: Form) {
      const answer = readRegistration(form['response'] ?? '');
      const device = settings.devices.find((one) => one === form['kind']);
      return answer === null || device === undefined ? null : { ...answer, device };
    }
    const expected = ({ challenge, userVerification }: Ceremony) => ({
      challenge,
      origin: means.publicUrl.origin,
      rpId: rpId(),
      mustVerify: userVerification === 'required',
    });
    /** For a name nobody has: a key nobody has, always the same. */
    const decoys = (
      name: string,
    ): readonly Pick<Key, 'credentialId' | 'transports' | 'attachment' | 'kind' | 'rpId'>[] => [
      {
        credentialId: decoyOf(mark(means.ring, 'webauthn-decoy', name)),
        transports: [],
        attachment: 'cross-platform',
        kind: 'webauthn',
        rpId: rpId(),
      },
    ];

    return {
      best: {
        ...evidenceOf(
          { verifies: true, synced: false, hardware: settings.attestation === 'direct' && metadata.size > 0 },
          true,
        ),
        kinds: settings.userVerification === 'discouraged' ? ['possession'] : ['possession', 'inherence'],
      },

      list: async (handle, account) => (await listKeys(handle, means, account)).map(({ credential }) => credential),

      async ask({ account, name, memo }) {
        const keys = account === null ? decoys(name) : await listKeys(database.read, means, account);
        const asked = ceremonyFor('ask', memo, (await findUserHandle(database.read, account)) ?? '');
        return askPage(requestOptions(asked, keys), devicesOf(keys));
      },

      async check({ account, memo }, form) {
        const given = answered(memo, 'ask', readAssertion(form['response'] ?? ''));
        if (typeof given === 'string') return { is: 'refused', because: given };
        const { ceremony, answer } = given;
        const keys = await listKeys(database.read, means, account);
        const key = keys.find(({ credentialId }) => credentialId === answer.id);
        const isTheirs = (answer.response.userHandle ?? ceremony.userHandle) === ceremony.userHandle;
        const signed = key && isTheirs ? await signedBy(key, answer, expected(ceremony)) : null;
        if (key === undefined || signed === null) return { is: 'refused', because: 'wrong' };
        // Two of them count: one is a copy. Which one is in hand nobody knows, so neither is taken.
        if (!countHolds(key.signCount, signed.signCount)) return { is: 'refused', because: 'refused-before' };
        return {
          is: 'proven',
          credential: key.credential.id,
          evidence: evidenceOf(key, signed.verified),
          consume: (tx) => saveUse(tx, key, { ...signed, at: clock.now() }),
        };
      },

      async offer({ account, name, memo }) {
        const keys = await listKeys(database.read, means, account);
        const known = await findUserHandle(database.read, account);
        const asked = ceremonyFor('offer', memo, known ?? chance.bytes(64).toString('base64url'));
        return offerPage(creationOptions(asked, name, keys), settings.devices);
      },

      async enrol({ account, memo }, form) {
        const given = answered(memo, 'offer', registrationIn(form));
        if (typeof given === 'string') return { is: 'again', because: given };
        const { ceremony, answer } = given;
        const presented = await presentedBy(answer, expected(ceremony), signing);
        if (account === null || presented === null) return { is: 'again', because: 'wrong' };
        const judged = judge(settings, metadata, presented, { device: answer.device, now: clock.now() });
        if (judged === 'refused') return { is: 'again', because: 'refused-before' };
        const key = { ...presented.key, hardware: judged === 'vouched' };
        if (await isKnown(database.read, key.credentialId)) return { is: 'again', because: 'replayed' };
        return {
          is: 'ready',
          evidence: evidenceOf(key, key.verifies),
          async save(tx, bound) {
            const id = newId<'credential'>(chance);
            const { userHandle } = ceremony;
            return (await addKey(tx, means, { id, account, userHandle, key, bound })) && id;
          },
        };
      },

      remove: removeKeys,
    };
  },
});

function recall(memo: Memo, page: string): Ceremony | null {
  const kept = memo.get(page);
  return kept === undefined ? null : (JSON.parse(kept) as Ceremony);
}
