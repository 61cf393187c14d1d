import type { ComponentChildren, JSX } from 'preact';
import { type Attempt, saveAttempt } from '../../core/attempts/store.ts';
import { hasCode } from '../../core/temporary-codes/store.ts';
import { findBlock } from '../../core/throttle/store.ts';
import { askedBy, type Step } from '../../flow/table.ts';
import { frameOf, type House } from '../../house.ts';
import type { Answer, Asked } from '../../http/route.ts';
import { never } from '../../kernel/clock.ts';
import type { Because } from '../../methods/method.ts';
import { secondBudget } from '../../proving/budgets.ts';
import { firstMethod, type Gate, type LiveMethod, passkeyMethod, type Turn, type Visit } from '../../proving/gate.ts';
import { recovers } from '../../proving/purposes.ts';
import { setUpNow } from '../../proving/run.ts';
import { type Decision, decide } from '../../proving/situation.ts';
import { nameOf, subjectOf } from '../../proving/subject.ts';
import { temporaryCode } from '../../proving/temporary-codes.ts';
import { memoOf, memoText } from '../../store/memo.ts';
import { Time } from '../../ui/time.tsx';
import type { View } from '../../ui/view.ts';
import {
  choosePage,
  identifyPage,
  methodPage,
  type OtherWays,
  type Scene,
  tellPage,
  temporaryCodePage,
  type Way,
} from './pages.tsx';
import { invitePage, keepPage, welcomePage } from './without-password.tsx';
import { words } from './words.ts';

/** The page for where an attempt stands. Looking changes nothing but what the method wants to remember. */
export async function show(house: House, came: Asked, attempt: Attempt, visit: Visit): Promise<Answer> {
  const { gate } = house;
  const asked = { ...came, language: visit.language };
  const decision = await decide(gate.database.read, { gate, attempt, visit });
  const scene = await sceneOf(house, asked, attempt, decision);
  const page = await pageFor({ gate, attempt, visit, decision, scene });
  if (page === null) return { is: 'redirect', to: scene.base };
  // What opens to nothing any more is taken away.
  const cookies = visit.choice?.is === 'broken' ? { passwordless: null } : {};
  const provider = gate.methods.get(methodAt(decision, gate) ?? '')?.leadsTo;
  const formTargets = [...leadsTo(attempt), ...(provider === undefined ? [] : [provider])];
  return { is: 'page', page, formTargets, cookies };
}

/** Where a form may lead in the end: to the application that asks. */
export const leadsTo = ({ purpose: { application } }: Attempt): readonly string[] =>
  application === null ? [] : [application.origin];

/** The method whose page it is. */
const methodAt = ({ step }: Decision, gate: Gate): string | null => askedBy(step) ?? setUpNow(step, gate);

async function sceneOf(house: House, asked: Asked, attempt: Attempt, decision: Decision): Promise<Scene> {
  const { facts, step } = decision;
  const base = `/sign-in/${attempt.id}`;
  const { application, act, returnTo, hint = null, leaveTo = null } = attempt.purpose;
  return {
    frame: frameOf(house, asked, base),
    csrf: asked.csrf,
    base,
    towards: application?.name ?? null,
    passage: ['done', 'duty', 'offer'].includes(step.screen) ? 2 : facts.met ? 1 : 0,
    name: attempt.identified ? await nameOf(house.gate, attempt) : null,
    act,
    hint,
    leaveTo,
    forgot: house.gate.recovery.offered && !facts.met,
    joins: house.gate.joining.offered,
    waitHours: recovers(house.gate, attempt.purpose) ? house.gate.recovery.waitHours : 0,
    codeIsOut: await mayTypeCode(house.gate, attempt, decision),
    back: application === null && act !== null && step.screen !== 'duty' ? returnTo : null,
  };
}

/** Said after a first proof only: before it all accounts look alike. */
const mayTypeCode = async ({ database, clock }: Gate, { account }: Attempt, decision: Decision): Promise<boolean> => {
  const { excusable, excused, facts } = decision;
  return account !== null && excusable && !excused && facts.met && hasCode(database.read, account, clock.now());
};

/** Where the help desk's code is typed; null where there is none to type. */
export async function showTemporaryCode(
  house: House,
  came: Asked,
  attempt: Attempt,
  visit: Visit,
): Promise<JSX.Element | null> {
  const { gate } = house;
  const asked = { ...came, language: visit.language };
  const scene = await sceneOf(house, asked, attempt, await decide(gate.database.read, { gate, attempt, visit }));
  if (!scene.codeIsOut) return null;
  const { said } = attempt.progress;
  const say: Readonly<Record<string, unknown>> = words[asked.language].temporaryCode;
  const wrong = said?.method === temporaryCode.id ? say[said.because] : null;
  return temporaryCodePage(scene, typeof wrong === 'string' ? wrong : null);
}

/** What every page is drawn from. */
interface Here extends Omit<Turn, 'secret'> {
  readonly decision: Decision;
  readonly scene: Scene;
}

/** Null when another tab was faster with what this page has to remember: what that one shows is what counts. */
async function pageFor(here: Here): Promise<JSX.Element | null> {
  const { gate, attempt, scene } = here;
  const { step, returning, help } = here.decision;
  const say = words[scene.frame.language];
  const startAgain = { label: say.startAgain, to: 'start-again' };
  const toAccount = { label: say.toAccount, href: '/account' };
  switch (step.screen) {
    case 'identify':
      return identify(here);
    case 'welcome':
      return welcomePage(scene, returning, wayTo(here, step.method));
    case 'prove':
      return ask(here, live(gate, step.method));
    case 'choose':
      return choosePage(scene, 'prove', waysTo(here, step.methods));
    case 'choose-new':
      return choosePage(scene, 'set-up', waysTo(here, step.methods));
    case 'confirm':
      return confirm(here, step);
    case 'enrol':
    case 'duty':
      return setUp(here);
    case 'offer':
      return step.offer === 'passkey' ? invite(here) : keepPage(scene);
    case 'blocked':
      return tellPage(
        scene,
        { title: say.blocked.title, lead: await untilWhen(here) },
        { label: say.blocked.again, to: 'continue' },
      );
    case 'denied':
      return tellPage(scene, helped(help, say.denied), startAgain);
    case 'stuck':
      if (recovers(gate, attempt.purpose)) return tellPage(scene, say.noSecond(scene.waitHours), startAgain);
      return tellPage(scene, helped(help, say.stuck), startAgain, scene.towards === null ? null : toAccount);
    default:
      return tellPage(scene, say.done, { label: say.go, to: 'continue' });
  }
}

/** Whoever runs the house knows better what to do here. */
const helped = <Told extends { lead: string }>(help: string | null, told: Told): Told =>
  help === null ? told : { ...told, lead: help };

/** The name or, for whoever has one, a passkey that knows it. */
async function identify({ gate, attempt, scene }: Here): Promise<JSX.Element | null> {
  const method = passkeyMethod(gate);
  // Where the password itself is asked again, nothing takes its place.
  const { firstPage = 'username-first' } = method?.passkey ?? {};
  if (method === undefined || firstPage === 'username-first' || attempt.purpose.afresh)
    return identifyPage(scene, null);
  const view = await keeping(gate, attempt, () => method.passkey.greet(memoOf(attempt.memos, method.id)));
  const wrong = wrongWith(gate, attempt, method, scene);
  return view && identifyPage(scene, { method: method.id, firstPage, view, wrong });
}

async function ask(here: Here, method: LiveMethod): Promise<JSX.Element | null> {
  const { gate, attempt, decision, scene } = here;
  const { facts, familiar, mayRemember } = decision;
  const unproven = facts.met ? undefined : familiar ? 'acquainted' : 'stranger';
  const subject = await subjectOf(here, method.id, unproven);
  const view = await keeping(gate, attempt, () => method.ask(subject));
  // Not while nobody knows who it is, and not for a code that is kept for bad days.
  const remembers = facts.met && !method.best.recovery ? mayRemember : 0;
  const asking = {
    method: method.id,
    mayRemember: remembers,
    otherWays: otherWays(decision, method),
    usual: firstMethod(gate).id,
  };
  return view && methodPage(scene, { act: 'prove', ...asking }, view, wrongWith(gate, attempt, method, scene));
}

/** Before anything is proven there is the password; with it, whatever else may come first. */
function otherWays({ facts, step }: Decision, method: LiveMethod): OtherWays {
  if (step.screen === 'confirm') return (facts.confirm?.by.length ?? 0) > 1 ? 'prove' : null;
  if (facts.met) return 'prove';
  if (method.role !== 'first') return 'usual';
  return facts.usable.length > 1 ? 'prove' : null;
}

/** The code besides: by the one way, or first the choice of them. */
function confirm(here: Here, step: Step & { screen: 'confirm' }): JSX.Element | Promise<JSX.Element | null> {
  const { methods, anew } = step;
  if (methods.length > 1) return choosePage(here.scene, anew ? 'set-up' : 'prove', waysTo(here, methods));
  return anew ? setUp(here) : ask(here, live(here.gate, askedBy(step)));
}

async function setUp(here: Here): Promise<JSX.Element | null> {
  const { gate, attempt, scene } = here;
  const { step, facts } = here.decision;
  const method = live(gate, setUpNow(step, gate));
  const subject = await subjectOf(here, method.id);
  const view = await keeping(gate, attempt, () => method.offer(subject));
  // Whoever came to set one thing up does that.
  const chose = step.screen === 'enrol' && facts.wanted === null && facts.mayEnrol.length > 1;
  const asking = { method: method.id, mayRemember: 0, otherWays: chose ? ('set-up' as const) : null, usual: method.id };
  return view && methodPage(scene, { act: 'set-up', ...asking }, view, wrongWith(gate, attempt, method, scene));
}

async function invite(here: Here): Promise<JSX.Element | null> {
  const { gate, attempt, decision, scene } = here;
  const method = live(gate, setUpNow(decision.step, gate));
  const subject = await subjectOf(here, method.id);
  const { passkey } = method;
  if (passkey === undefined) throw new Error(`${method.id} makes no passkeys`);
  const view = await keeping(gate, attempt, () => passkey.invite(subject, decision.upgrades));
  return view && invitePage(scene, method.id, view, wrongWith(gate, attempt, method, scene));
}

/** What a view wants to remember is kept with it; null when another tab was faster. */
async function keeping(gate: Gate, attempt: Attempt, make: () => Promise<View>): Promise<View | null> {
  const before = memoText(attempt.memos);
  const view = await make();
  if (memoText(attempt.memos) === before) return view;
  return (await gate.database.transaction((tx) => saveAttempt(tx, gate, attempt, {}))) && view;
}

async function untilWhen({ gate, attempt, scene }: Here): Promise<ComponentChildren> {
  const { language } = scene.frame;
  const now = gate.clock.now();
  const until = await findBlock(gate.database.read, secondBudget(attempt.account ?? '').key, now);
  const say = words[language].blocked;
  return until === null || until >= never ? say.forever : say.lead(<Time language={language} at={until} now={now} />);
}

const waysTo = (here: Here, ids: readonly string[]): readonly Way[] => ids.map((id) => wayTo(here, id));

function wayTo({ gate, scene }: Here, id: string): Way {
  const { icon, words: said } = live(gate, id);
  return { id, icon, ...said[scene.frame.language] };
}

function live({ methods }: Gate, id: string | null): LiveMethod {
  const method = methods.get(id ?? '');
  if (method === undefined) throw new Error(`the flow named the method ${id}, which is not in the registry`);
  return method;
}

function wrongWith(
  { clock }: Gate,
  { progress: { said } }: Attempt,
  method: LiveMethod,
  { frame }: Scene,
): string | null {
  if (said === null || said.method !== method.id) return null;
  const tell = method.words[frame.language].refused[said.because as Because];
  return tell?.(Math.max(0, (said.until ?? 0) - clock.now())) ?? null;
}
