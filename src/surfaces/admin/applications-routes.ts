import { z } from 'zod';
import { findAccount } from '../../core/accounts/store.ts';
import { findAnswering } from '../../core/applications/answering.ts';
import { theirs } from '../../core/applications/owners.ts';
import { listSignIns } from '../../core/audit/sign-ins.ts';
import { may } from '../../core/roles/roles.ts';
import { listTallies } from '../../core/tallies/store.ts';
import { calledOf, type House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Asked, defineRoute, type Route } from '../../http/route.ts';
import { days, shift } from '../../kernel/clock.ts';
import { dayOf, daysUpTo } from '../../ui/day.ts';
import { toldOf } from '../portal/scene.ts';
import { type Application, applicationPage, applicationsPage, type Comer, type Owner } from './applications.tsx';
import { seriesOf } from './figures.ts';
import { namingOf } from './policies/asked.ts';
import { actorOf, deskOf } from './scene.ts';

const home = '/admin/applications';
const which = z.strictObject({ application: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/) });
/** So many days are shown, so many sign-ins listed, and so many looked through for them. */
const shown = { days: 30, comers: 20, among: 2000 };

/** What people sign in to: all of it for whoever may look, and for whoever owns some, what is theirs. */
export function applicationsRoutes(house: House): readonly Route[] {
  const { gate, applications, sites } = house;
  const { read } = gate.database;
  const all: readonly Application[] = [
    ...applications.map((set) => ({ kind: 'client' as const, ...set })),
    ...sites.map((set) => ({ kind: 'site' as const, ...set })),
  ];
  const seenBy = async (asked: Asked<unknown, unknown>) => theirs(all, await actorOf(house, asked));

  return [
    defineRoute({
      method: 'GET',
      path: home,
      act: 'see-applications',
      binding: 'session',
      answer: async (asked) => ({
        is: 'page',
        page: applicationsPage(await deskOf(house, asked, home), await seenBy(asked)),
      }),
    }),
    defineRoute({
      method: 'GET',
      path: `${home}/:application`,
      act: 'see-applications',
      binding: 'session',
      params: which,
      async answer(asked) {
        const application = (await seenBy(asked)).find(({ id }) => id === asked.params.application);
        if (application === undefined) throw new Problem('not-found', `no application ${asked.params.application}`);
        const desk = await deskOf(house, asked, `${home}/${application.id}`);
        const seen = {
          rules: (await gate.policy(read)).policies.filter(({ when }) => holdsAt(when.applications, application.id)),
          naming: namingOf(house, asked.language),
          owners: await ownersOf(application),
          ...(await comersTo(application.id, may(desk, 'look'))),
        };
        return { is: 'page', page: applicationPage(desk, application, seen, toldOf(house, asked)) };
      },
    }),
  ];

  async function ownersOf({ owners }: Application): Promise<readonly Owner[]> {
    const found: Owner[] = [];
    for (const name of owners) {
      const account = await findAnswering(read, name);
      const standing = account === null ? 'unknown' : account.role === 'application-owner' ? 'sees' : 'without-role';
      found.push({ name, standing });
    }
    return found;
  }

  /** @param named whoever reads it may look at people's pages */
  async function comersTo(application: string, named: boolean) {
    const now = gate.clock.now();
    const span = daysUpTo(dayOf(now), shown.days);
    const tallies = await listTallies(read, 'application', span[0] ?? dayOf(now));
    const since = shift(now, -days(shown.days));
    const latest = await listSignIns(read, { since, limit: shown.among });
    const comers: Comer[] = [];
    for (const { account: id, at, excused } of latest
      .filter((one) => one.application === application)
      .slice(0, shown.comers)) {
      const account = await findAccount(read, id);
      comers.push({ name: account && calledOf(account), page: named && account !== null ? id : null, at, excused });
    }
    return { signIns: seriesOf(tallies, span, application), comers };
  }
}

/** A rule that names no application holds at all of them. */
const holdsAt = (named: readonly string[] | undefined, id: string): boolean =>
  named === undefined || named.includes(id);
