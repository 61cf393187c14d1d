import { z } from 'zod';
import type { Instant } from '../../kernel/clock.ts';
import { ClockAstray } from '../../kernel/skew.ts';
import { tidyCode } from '../../otp/codes.ts';
import { isTakenIn, shared } from '../../otp/realms.ts';
import { findStep, useStep } from '../../otp/replay.ts';
import type { Memo } from '../../store/memo.ts';
import { defineMethod, type Form, type Subject } from '../method.ts';
import tokenSql from './0001-hardware-token.sql';
import { commands } from './commands.ts';
import { askPage, offerPage } from './pages.tsx';
import { driftAt, placeOf, placeOfTwo, untilNext } from './rules.ts';
import {
  bindToken,
  chargeMiss,
  credentialOf,
  findToken,
  holdsSeed,
  listTokens,
  opened,
  removeTokens,
  type Stored,
  saveDrift,
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

/** A token of the stock: a device that shows codes from a secret its maker put in (RFC 4226, RFC 6238). */
export const method = defineMethod({
  id: 'hardware-token',
  role: 'second',
  pin: true,
  hangsOn: 'key',
  icon: 'token',
  words,
  settings: z
    .strictObject({
      helpLine: z
        .string()
        .optional()
        .describe(
          'Whom to ask for a token, or when one is lost. The section, even empty, switches hardware tokens on (`docs/hardware-tokens.md`).',
        ),
    })
    .optional(),
  migrations: [{ name: 'hardware-token/0001', sql: tokenSql }],
  sealed: [{ table: 'hardware_token', column: 'secret', key: 'id' }],
  restored: useAllUp,
  commands,

  open(means, settings) {
    const helpLine = settings?.helpLine ?? null;
    const { database, clock, skew } = means;

    /** The step or counter of what was typed, whether it was used, and how far off the token is. */
    async function weigh(stored: Stored, { code, next }: Typed, now: Instant) {
      // Whoever weighs a code of the clock needs the time: without it none can be told right from wrong.
      if (stored.kind === 'TOTP' && skew.tooFar) throw new ClockAstray();
      const token = opened(means, stored);
      const when = { now, last: await findStep(database.read, stored.seed) };
      const place = next === null ? placeOf(code, token, when) : placeOfTwo([code, next], token, when);
      if (place === null) return null;
      const used = when.last !== null && place <= when.last;
      return { stored, place, used, drift: driftAt(token, place, now), wait: (untilNext(token, now) ?? 0) as number };
    }

    /** The first of these tokens that shows what was typed. */
    async function weighAll(tokens: readonly Stored[], typed: Typed, now: Instant) {
      for (const stored of tokens) {
        const weighed = await weigh(stored, typed, now);
        if (weighed !== null) return weighed;
      }
      return null;
    }

    /** Somebody says they hold this token of the stock. A wrong code costs the token one of the few it may be tried with. */
    async function weighFree(serial: string, typed: Typed, now: Instant) {
      const stored = await findToken(database.read, serial);
      if (stored === null || stored.account !== null) return { because: 'wrong' } as const;
      // Counted before it is looked at, and forgotten when it was right: else six digits could be tried at leisure.
      if (!(await database.transaction((tx) => chargeMiss(tx, stored.id)))) return { because: 'limited' } as const;
      const found = await weigh(stored, typed, now);
      if (found === null) return { because: 'wrong' } as const;
      return found.used ? ({ because: 'replayed', wait: found.wait } as const) : found;
    }

    /** What they have, where it is taken. */
    const listHere = async ({ account, realm }: Subject) =>
      account === null || !isTakenIn(realm, { realm: shared }) ? [] : await listTokens(database.read, account);

    return {
      best: owns,

      list: async (handle, account) => (await listTokens(handle, account)).map(credentialOf),

      async ask(subject) {
        const tokens = await listHere(subject);
        return askPage({ ...remembered(subject.memo), digits: Math.max(6, ...tokens.map(({ digits }) => digits)) });
      },

      async check(subject, form) {
        const { account, memo } = subject;
        if (turned(memo, form)) return { is: 'begun' };
        const typed = typedIn(memo, form);
        if (typed === null) return { is: 'refused', because: 'malformed' };
        const now = clock.now();
        const found = await weighAll(await listHere(subject), typed, now);
        if (found === null || account === null) {
          miss(memo);
          return { is: 'refused', because: 'wrong' };
        }
        const { stored, place, used, drift, wait } = found;
        if (used) return { is: 'refused', because: 'replayed', wait };
        return {
          is: 'proven',
          credential: stored.id,
          evidence: owns,
          consume: async (tx) =>
            (await useStep(tx, stored.seed, place)) && saveUse(tx, { id: stored.id, account, at: clock.now(), drift }),
        };
      },

      offer: async ({ memo }) => offerPage({ ...remembered(memo), serial: memo.get('serial') ?? '', helpLine }),

      async enrol({ account, memo }, form) {
        const serial = (form['serial'] ?? '').trim();
        memo.set('serial', serial.slice(0, 64));
        if (turned(memo, form)) return { is: 'begun' };
        const typed = typedIn(memo, form);
        if (account === null || typed === null) return { is: 'again', because: 'malformed' };
        const now = clock.now();
        const found = await weighFree(serial, typed, now);
        if ('because' in found) {
          if (found.because !== 'limited') miss(memo);
          return { is: 'again', ...found };
        }
        const { id, seed } = found.stored;
        return {
          is: 'ready',
          evidence: owns,
          async save(tx, bound) {
            if (!(await useStep(tx, seed, found.place)) || !(await bindToken(tx, { id, account, bound }))) return false;
            await saveDrift(tx, id, found.drift);
            memo.clear();
            return id;
          },
        };
      },

      remove: removeTokens,

      bearerOf: async (handle, serial) => (await findToken(handle, serial))?.account ?? null,
      knows: holdsSeed,
    };
  },
});

/** One code, or two in a row. */
interface Typed {
  readonly code: string;
  readonly next: string | null;
}

function typedIn(memo: Memo, form: Form): Typed | null {
  const code = tidyCode(form['code'] ?? '', 6, 8);
  const next = remembered(memo).two ? tidyCode(form['next'] ?? '', 6, 8) : '';
  return code === null || next === null ? null : { code, next: next || null };
}

/** Did they ask for two codes instead of one, or for one again? */
function turned(memo: Memo, form: Form): boolean {
  const { codes } = form;
  if (codes !== 'one' && codes !== 'two') return false;
  memo.set('codes', codes);
  return true;
}

const remembered = (memo: Memo) => ({ two: memo.get('codes') === 'two', misses: Number(memo.get('misses') ?? 0) });

const miss = (memo: Memo): Memo => memo.set('misses', String(remembered(memo).misses + 1));
