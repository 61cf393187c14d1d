import { z } from 'zod';
import type { Policy } from '../../../core/policies/document.ts';
import { type Draft, findDraft, readText, removeDraft, saveDraft, textOf } from '../../../core/policies/drafts.ts';
import { findLatest } from '../../../core/policies/store.ts';
import type { House } from '../../../house.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../../http/route.ts';
import { hashOf } from '../../../kernel/ids.ts';
import { officeOf } from '../../../proving/people.ts';
import { applyPolicy, type Weighed, weighPolicy } from '../../../proving/policies.ts';
import { replay } from '../../../proving/replay.ts';
import { noFields } from '../../fields.ts';
import { ownerOf } from '../../portal/scene.ts';
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
  readonly policy: Policy | null;
  readonly outrun: number | null;
}

/** A policy is written, looked at from all sides, and then put in force: all that is done to a draft. */
export function draftRoutes(house: House): readonly Route[] {
  const { gate, nameable } = house;
  const { read } = gate.database;
  const looks = { act: 'draft-policy', binding: 'session' } as const;
  const changes = { act: 'change-policy', binding: 'session', path: `${draftHome}/apply` } as const;

  /** Theirs; where they have none yet, what is in force, as they would begin. */
  async function draftOf(asked: Asked): Promise<Draft> {
    const { id } = await ownerOf(house, asked);
    const kept = await findDraft(read, id);
    if (kept !== null) return kept;
    const document = textOf(await gate.policy(read));
    return { document, madeFrom: await findLatest(read), at: gate.clock.now() };
  }

  async function considered(asked: Asked): Promise<Considered> {
    const draft = await draftOf(asked);
    const latest = await findLatest(read);
    const outrun = latest === draft.madeFrom ? null : latest;
    const found = readText(draft.document, nameable);
    if (found.is === 'bad') return { draft, policy: null, mistakes: found.mistakes, warnings: [], outrun };
    return { draft, policy: found.config, ...(await weighPolicy(read, gate, found.config)), outrun };
  }

  const before = async () => textOf(await gate.policy(read));

  /** The page that asks why; only a draft that can be put in force has one. */
  async function toApply(asked: Asked, hindrance: Hindrance | null, more: readonly string[] = []): Promise<Answer> {
    const { draft, policy, mistakes, outrun } = await considered(asked);
    if (policy === null || mistakes.length > 0 || outrun !== null) return { is: 'redirect', to: draftHome };
    const desk = await deskOf(house, asked, home);
    const { length: out } = await outBy(policy);
    const given = { before: await before(), after: textOf(policy), digest: hashOf(draft.document), out };
    return { is: 'page', page: applyPage(desk, { ...given, hindrance, mistakes: more }) };
  }

  /** Whom it would keep out who got in lately. */
  const outBy = async (policy: Policy) => (await replay(gate, { before: await gate.policy(read), after: policy })).out;

  return [
    defineRoute({
      ...looks,
      method: 'GET',
      path: draftHome,
      query: question,
      async answer(asked) {
        const { language } = asked;
        const { draft, policy, ...rest } = await considered(asked);
        const inForce = { under: words[language].inForce, policy: await gate.policy(read) };
        const under = drafting[language].draft;
        const readable =
          policy === null
            ? null
            : {
                policy,
                lean: textOf(policy),
                whatIf: await answer(house, asked.query, [inForce, { under, policy }], asked),
              };
        const written = { text: draft.document, before: textOf(inForce.policy), ...rest };
        const desk = await deskOf(house, asked, home);
        return { is: 'page', page: draftPage(desk, written, readable, namingOf(house, language)) };
      },
    }),
    defineRoute({
      ...looks,
      method: 'POST',
      path: draftHome,
      form: z.strictObject({ document: z.string().max(longest * 2) }),
      async answer(asked) {
        const { id } = await ownerOf(house, asked);
        const { madeFrom } = await draftOf(asked);
        // A form says the end of a line as CR LF (HTML, 4.10.21.7).
        const document = asked.form.document.replaceAll('\r\n', '\n');
        await gate.database.transaction((tx) => saveDraft(tx, gate, id, { document, madeFrom }));
        return { is: 'redirect', to: draftHome };
      },
    }),
    defineRoute({
      ...looks,
      method: 'POST',
      path: `${draftHome}/drop`,
      form: noFields,
      async answer(asked) {
        const { id } = await ownerOf(house, asked);
        await gate.database.transaction((tx) => removeDraft(tx, id));
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
        const { draft, policy } = await considered(asked);
        if (policy === null || hashOf(draft.document) !== digest) return toApply(asked, 'moved');
        if (why === '') return toApply(asked, 'why');
        const { length: out } = await outBy(policy);
        if (out > 0 && sure !== String(out)) return toApply(asked, 'sure');
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
