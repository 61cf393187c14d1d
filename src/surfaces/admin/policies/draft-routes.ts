import { z } from 'zod';
import type { Policy } from '../../../core/policies/document.ts';
import { type Draft, findDraft, readText, removeDraft, saveDraft, textOf } from '../../../core/policies/drafts.ts';
import type { House } from '../../../house.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../../http/route.ts';
import { hashOf } from '../../../kernel/ids.ts';
import { numbered } from '../../../proving/arranged.ts';
import { officeOf } from '../../../proving/people.ts';
import { applyPolicy, type Weighed, weighPolicy } from '../../../proving/policies.ts';
import { replay } from '../../../proving/replay.ts';
import { noFields } from '../../fields.ts';
import { signedIn } from '../../portal/scene.ts';
import { changing } from '../../step-up/changing.ts';
import { reason } from '../reason.ts';
import { deskOf } from '../scene.ts';
import { answer, namingOf, question } from './asked.ts';
import { applyPage, draftHome, draftPage, type Hindrance, longest } from './draft.tsx';
import { words as drafting } from './draft-words.ts';
import { home } from './page.tsx';
import { words } from './words.ts';

/** A draft, and what it comes to where it can be read. */
interface Considered extends Weighed {
  readonly draft: Draft;
  /** What is in force, and its number. */
  readonly before: Policy;
  readonly latest: number;
  readonly after: Policy | null;
}

/** A policy is written, looked at from all sides, and then put in force: all that is done to a draft. */
export function draftRoutes(house: House): readonly Route[] {
  const { gate, nameable } = house;
  const { read } = gate.database;
  const looks = { act: 'draft-policy', binding: 'session' } as const;
  const changes = { act: 'change-policy', binding: 'session', path: `${draftHome}/apply` } as const;

  async function considered(asked: Asked): Promise<Considered> {
    const { version: latest, policy: before } = await numbered(read, gate);
    // Whoever has none yet begins with what is in force.
    const begun = { document: textOf(before), madeFrom: latest, at: gate.clock.now() };
    const draft = (await findDraft(read, signedIn(asked).account)) ?? begun;
    const found = readText(draft.document, nameable);
    if (found.is === 'bad') return { draft, before, latest, after: null, mistakes: found.mistakes, warnings: [] };
    return { draft, before, latest, after: found.config, ...(await weighPolicy(read, gate, found.config)) };
  }

  /** The page that asks why; only a draft that can be put in force has one. */
  async function toApply(asked: Asked, hindrance: Hindrance | null, more: readonly string[] = []): Promise<Answer> {
    const { draft, before, latest, after, mistakes } = await considered(asked);
    if (after === null || mistakes.length > 0 || latest !== draft.madeFrom) return { is: 'redirect', to: draftHome };
    const desk = await deskOf(house, asked, home);
    const { out } = await replay(gate, { before, after });
    const naming = namingOf(house, asked.language);
    const given = { before, after, naming, digest: hashOf(draft.document), out: out.length };
    return { is: 'page', page: applyPage(desk, { ...given, hindrance, mistakes: more }) };
  }

  return [
    defineRoute({
      ...looks,
      method: 'GET',
      path: draftHome,
      query: question,
      async answer(asked) {
        const { language } = asked;
        const { draft, before, latest, after, ...weighed } = await considered(asked);
        const desk = await deskOf(house, asked, home);
        const beside = { text: draft.document, beside: latest, outrun: latest !== draft.madeFrom, ...weighed };
        const naming = namingOf(house, language);
        if (after === null) return { is: 'page', page: draftPage(desk, beside, null, naming) };
        const both = [
          { under: words[language].inForce, policy: before },
          { under: drafting[language].draft, policy: after },
        ];
        const whatIf = await answer(house, asked.query, both, asked);
        return { is: 'page', page: draftPage(desk, beside, { before, after, whatIf }, naming) };
      },
    }),
    defineRoute({
      ...looks,
      method: 'POST',
      path: draftHome,
      form: z.strictObject({ document: z.string().max(longest * 2), beside: z.coerce.number().int().min(0) }),
      async answer(asked) {
        const { account } = signedIn(asked);
        // What stood beside it when it was kept is what it was made from.
        const { beside: madeFrom } = asked.form;
        // A form says the end of a line as CR LF (HTML, 4.10.21.7).
        const document = asked.form.document.replaceAll('\r\n', '\n');
        await gate.database.transaction((tx) => saveDraft(tx, gate, account, { document, madeFrom }));
        return { is: 'redirect', to: draftHome };
      },
    }),
    defineRoute({
      ...looks,
      method: 'POST',
      path: `${draftHome}/drop`,
      form: noFields,
      async answer(asked) {
        await gate.database.transaction((tx) => removeDraft(tx, signedIn(asked).account));
        return { is: 'redirect', to: home };
      },
    }),
    defineRoute({ ...changes, method: 'GET', answer: (asked) => toApply(asked, null) }),
    defineRoute({
      ...changes,
      method: 'POST',
      changes: 'ways-in',
      form: z.strictObject({
        digest: z.string().max(64),
        sure: z.string().trim().max(6).default(''),
        reason,
      }),
      async answer(asked) {
        const { digest, sure, reason: why } = asked.form;
        const { draft, before, after: policy } = await considered(asked);
        if (policy === null || hashOf(draft.document) !== digest) return toApply(asked, 'moved');
        if (why === '') return toApply(asked, 'why');
        const { out } = await replay(gate, { before, after: policy });
        if (out.length > 0 && sure !== String(out.length)) return toApply(asked, 'sure');
        const act = drafting[asked.language].apply.phrase;
        const change = { act, from: asked.path, done: home, takesAway: false };
        return changing(house, asked, change, async (leave) => {
          const applied = await applyPolicy(gate, officeOf(leave, why), { policy, after: draft.madeFrom });
          if (applied.is === 'outrun') return { is: 'redirect', to: draftHome };
          if (applied.is === 'refused') return toApply(asked, null, applied.mistakes);
          await gate.database.transaction((tx) => removeDraft(tx, leave.session.account));
          return { is: 'redirect', to: home };
        });
      },
    }),
  ];
}
