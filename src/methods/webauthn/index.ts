import type { Evidence } from '../../flow/assurance.ts';
import { newId } from '../../kernel/ids.ts';
import type { Transaction } from '../../store/database.ts';
import type { Memo } from '../../store/memo.ts';
import { type AccountId, type Because, type Bound, defineMethod, type Form } from '../method.ts';
import webauthnSql from './0001-webauthn.sql';
import webauthnBesideSql from './0002-beside.sql';
import webauthnMadeInSql from './0003-made-in.sql';
import { commands } from './commands.ts';
import { creationOptions, devicesOf, namelessOptions, passkeyOptions, requestOptions } from './options.ts';
import { askPage, greetPage, invitePage, offerPage, signalOf } from './pages.tsx';
import { byPlace, isOfToday, isTaken, type Places, placeOf, worriesAbout } from './places.ts';
import { type Ceremony, countHolds, covers, evidenceOf, isElsewhere, isOver, isYoung, timeLeft } from './rules.ts';
import { algorithms, type Device, webauthnSettings } from './settings.ts';
import {
  addKey,
  countByPlace,
  findOwner,
  findUserHandle,
  type Key,
  listKeys,
  type NewKey,
  removeKeys,
  saveUse,
  saveVerifies,
} from './store.ts';
import { judge, readMetadata } from './trust.ts';
import {
  type AssertionAnswer,
  presentedBy,
  type RegistrationAnswer,
  readAssertion,
  readRegistration,
  signedBy,
} from './verify.ts';
import { noteOfPlace, words } from './words.ts';

/** A security key, or what is built into a device: a key pair that knows whom it is for (WebAuthn 3). */
export const method = defineMethod({
  id: 'webauthn',
  role: 'second',
  alone: 'anywhere',
  hangsOn: 'key',
  icon: 'key',
  words,
  settings: webauthnSettings,
  migrations: [
    { name: 'webauthn/0001', sql: webauthnSql },
    { name: 'webauthn/0002', sql: webauthnBesideSql },
    { name: 'webauthn/0003', sql: webauthnMadeInSql },
  ],
  sealed: [],
  commands,

  open(means, settings) {
    const { database, clock, chance } = means;
    const { publicUrl } = means;
    if (settings.rpId !== undefined && !isOurs(settings.rpId))
      throw new Error(`methods.webauthn.rpId: ${settings.rpId} is neither ${publicUrl.hostname} nor above it`);
    const rpId = () => settings.rpId ?? publicUrl.hostname;
    const places = (): Places => [rpId(), ...settings.formerRpIds];
    const metadata = readMetadata(settings, clock);
    const signing = (settings.algorithms ?? []).map((name) => algorithms[name]);

    function isOurs(domain: string): boolean {
      return covers(domain, publicUrl.hostname) || settings.relatedOrigins.includes(publicUrl.origin);
    }
    /** What was asked and is still young, or a new challenge. */
    function ceremonyFor(page: Page, memo: Memo, given: Pick<Ceremony, 'userHandle' | 'nameless' | 'beside'>) {
      const now = clock.now();
      const kept = recall(memo, page);
      const userVerification = verificationOn[page] ?? settings.userVerification;
      const anew = () => ({ challenge: chance.bytes(32).toString('base64url'), at: now, userVerification, ...given });
      // Of one that was nameless only the challenge is still good.
      const ceremony = kept !== null && isYoung(kept, now) ? { ...kept, ...given } : anew();
      memo.set(page, JSON.stringify(ceremony));
      return { settings, rpId: rpId(), ceremony, timeout: timeLeft(ceremony, now) };
    }
    /** A challenge answers once, whatever comes of it: it is gone before anything is weighed. */
    function answered<Answer>(memo: Memo, page: Page, answer: Answer | null) {
      const ceremony = recall(memo, page);
      memo.delete(page);
      if (answer === null) return 'malformed';
      return ceremony === null || isOver(ceremony, clock.now()) ? 'expired' : { ceremony, answer };
    }
    function registrationIn(form: Form, page: Page): NewAnswer | null {
      const answer = readRegistration(form['response'] ?? '');
      const device = page === 'offer' ? settings.devices.find((one) => one === form['kind']) : ('passkey' as const);
      return answer === null || device === undefined ? null : { ...answer, device, page };
    }
    /** Who the account is to keys, from the first one on (WebAuthn 3, 5.4.3). */
    const handleFor = async (account: AccountId | null): Promise<string> =>
      (await findUserHandle(database.read, account)) ?? chance.bytes(64).toString('base64url');
    const expected = ({ challenge, userVerification }: Ceremony) => ({
      challenge,
      origin: publicUrl.origin,
      rpId: rpId(),
      mustVerify: userVerification === 'required',
    });

    /** One of this device, and of today, would have been easier. */
    const isFromElsewhere = (key: Key, { authenticatorAttachment }: AssertionAnswer): boolean =>
      !isOfToday(key, places()) || isElsewhere(key, authenticatorAttachment);

    /** One that is nobody's is remembered: the page says so, to whoever came with it and to their browser. */
    async function notTheirs(memo: Memo, { nameless }: Ceremony, { id }: AssertionAnswer) {
      const isNobodys = nameless === true && (await findOwner(database.read, id)) === null;
      if (isNobodys) memo.set(strangersKey, id);
      return { is: 'refused', because: isNobodys ? 'unknown' : 'wrong' } as const;
    }

    /** A key that presents itself, as we take it; or why we do not. */
    async function taken(ceremony: Ceremony, answer: NewAnswer, madeIn: string): Promise<NewKey | Because> {
      const mayBeAbsent = answer.page === 'upgrade';
      const presented = await presentedBy(answer, { ...expected(ceremony), mayBeAbsent }, signing);
      if (typeof presented === 'string') return presented;
      const judged = judge(settings, metadata, presented, { device: answer.device, now: clock.now() });
      if (judged === 'refused') return 'refused-before';
      if ((await findOwner(database.read, presented.key.credentialId)) !== null) return 'replayed';
      return { ...presented.key, hardware: judged === 'vouched', beside: answer.page !== 'offer', madeIn };
    }

    async function keep(tx: Transaction, account: AccountId, { key, userHandle }: Held, bound: Bound) {
      const id = newId<'credential'>(chance);
      return (await addKey(tx, means, { id, account, userHandle, key, bound })) && id;
    }

    return {
      best: {
        ...evidenceOf(
          { verifies: true, synced: false, hardware: settings.attestation === 'direct' && metadata.size > 0 },
          true,
        ),
        kinds: settings.userVerification === 'discouraged' ? ['possession'] : ['possession', 'inherence'],
      },

      async list(handle, account) {
        const keys = await listKeys(handle, means, account);
        return keys.map(({ credential, ...key }) =>
          isOfToday(key, places()) ? credential : { ...credential, note: noteOfPlace(key.rpId) },
        );
      },

      async worries(handle) {
        return worriesAbout(await countByPlace(handle), places());
      },

      async ask({ account, memo, unproven }) {
        // To a stranger nobody's keys are shown, not even that there are some: theirs says whose it is (14.6.3).
        if (unproven === 'stranger') {
          const options = namelessOptions(ceremonyFor('ask', memo, { userHandle: '', nameless: true }));
          return askPage({ any: options }, settings.devices, false);
        }
        const [{ keys, ...place }, ...others] = byPlace(await listKeys(database.read, means, account), places());
        const userHandle = (await findUserHandle(database.read, account)) ?? '';
        const beside = unproven === undefined;
        const asked = ceremonyFor('ask', memo, { userHandle, nameless: false, beside });
        const options = requestOptions({ ...asked, ...place }, keys);
        const further = others.map(({ rpId, keys }) => [rpId, requestOptions({ ...asked, rpId }, keys).any] as const);
        return askPage(options, devicesOf(keys), unproven === 'acquainted', Object.fromEntries(further));
      },

      passkey: {
        firstPage: settings.firstPage,
        related: settings.relatedOrigins,

        async greet(memo) {
          const unknown = memo.get(strangersKey);
          memo.delete(strangersKey);
          const asked = ceremonyFor('ask', memo, { userHandle: '', nameless: true });
          const shown = unknown === undefined ? null : { rpId: rpId(), credentialId: unknown };
          return greetPage(settings.firstPage, namelessOptions(asked), shown);
        },

        async signal(account, name) {
          const userId = await findUserHandle(database.read, account);
          const keys = await listKeys(database.read, means, account);
          const ofToday = keys.filter((key) => key.kind !== 'u2f' && isOfToday(key, places()));
          const allAcceptedCredentialIds = ofToday.map(({ credentialId }) => credentialId);
          return signalOf(userId === undefined ? null : { rpId: rpId(), userId, name, allAcceptedCredentialIds });
        },

        async whose(form) {
          const answer = readAssertion(form['response'] ?? '');
          return answer === null ? null : findOwner(database.read, answer.id);
        },

        async invite({ account, name, memo }, upgrades) {
          const keys = await listKeys(database.read, means, account);
          const userHandle = await handleFor(account);
          const on = (page: Page) => passkeyOptions(ceremonyFor(page, memo, { userHandle }), name, keys);
          // Nobody is there to make it vouch for itself.
          const mayUpgrade = upgrades && settings.attestation === 'none';
          return invitePage({ passkey: on('invite'), ...(mayUpgrade && { upgrade: on('upgrade') }) });
        },

        keep: (tx, account, held, bound) => keep(tx, account, readHeld(held), bound),
      },

      async check({ account, memo }, form) {
        const given = answered(memo, 'ask', readAssertion(form['response'] ?? ''));
        if (typeof given === 'string') return { is: 'refused', because: given };
        const { ceremony, answer } = given;
        const keys = await listKeys(database.read, means, account);
        const handle = await findUserHandle(database.read, account);
        const key = keys.find((one) => one.credentialId === answer.id && isTaken(one, places()));
        if (key === undefined) return notTheirs(memo, ceremony, answer);
        if (!isFor(handle, ceremony, answer)) return { is: 'refused', because: 'wrong' };
        const signed = await signedBy(key, answer, { ...expected(ceremony), rpId: placeOf(key, places()) });
        if (signed === null) return { is: 'refused', because: 'wrong' };
        // Two of them count: one is a copy. Which one is in hand nobody knows, so neither is taken.
        if (!countHolds(key.signCount, signed.signCount)) return { is: 'refused', because: 'refused-before' };
        return {
          is: 'proven',
          credential: key.credential.id,
          evidence: evidenceOf(key, signed.verified),
          ...(isFromElsewhere(key, answer) && { elsewhere: true }),
          async consume(tx) {
            const learns = signed.verified && !key.verifies && ceremony.beside === true;
            if (learns && account !== null) await saveVerifies(tx, means, key, account);
            return saveUse(tx, key, { ...signed, at: clock.now() });
          },
        };
      },

      async offer({ account, name, memo }) {
        const keys = await listKeys(database.read, means, account);
        const asked = ceremonyFor('offer', memo, { userHandle: await handleFor(account) });
        return offerPage(creationOptions(asked, name, keys), settings.devices);
      },

      async enrol({ account, memo, agent: madeIn = '' }, form) {
        const page = pageOf[form['kind'] ?? ''] ?? 'offer';
        const given = answered(memo, page, registrationIn(form, page));
        if (typeof given === 'string') return { is: 'again', because: given };
        const { ceremony, answer } = given;
        const key = await taken(ceremony, answer, madeIn);
        if (typeof key === 'string') return { is: 'again', because: key };
        if (account === null) return { is: 'again', because: 'wrong' };
        return {
          is: 'ready',
          evidence: shownBy(key),
          ...(key.beside && { held: heldText({ key, userHandle: ceremony.userHandle }) }),
          save: (tx, bound) => keep(tx, account, { key, userHandle: ceremony.userHandle }, bound),
        };
      },

      remove: removeKeys,
    };
  },
});

/** Whoever it says it is for; one that was asked for by name need not say so (7.2, step 6). */
function isFor(handle: string | undefined, { nameless }: Ceremony, { response }: AssertionAnswer): boolean {
  const said = response.userHandle;
  return said === undefined ? nameless !== true : said === handle;
}

/** What was made because it was offered says nothing about the sign-in it was offered in. */
const shownBy = (key: NewKey): Evidence | null => (key.beside ? null : evidenceOf(key, key.verifies));

/** What the browser answers, to which page, and which button was pressed for it. */
type NewAnswer = RegistrationAnswer & { readonly device: Device | 'passkey'; readonly page: Page };

/** A new key, and who its person is to it. */
interface Held {
  readonly key: NewKey;
  readonly userHandle: string;
}

const heldText = ({ key, userHandle }: Held): string =>
  JSON.stringify({ key: { ...key, publicKey: key.publicKey.toString('base64url') }, userHandle });

function readHeld(held: string): Held {
  const { key, userHandle } = JSON.parse(held) as Held & { key: { publicKey: string } };
  return { key: { ...key, publicKey: Buffer.from(key.publicKey, 'base64url') }, userHandle };
}

/** Which passkey was shown that nobody has here: the browser is told, so that it offers it no more (WebAuthn 3, 5.1.10.1). */
const strangersKey = 'unknown';

/** Each remembers what it asked. */
type Page = 'ask' | 'offer' | 'invite' | 'upgrade';

/** Where it is not the settings' to say. What a browser makes by itself nobody is asked a finger for. */
const verificationOn: Partial<Record<Page, Ceremony['userVerification']>> = {
  invite: 'required',
  upgrade: 'preferred',
};

/** Which page a kind of answer comes from, where it is not that of whoever came to set one up. */
const pageOf: Readonly<Record<string, Page>> = { passkey: 'invite', upgrade: 'upgrade' };

function recall(memo: Memo, page: string): Ceremony | null {
  const kept = memo.get(page);
  return kept === undefined ? null : (JSON.parse(kept) as Ceremony);
}
