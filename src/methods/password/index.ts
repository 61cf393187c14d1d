import { z } from 'zod';
import { newId } from '../../kernel/ids.ts';
import { defineMethod } from '../method.ts';
import passwordSql from './0001-password.sql';
import { isCommon } from './common-passwords.ts';
import { askPage, offerPage } from './pages.tsx';
import { normalised, type Weakness, weaknessOf, wordsIn } from './rules.ts';
import { findPassword, removePassword, savePassword, saveUse } from './store.ts';
import { words } from './words.ts';

const knows = {
  kinds: ['knowledge'],
  phishingResistant: false,
  hardware: false,
  recovery: false,
  amr: ['pwd'],
} as const;

/** Something the person knows: hashed slowly, compared at the same cost for whoever does not exist. */
export const method = defineMethod({
  id: 'password',
  role: 'first',
  one: true,
  icon: 'password',
  words,
  settings: z
    .strictObject({
      shortest: z.int().min(8).default(15).describe('Characters a new password has at least.'),
      longest: z.int().min(64).max(1024).default(256).describe('Characters a password has at most.'),
    })
    .prefault({}),
  migrations: [{ name: 'password/0001', sql: passwordSql }],
  sealed: [],

  open({ database, clock, chance, hash }, rules) {
    return {
      best: knows,

      async list(handle, account) {
        const stored = await findPassword(handle, account);
        return stored === null ? [] : [stored.credential];
      },

      ask: async ({ name }) => askPage(name),

      async check({ account }, form) {
        const typed = normalised(form['password'] ?? '');
        const stored = await findPassword(database.read, account);
        const tooLong = [...typed].length > rules.longest;
        const right = await hash.matches(tooLong ? '' : typed, tooLong ? null : (stored?.phc ?? null));
        if (!right || stored === null) return { is: 'refused', because: 'wrong' };
        const phc = hash.outdated(stored.phc) ? await hash.hash(typed) : stored.phc;
        const { id } = stored.credential;
        return { is: 'proven', credential: id, evidence: knows, consume: (tx) => saveUse(tx, id, clock.now(), phc) };
      },

      async offer({ name, memo }) {
        return offerPage(name, rules, (memo.get('weakness') ?? null) as Weakness | null);
      },

      async enrol({ account, name, memo }, form) {
        const typed = form['password'] ?? '';
        const weakness = weaknessOf(typed, rules, await isCommon(), [...wordsIn(name), 'sallyport']);
        if (account === null || weakness !== null) {
          memo.set('weakness', weakness ?? 'too-short');
          return { is: 'again', because: 'malformed' };
        }
        memo.delete('weakness');
        const phc = await hash.hash(normalised(typed));
        return {
          is: 'ready',
          evidence: null,
          async save(tx, bound) {
            const id = newId<'credential'>(chance);
            await savePassword(tx, { id, account, phc, bound });
            return id;
          },
        };
      },

      remove: removePassword,
    };
  },
});
