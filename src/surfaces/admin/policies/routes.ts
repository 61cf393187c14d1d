import { type AccountId, findAccount } from '../../../core/accounts/store.ts';
import { findDraft } from '../../../core/policies/drafts.ts';
import { findLatest, listVersions, type Version } from '../../../core/policies/store.ts';
import { calledOf, type House } from '../../../house.ts';
import { defineRoute, type Route } from '../../../http/route.ts';
import { host } from '../../../proving/office.ts';
import { signedIn, toldOf } from '../../portal/scene.ts';
import { deskOf } from '../scene.ts';
import { answer, namingOf, question } from './asked.ts';
import { home, type Past, policiesPage } from './page.tsx';
import { words } from './words.ts';

/** As many as somebody looks through. */
const shown = 20;

/** The policy in force, for whoever may look, and what somebody would meet under it. */
export function policiesRoutes(house: House): readonly Route[] {
  const { gate } = house;
  const { read } = gate.database;

  return [
    defineRoute({
      method: 'GET',
      path: home,
      act: 'look',
      binding: 'session',
      query: question,
      async answer(asked) {
        const { language } = asked;
        const policy = await gate.policy(read);
        const whatIf = await answer(house, asked.query, [{ under: words[language].inForce, policy }], asked);
        const versions: Past[] = [];
        for (const one of await listVersions(read, shown)) versions.push({ ...one, by: await nameOf(one, language) });
        const page = policiesPage(
          await deskOf(house, asked, home),
          { policy, version: await findLatest(read), versions, whatIf, naming: namingOf(house, language) },
          toldOf(house, asked),
          (await findDraft(read, signedIn(asked).account)) !== null,
        );
        return { is: 'page', page };
      },
    }),
  ];

  /** Who put it in force, as people are told. */
  async function nameOf({ author }: Version, language: keyof typeof words): Promise<string> {
    const say = words[language].versions;
    if (author === host.actor) return say.host;
    if (author.startsWith('token:')) return say.program(author.slice('token:'.length));
    const account = await findAccount(read, author as AccountId);
    return account === null ? say.somebody : calledOf(account);
  }
}
