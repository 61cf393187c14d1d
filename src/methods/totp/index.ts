import { newId } from '../../kernel/ids.ts';
import { ClockAstray } from '../../kernel/skew.ts';
import { tidyCode, usual } from '../../otp/codes.ts';
import { isTakenIn, shared } from '../../otp/realms.ts';
import { findStep, seedMark, useStep } from '../../otp/replay.ts';
import { defineMethod, type Subject } from '../method.ts';
import totpSql from './0001-totp.sql';
import realmsSql from './0002-realms.sql';
import { commands } from './commands.ts';
import { askPage, offerPage } from './pages.tsx';
import { registering } from './registering.ts';
import { driftOf, keyUri, nextStepAt, secretOf, stepOf } from './rules.ts';
import { totpSettings } from './settings.ts';
import {
  type Authenticator,
  addAuthenticator,
  keyOf,
  listAuthenticators,
  removeAuthenticators,
  saveUse,
  useAllUp,
} from './store.ts';
import { words } from './words.ts';

const owns = {
  kinds: ['possession'],
  phishingResistant: false,
  hardware: false,
  recovery: false,
  amr: ['otp'],
} as const;

/** Whoever registered it has seen the key: it is let in on, and no answer to an application that asks for more. */
const ownsRegistered = { ...owns, standsIn: true } as const;

/** An authenticator app: a code from a secret that the person's phone and we share (RFC 6238). */
export const method = defineMethod({
  id: 'totp',
  role: 'second',
  typed: true,
  pin: true,
  icon: 'phone',
  words,
  settings: totpSettings,
  migrations: [
    { name: 'totp/0001', sql: totpSql },
    { name: 'totp/0002', sql: realmsSql },
  ],
  sealed: [{ table: 'totp', column: 'secret', key: 'id' }],
  restored: useAllUp,
  commands,

  open(means, settings) {
    const { database, clock, chance, ring } = means;

    /** The first authenticator whose code this is, and its step. */
    function match(code: string, mine: readonly Authenticator[]) {
      const now = clock.now();
      for (const authenticator of mine) {
        const step = stepOf(code, keyOf(means, authenticator), authenticator.drift, now);
        if (step !== null) return { authenticator, step };
      }
      return null;
    }
    /** Whoever checks codes needs the time: without it none can be told right from wrong. */
    function mustKnowTheTime(): void {
      if (means.skew.tooFar) throw new ClockAstray();
    }
    /** What they have whose codes are taken where they are. */
    const listHere = async ({ account, realm }: Subject) =>
      (account === null ? [] : await listAuthenticators(database.read, account)).filter((one) => isTakenIn(realm, one));

    return {
      best: owns,

      list: async (handle, account) =>
        (await listAuthenticators(handle, account)).map(({ credential, registered }) =>
          registered ? { ...credential, best: ownsRegistered } : credential,
        ),

      async ask(subject) {
        const mine = await listHere(subject);
        return askPage(settings, Math.max(usual.digits, ...mine.map(({ digits }) => digits)));
      },

      async check(subject, form) {
        mustKnowTheTime();
        const code = tidyCode(form['code'] ?? '', 6, 8);
        if (code === null) return { is: 'refused', because: 'malformed' };
        const found = match(code, await listHere(subject));
        if (found === null) return { is: 'refused', because: 'wrong' };
        const { authenticator, step } = found;
        const last = await findStep(database.read, authenticator.mark);
        const now = clock.now();
        if (last !== null && step <= last)
          return { is: 'refused', because: 'replayed', wait: nextStepAt(now, authenticator) - now };
        const { id } = authenticator.credential;
        return {
          is: 'proven',
          credential: id,
          evidence: authenticator.registered ? ownsRegistered : owns,
          consume: async (tx) =>
            (await useStep(tx, authenticator.mark, step)) &&
            saveUse(tx, id, clock.now(), driftOf(step, clock.now(), authenticator)),
        };
      },

      async offer({ name, memo }) {
        const secret = memo.get('secret') ?? secretOf(chance.bytes(20));
        memo.set('secret', secret);
        return offerPage({
          secret,
          uri: keyUri(settings.issuer, name, { ...usual, secret }),
          settings,
          misses: Number(memo.get('misses') ?? 0),
        });
      },

      async enrol({ account, memo }, form) {
        mustKnowTheTime();
        const secret = memo.get('secret');
        const code = tidyCode(form['code'] ?? '', usual.digits);
        if (account === null || secret === undefined || code === null) return { is: 'again', because: 'malformed' };
        const now = clock.now();
        const key = { ...usual, secret };
        const step = stepOf(code, key, 0, now);
        if (step === null) {
          memo.set('misses', String(Number(memo.get('misses') ?? 0) + 1));
          return { is: 'again', because: 'wrong' };
        }
        return {
          is: 'ready',
          evidence: owns,
          async save(tx, bound) {
            const mark = seedMark(ring, secret);
            if (!(await useStep(tx, mark, step))) return false;
            const id = newId<'credential'>(chance);
            const drift = driftOf(step, now, usual);
            await addAuthenticator(tx, means, {
              id,
              account,
              key,
              realm: shared,
              mark,
              drift,
              registered: false,
              bound,
            });
            memo.clear();
            return id;
          },
        };
      },

      remove: removeAuthenticators,

      registering: registering(means, settings.issuer),
    };
  },
});
