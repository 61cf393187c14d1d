import { z } from 'zod';
import type { Policy } from '../../../core/policies/document.ts';
import { type Draft, findDraft, readText, removeDraft, saveDraft, textOf } from '../../../core/policies/drafts.ts';
import type { House } from '../../../house.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../../http/route.ts';
import { hashOf } from '../../../kernel/ids.ts';
import { numbered } from '../../../proving/arranged.ts';
import { officeOf } from '../../../proving/office.ts';
import { applyPolicy, type Weighed, weakerThan, weighPolicy } from '../../../proving/policies.ts';
import { replay } from '../../../proving/replay.ts';
import { noFields } from '../../fields.ts';
import { signedIn } from '../../portal/scene.ts';
import { changing } from '../../step-up/changing.ts';
import { reason } from '../reason.ts';
import { deskOf } from '../scene.ts';
import { applyPage, type Given, type Hindrance, type Intended } from './apply.tsx';
import { answer, namingOf, question } from './asked.ts';
import { draftHome, draftPage, longest } from './draft.tsx';
import { words as drafting } from './draft-words.ts';
import { home } from './page.tsx';
import { words } from './words.ts';

/** A draft, and what it comes to where it can be read. */
interface Considered extends Weighed {
  readonly draft: Draft;
  /** It was kept: else it is what is in force, as they would begin. */
  readonly kept: boolean;
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
    const found = await findDraft(read, signedIn(asked).account);
    const draft = found ?? { document: textOf(before), madeFrom: latest, at: gate.clock.now() };
    const standing = { draft, kept: found !== null, before, latest };
    const text = readText(draft.document, nameable);
    if (text.is === 'bad') return { ...standing, after: null, mistakes: text.mistakes, warnings: [] };
    return { ...standing, after: text.config, ...(await weighPolicy(read, gate, text.config)) };
  }

  /** What it takes to put it in force; null where it cannot be: its own page says why. */
  async function intended({ draft, before, latest, after, mistakes }: Considered): Promise<Intended | null> {
    if (after === null || mistakes.length > 0 || latest !== draft.madeFrom) return null;
    const { out } = await replay(gate, { before, after });
    const both = { before, after };
    return { ...both, digest: hashOf(draft.document), out: out.length, weaker: await weakerThan(gate, both) };
  }

  async function toApply(asked: Asked, intent: Intended, more: Parameters<typeof applyPage>[2]): Promise<Answer> {
    const desk = await deskOf(house, asked, home);
    return { is: 'page', page: applyPage(desk, intent, more, namingOf(house, asked.language)) };
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
        const readable = { before, after, whatIf, weaker: await weakerThan(gate, { before, after }) };
        return { is: 'page', page: draftPage(desk, beside, readable, naming) };
      },
    }),
    defineRoute({
      ...looks,
      method: 'POST',
      path: draftHome,
      form: z.strictObject({
        document: z.string().max(longest * 2),
        beside: z.coerce.number().int().min(0).max(999_999_999),
      }),
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
    defineRoute({
      ...changes,
      method: 'GET',
      async answer(asked) {
        const intent = await intended(await considered(asked));
        const given = { reason: '', sure: '', meant: '' };
        return intent === null ? toDraft : toApply(asked, intent, { given, hindrance: null });
      },
    }),
    defineRoute({
      ...changes,
      method: 'POST',
      changes: 'ways-in',
      form: z.strictObject({
        digest: z.string().max(64),
        sure: z.string().trim().max(6).default(''),
        meant: z.enum(['yes', '']).default(''),
        reason,
      }),
      async answer(asked) {
        const { form: given } = asked;
        const found = await considered(asked);
        const intent = await intended(found);
        if (intent === null) return toDraft;
        const hindrance = hindranceOf(intent, given);
        if (hindrance !== null) return toApply(asked, intent, { given, hindrance });
        const act = drafting[asked.language].apply.phrase;
        const change = { act, from: asked.path, done: home, takesAway: false };
        return changing(house, asked, change, async (leave) => {
          const next = { policy: intent.after, after: found.latest };
          const { is } = await applyPolicy(gate, officeOf(leave, given.reason), next);
          if (is !== 'applied') return toDraft;
          await gate.database.transaction((tx) => removeDraft(tx, leave.session.account, found.draft.document));
          return { is: 'redirect', to: home };
        });
      },
    }),
  ];
}

const toDraft: Answer = { is: 'redirect', to: draftHome };

/** What was seen is what is meant, and all that it takes was said. */
function hindranceOf(intent: Intended, given: Given & { digest: string }): Hindrance | null {
  if (given.digest !== intent.digest) return 'moved';
  if (intent.weaker.length > 0 && given.meant !== 'yes') return 'meant';
  if (intent.out > 0 && given.sure !== String(intent.out)) return 'sure';
  return given.reason === '' ? 'why' : null;
}
