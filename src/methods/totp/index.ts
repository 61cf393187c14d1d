import { newId } from '../../kernel/ids.ts';
import { ClockAstray } from '../../kernel/skew.ts';
import { findStep, seedMark, useStep } from '../../otp/replay.ts';
import { defineMethod } from '../method.ts';
import totpSql from './0001-totp.sql';
import { askPage, offerPage } from './pages.tsx';
import { driftOf, keyUri, nextStepAt, secretOf, stepOf, tidy } from './rules.ts';
import { totpSettings } from './settings.ts';
import {
  type Authenticator,
  addAuthenticator,
  listAuthenticators,
  removeAuthenticators,
  saveUse,
  secretIn,
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

/** An authenticator app: a code from a secret that the person's phone and we share (RFC 6238). */
export const method = defineMethod({
  id: 'totp',
  role: 'second',
  typed: true,
  pin: true,
  hangsOn: 'phone',
  icon: 'phone',
  words,
  settings: totpSettings,
  migrations: [{ name: 'totp/0001', sql: totpSql }],
  sealed: [{ table: 'totp', column: 'secret', key: 'id' }],
  restored: useAllUp,

  open(means, settings) {
    const { database, clock, chance, ring } = means;

    /** The first authenticator whose code this is, and its step. */
    function match(code: string, mine: readonly Authenticator[]) {
      const now = clock.now();
      for (const authenticator of mine) {
        const step = stepOf(code, secretIn(means, authenticator), authenticator.drift, now);
        if (step !== null) return { authenticator, step };
      }
      return null;
    }
    /** Whoever checks codes needs the time: without it none can be told right from wrong. */
    function mustKnowTheTime(): void {
      if (means.skew.tooFar) throw new ClockAstray();
    }
    const untilNext = () => nextStepAt(clock.now()) - clock.now();

    return {
      best: owns,

      list: async (handle, account) => (await listAuthenticators(handle, account)).map(({ credential }) => credential),

      ask: async () => askPage(settings),

      async check({ account }, form) {
        mustKnowTheTime();
        const code = tidy(form['code'] ?? '');
        if (code === null) return { is: 'refused', because: 'malformed' };
        const found = account === null ? null : match(code, await listAuthenticators(database.read, account));
        if (found === null) return { is: 'refused', because: 'wrong' };
        const { authenticator, step } = found;
        const last = await findStep(database.read, authenticator.seed);
        if (last !== null && step <= last) return { is: 'refused', because: 'replayed', wait: untilNext() };
        const { id } = authenticator.credential;
        return {
          is: 'proven',
          credential: id,
          evidence: owns,
          async consume(tx) {
            const now = clock.now();
            return (await useStep(tx, authenticator.seed, step)) && saveUse(tx, id, now, driftOf(step, now));
          },
        };
      },

      async offer({ name, memo }) {
        const secret = memo.get('secret') ?? secretOf(chance.bytes(20));
        memo.set('secret', secret);
        return offerPage({
          secret,
          uri: keyUri(settings.issuer, name, secret),
          settings,
          misses: Number(memo.get('misses') ?? 0),
        });
      },

      async enrol({ account, memo }, form) {
        mustKnowTheTime();
        const secret = memo.get('secret');
        const code = tidy(form['code'] ?? '');
        if (account === null || secret === undefined || code === null) return { is: 'again', because: 'malformed' };
        const now = clock.now();
        const step = stepOf(code, secret, 0, now);
        if (step === null) {
          memo.set('misses', String(Number(memo.get('misses') ?? 0) + 1));
          return { is: 'again', because: 'wrong' };
        }
        return {
          is: 'ready',
          evidence: owns,
          async save(tx, bound) {
            if (!(await useStep(tx, seedMark(ring, secret), step))) return false;
            const id = newId<'credential'>(chance);
            await addAuthenticator(tx, means, { id, account, secret, drift: driftOf(step, now), bound });
            memo.clear();
            return id;
          },
        };
      },

      remove: removeAuthenticators,
    };
  },
});
