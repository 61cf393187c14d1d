import { newId } from '../../kernel/ids.ts';
import { emptied } from '../../store/restored.ts';
import { defineMethod } from '../method.ts';
import duoSql from './0001-duo.sql';
import { openAuthApi } from './auth-api.ts';
import { pushes } from './pushes.ts';
import { bestOf, duoName } from './rules.ts';
import { duoSettings } from './settings.ts';
import {
  findEnrolled,
  findUsername,
  forgetPushes,
  removeEnrolled,
  saveEnrolled,
  saveUse,
  settlePush,
} from './store.ts';
import { universal } from './universal.ts';
import { weigh } from './way.ts';
import { openWire } from './wire.ts';
import { words } from './words.ts';

/** Duo: a push to be approved on the phone, or whatever Duo's own page asks. Its yes is worth what was done for it. */
export const method = defineMethod({
  id: 'duo',
  role: 'second',
  alone: 'in-kept-browsers',
  reliesOn: 'provider',
  one: true,
  hangsOn: 'phone',
  icon: 'phone',
  words,
  settings: duoSettings.optional(),
  migrations: [{ name: 'duo/0001', sql: duoSql }],
  sealed: [],
  restored: emptied('duo_push'),

  open(means, settings) {
    const { database, clock, chance } = means;
    const wire = openWire(means, settings.apiHost);
    const way =
      settings.mode === 'universal'
        ? universal(wire, means, settings)
        : pushes(means, openAuthApi(wire, means, settings), settings.allowedFactors);

    return {
      best: bestOf(settings),
      ...(settings.mode === 'universal' ? { leadsTo: wire.origin } : { pushes: true as const }),

      async list(handle, account) {
        const mine = await findEnrolled(handle, account);
        return mine === null ? [] : [{ ...mine.credential, down: wire.isDown() }];
      },

      ask: ({ memo }) => way.ask({ username: '', memo }, 'prove'),

      async check(subject, form) {
        const { account } = subject;
        const mine = await findEnrolled(database.read, account);
        if (account === null || mine === null) return way.pretend({ ...subject, username: subject.name }, form);
        const answered = await way.answer({ ...subject, account, username: mine.username }, form);
        const weighed = weigh(answered, settings, settings.failMode === 'open');
        if (weighed.is !== 'weighed') return weighed;
        const { evidence, push, heard } = weighed;
        const { id } = mine.credential;
        return {
          is: 'proven',
          credential: id,
          evidence,
          heard,
          async consume(tx) {
            if (push !== null && !(await settlePush(tx, push))) return false;
            if (evidence.standsIn !== true) await forgetPushes(tx, account);
            return saveUse(tx, id, clock.now());
          },
        };
      },

      async offer({ account, memo }) {
        const username = duoName((await findUsername(database.read, account)) ?? '');
        return way.ask({ username, memo }, 'set-up');
      },

      async enrol(subject, form) {
        const { account } = subject;
        const username = duoName((await findUsername(database.read, account)) ?? '');
        if (account === null || username === '') return { is: 'again', because: 'malformed' };
        const weighed = weigh(await way.answer({ ...subject, account, username }, form), settings, false);
        if (weighed.is === 'refused') return { ...weighed, is: 'again' };
        if (weighed.is === 'begun') return weighed;
        const { evidence, push, heard } = weighed;
        // Whoever is let through unasked has shown nothing that could be bound.
        if (evidence.standsIn) return { is: 'again', because: 'refused-before', heard };
        return {
          is: 'ready',
          evidence,
          async save(tx, bound) {
            if (push !== null && !(await settlePush(tx, push))) return false;
            await forgetPushes(tx, account);
            const id = newId<'credential'>(chance);
            await saveEnrolled(tx, { id, account, username, bound });
            return id;
          },
        };
      },

      remove: removeEnrolled,
    };
  },
});
