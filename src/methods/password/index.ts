import { z } from 'zod';
import { newId } from '../../kernel/ids.ts';
import type { Kept } from '../../store/directory.ts';
import { type AccountId, type Credential, type CredentialId, defineMethod, type Outcome } from '../method.ts';
import passwordSql from './0001-password.sql';
import { isCommon } from './common-passwords.ts';
import { askPage, offerPage } from './pages.tsx';
import { normalised, weaknessOf, wordsIn } from './rules.ts';
import { addPasswords, findPassword, removePassword, savePassword, saveUse } from './store.ts';
import { elsewhere, type Refused, words } from './words.ts';

const knows = {
  kinds: ['knowledge'],
  phishingResistant: false,
  hardware: false,
  recovery: false,
  amr: ['pwd'],
} as const;

const idOf = ({ entry }: Kept) => entry as CredentialId;

const wrong = { is: 'refused', because: 'wrong' } as const satisfies Outcome;

const provenElsewhere = (kept: Kept): Outcome => ({
  is: 'proven',
  credential: idOf(kept),
  evidence: knows,
  consume: async () => true,
});

const keptElsewhere = (kept: Kept): Credential => ({
  id: idOf(kept),
  label: null,
  left: null,
  lastUsedAt: null,
  note: elsewhere,
  bound: { at: kept.since, level: 1 },
  elsewhere: true,
});

/** Something the person knows: hashed slowly, compared at the same cost for whoever does not exist. */
export const method = defineMethod({
  id: 'password',
  role: 'first',
  one: true,
  hangsOn: 'head',
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

  open({ database, clock, chance, hash, directory }, rules) {
    const checkHere = async (account: AccountId | null, typed: string): Promise<Outcome> => {
      const stored = await findPassword(database.read, account);
      const tooLong = [...typed].length > rules.longest;
      const right = await hash.matches(tooLong ? '' : typed, tooLong ? null : (stored?.phc ?? null));
      if (!right || stored === null) return wrong;
      const phc = hash.outdated(stored.phc) ? await hash.hash(typed) : stored.phc;
      const { id } = stored.credential;
      return { is: 'proven', credential: id, evidence: knows, consume: (tx) => saveUse(tx, id, clock.now(), phc) };
    };

    /** A password here would open the account beside the one that the directory keeps. */
    const refusalOf = async (account: AccountId | null, name: string, typed: string): Promise<Refused | null> =>
      (await directory.find(database.read, account)) === null
        ? weaknessOf(typed, rules, await isCommon(), [...wordsIn(name), 'sallyport'])
        : 'elsewhere';

    return {
      best: knows,

      async list(handle, account) {
        const kept = await directory.find(handle, account);
        if (kept !== null) return [keptElsewhere(kept)];
        const stored = await findPassword(handle, account);
        return stored === null ? [] : [stored.credential];
      },

      ask: async ({ name }) => askPage(name),

      async check({ account }, form) {
        const typed = form['password'] ?? '';
        // Both are asked, whoever it is; as it was typed, for in which form it is right is the directory's to say.
        const here = await checkHere(account, normalised(typed));
        const rightThere = await directory.check(account, typed);
        const kept = await directory.find(database.read, account);
        if (kept === null) return here;
        return rightThere ? provenElsewhere(kept) : wrong;
      },

      async offer({ name, memo }) {
        return offerPage(name, rules, (memo.get('refused') ?? null) as Refused | null);
      },

      async enrol({ account, name, memo }, form) {
        const typed = form['password'] ?? '';
        const refused = await refusalOf(account, name, typed);
        if (account === null || refused !== null) {
          memo.set('refused', refused ?? 'too-short');
          return { is: 'again', because: 'malformed' };
        }
        memo.delete('refused');
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

      adopt: (tx, kept, bound) =>
        addPasswords(
          tx,
          kept.map(({ account, hash: phc }) => ({ id: newId<'credential'>(chance), account, phc, bound })),
        ),

      remove: removePassword,
    };
  },
});
