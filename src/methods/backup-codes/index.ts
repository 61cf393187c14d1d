import { z } from 'zod';
import { newId } from '../../kernel/ids.ts';
import { emptied } from '../../store/restored.ts';
import { defineMethod } from '../method.ts';
import backupCodesSql from './0001-backup-codes.sql';
import { askPage, offerPage } from './pages.tsx';
import { newCodes, selectorOf, tidy } from './rules.ts';
import { findCode, findSheet, removeSheet, saveSheet, useCode } from './store.ts';
import { words } from './words.ts';

const owns = {
  kinds: ['possession'],
  phishingResistant: false,
  hardware: false,
  recovery: true,
  amr: ['otp'],
} as const;

/** Fifteen codes to keep for the day the phone is gone. Each works once. */
export const method = defineMethod({
  id: 'backup-codes',
  role: 'backup',
  typed: true,
  hangsOn: 'paper',
  icon: 'list',
  words,
  settings: z.strictObject({}).prefault({}),
  migrations: [{ name: 'backup-codes/0001', sql: backupCodesSql }],
  sealed: [],
  // Which of them were used since nobody knows: new ones are made at the next sign-in.
  restored: emptied('backup_code'),

  open({ database, clock, chance, hash }) {
    return {
      best: owns,

      async list(handle, account) {
        const sheet = await findSheet(handle, account);
        return sheet === null ? [] : [sheet];
      },

      ask: async () => askPage,

      async check({ account }, form) {
        const code = tidy(form['code'] ?? '');
        if (account === null || code === null) return { is: 'refused', because: 'malformed' };
        const stored = await findCode(database.read, account, selectorOf(code));
        // An unknown selector costs one hash too, so the time tells nothing.
        if (!(await hash.matches(code, stored?.phc ?? null)) || stored === null)
          return { is: 'refused', because: 'wrong' };
        if (stored.usedAt !== null) return { is: 'refused', because: 'replayed' };
        const sheet = await findSheet(database.read, account);
        if (sheet === null) return { is: 'refused', because: 'replayed' };
        return {
          is: 'proven',
          credential: sheet.id,
          evidence: owns,
          consume: (tx) => useCode(tx, stored.id, clock.now()),
        };
      },

      // The codes wait in the attempt, sealed, and are shown again until they are said to be stored: never after.
      async offer({ memo }) {
        const codes = memo.get('codes')?.split(' ') ?? newCodes(chance);
        memo.set('codes', codes.join(' '));
        return offerPage(codes);
      },

      async enrol({ account, memo }, form) {
        const codes = memo.get('codes')?.split(' ');
        if (account === null || codes === undefined || form['stored'] !== 'yes')
          return { is: 'again', because: 'malformed' };
        const hashed = await Promise.all(
          codes.map(async (code) => ({ id: newId(chance), selector: selectorOf(code), phc: await hash.hash(code) })),
        );
        return {
          is: 'ready',
          evidence: null,
          async save(tx, bound) {
            await saveSheet(tx, account, hashed, bound);
            memo.clear();
            return (await findSheet(tx, account))?.id ?? false;
          },
        };
      },

      remove: removeSheet,
    };
  },
});
