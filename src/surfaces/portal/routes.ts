import { z } from 'zod';
import { findAccount } from '../../core/accounts/store.ts';
import type { Purpose } from '../../core/attempts/store.ts';
import { roleAnywhere } from '../../core/policies/policy.ts';
import { endOf, listSessions, type Session } from '../../core/sessions/store.ts';
import { type House, sendToSignIn, visitOf } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import type { Credential, CredentialId } from '../../methods/method.ts';
import { purposeOf, removeMethod, signOut } from '../../proving/acts.ts';
import { wouldPass } from '../../proving/begin.ts';
import type { LiveMethod } from '../../proving/gate.ts';
import { methodId, noFields, rowId } from '../fields.ts';
import { overviewPage } from './overview.tsx';
import { removePage, securityPage, sessionsPage } from './pages.tsx';
import { sceneOf, signedIn } from './scene.ts';
import { seatsOf } from './seats.tsx';
import { notesOf, type Owned, sectionsOf, type Told } from './ways.tsx';
import { words } from './words.ts';

const method = z.strictObject({ method: methodId });
const credential = method.extend({ credential: rowId });

/** A person's own pages: how they get in, and where they are in. */
export function portalRoutes(house: House): readonly Route[] {
  const { gate } = house;
  const told = ({ language }: Asked): Told => ({ language, now: gate.clock.now() });

  const scene = (asked: Asked, here: string) => sceneOf(house, asked, here);

  /** Does it if the proofs are good and young enough; else sends the person to prove it, and back here. */
  async function confirmed(
    asked: Asked,
    purpose: Purpose,
    act: (session: Session) => Promise<Answer>,
  ): Promise<Answer> {
    const session = signedIn(asked);
    const { step } = await wouldPass(gate, session, purpose, await visitOf(house, asked));
    if (step.screen === 'done') return act(session);
    return sendToSignIn(house, asked, purpose);
  }

  function live(id: string): LiveMethod {
    const found = gate.methods.get(id);
    if (found === undefined) throw new Problem('not-found', `no method ${id}`);
    return found;
  }

  const seatedOf = ({ account }: Session) => listSessions(gate.database.read, gate.sessions, account, gate.clock.now());

  /** With what they could have: nobody is shown a way that is taken nowhere they may go. */
  async function ownedBy(asked: Asked): Promise<Owned> {
    const { account } = signedIn(asked);
    const groups = (await findAccount(gate.database.read, account))?.groups ?? [];
    const { address } = await visitOf(house, asked);
    const owned = new Map<LiveMethod, readonly Credential[]>();
    for (const one of gate.methods.values()) {
      const credentials = await one.list(gate.database.read, account);
      const taken = roleAnywhere(gate.policies, { groups, address }, one) !== 'off';
      if (taken || credentials.length > 0) owned.set(one, credentials);
    }
    return owned;
  }

  const removal = (asked: Asked<{ method: string; credential: string }>): Purpose => {
    const { name } = live(asked.params.method).words[asked.language];
    const returnTo = `/account/security/${asked.params.method}/remove/${asked.params.credential}`;
    return purposeOf(gate, { act: words[asked.language].acts.remove(name), wanted: null, returnTo, takesAway: true });
  };

  return [
    defineRoute({
      method: 'GET',
      path: '/account',
      binding: 'session',
      async answer(asked) {
        const session = signedIn(asked);
        const account = await findAccount(gate.database.read, session.account);
        if (account === null) throw new Problem('sign-in-required', 'the account is gone');
        const owned = await ownedBy(asked);
        const sessions = await seatedOf(session);
        const ways = sectionsOf(owned, told(asked)).flatMap((section) => section.ways);
        const seats = seatsOf(sessions, session, told(asked));
        return {
          is: 'page',
          page: overviewPage(scene(asked, '/account'), account, notesOf(owned, asked.language), { ways, seats }),
        };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/account/security',
      binding: 'session',
      async answer(asked) {
        const owned = await ownedBy(asked);
        const notes = notesOf(owned, asked.language);
        const page = securityPage(scene(asked, '/account/security'), notes, sectionsOf(owned, told(asked)));
        return { is: 'page', page };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/account/security/:method/set-up',
      binding: 'session',
      params: method,
      form: noFields,
      async answer(asked) {
        const one = live(asked.params.method);
        const say = words[asked.language].acts;
        const act = (one.role === 'first' ? say.change : say.setUp)(one.words[asked.language].name);
        const purpose = purposeOf(gate, {
          act,
          wanted: one.id,
          afresh: one.role === 'first',
          returnTo: '/account/security',
          takesAway: false,
        });
        return sendToSignIn(house, asked, purpose);
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/account/security/:method/remove/:credential',
      binding: 'session',
      params: credential,
      async answer(asked) {
        const one = live(asked.params.method);
        const owned = await ownedBy(asked);
        const mine = owned.get(one) ?? [];
        if (one.role !== 'second' || !mine.some(({ id }) => id === asked.params.credential))
          throw new Problem('not-found', 'not theirs');
        const seconds = [...owned].filter(([{ role }]) => role === 'second').flatMap(([, credentials]) => credentials);
        const to = `/account/security/${one.id}/remove/${asked.params.credential}`;
        return {
          is: 'page',
          page: removePage(scene(asked, '/account/security'), one.words[asked.language].name, seconds.length === 1, to),
        };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/account/security/:method/remove/:credential',
      binding: 'session',
      params: credential,
      form: noFields,
      async answer(asked) {
        if (live(asked.params.method).role !== 'second')
          throw new Problem('not-found', 'not one that is removed alone');
        return confirmed(asked, removal(asked), async (session) => {
          const removed = await removeMethod(
            gate,
            { session, method: asked.params.method, credential: asked.params.credential as CredentialId },
            await visitOf(house, asked),
          );
          if (!removed) throw new Problem('not-found', 'not theirs, or gone');
          return { is: 'redirect', to: '/account/security' };
        });
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/account/sessions',
      binding: 'session',
      async answer(asked) {
        const current = signedIn(asked);
        const seats = seatsOf(await seatedOf(current), current, told(asked));
        return { is: 'page', page: sessionsPage(scene(asked, '/account/sessions'), seats) };
      },
    }),
    // For programs: is this browser signed in, how well, and until when. Looking is being seen.
    defineRoute({
      method: 'GET',
      path: '/session',
      binding: 'session',
      async answer(asked) {
        const session = signedIn(asked);
        return { is: 'json', body: { level: session.level, endsAt: endOf(session, gate.sessions) } };
      },
    }),
    ...(['here', 'everywhere'] as const).map((where) =>
      defineRoute({
        method: 'POST',
        path: where === 'here' ? '/account/sign-out' : '/account/sign-out-everywhere',
        binding: 'session',
        form: noFields,
        async answer(asked) {
          await signOut(gate, signedIn(asked), where, await visitOf(house, asked));
          return { is: 'redirect', to: '/sign-in', cookies: { session: null, attempt: null } };
        },
      }),
    ),
  ];
}
