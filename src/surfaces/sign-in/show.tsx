import { type Attempt, saveAttempt } from '../../core/attempts/store.ts';
import { findBlock } from '../../core/throttle/store.ts';
import { frameOf, type House } from '../../house.ts';
import type { Answer, Asked } from '../../http/route.ts';
import { never } from '../../kernel/clock.ts';
import type { Because } from '../../methods/method.ts';
import { secondBudget } from '../../proving/budgets.ts';
import type { LiveMethod, Turn, Visit } from '../../proving/gate.ts';
import { setUpNow } from '../../proving/run.ts';
import { type Decision, decide } from '../../proving/situation.ts';
import { nameOf, subjectOf } from '../../proving/subject.ts';
import { memoText } from '../../store/memo.ts';
import { Time } from '../../ui/time.tsx';
import { choosePage, identifyPage, methodPage, type Scene, tellPage, type Way } from './pages.tsx';
import { words } from './words.ts';

/** The page for where an attempt stands. Looking changes nothing but what the method wants to remember. */
export async function show(house: House, came: Asked, attempt: Attempt, visit: Visit): Promise<Answer> {
  const { gate } = house;
  const asked = { ...came, language: visit.language };
  const decision = await decide(gate.database.read, { gate, attempt, visit });
  const scene = await sceneOf(house, asked, attempt, decision);
  const page = await pageFor({ gate, attempt, visit }, decision, scene);
  if (page === null) return { is: 'redirect', to: scene.base };
  const provider = gate.methods.get(methodAt(decision, gate) ?? '')?.leadsTo;
  const formTargets = [attempt.purpose.application?.origin, provider].filter((origin) => origin !== undefined);
  return { is: 'page', page, formTargets };
}

/** The method whose page it is. */
const methodAt = ({ step }: Decision, gate: House['gate']): string | null =>
  step.screen === 'prove' ? step.method : setUpNow(step, gate);

async function sceneOf(house: House, asked: Asked, attempt: Attempt, { facts, step }: Decision): Promise<Scene> {
  const base = `/sign-in/${attempt.id}`;
  const { application, act, returnTo, hint = null, leaveTo = null } = attempt.purpose;
  return {
    frame: frameOf(house, asked, base),
    csrf: asked.csrf,
    base,
    towards: application?.name ?? null,
    passage: step.screen === 'done' || step.screen === 'duty' ? 2 : facts.met ? 1 : 0,
    name: attempt.identified ? await nameOf(house.gate, attempt) : null,
    act,
    hint,
    leaveTo,
    forgot: house.gate.recovery.offered && !facts.met,
    waitHours: attempt.purpose.ticket === undefined ? 0 : house.gate.recovery.waitHours,
    back: application === null && act !== null && step.screen !== 'duty' ? returnTo : null,
  };
}

/** Null when another tab was faster with what this page has to remember: what that one shows is what counts. */
async function pageFor(turn: Omit<Turn, 'secret'>, { step, facts, mayRemember, help }: Decision, scene: Scene) {
  const { gate, attempt } = turn;
  const say = words[scene.frame.language];
  const startAgain = { label: say.startAgain, to: 'start-again' };
  const toAccount = { label: say.toAccount, href: '/account' };
  const setUp = setUpNow(step, gate);
  if (setUp !== null) return withMethod('set-up', setUp);
  switch (step.screen) {
    case 'identify':
      return identifyPage(scene);
    case 'prove':
      return withMethod('prove', step.method);
    case 'choose':
      return choosePage(scene, 'prove', step.methods.map(wayTo));
    case 'choose-new':
      return choosePage(scene, 'set-up', step.methods.map(wayTo));
    case 'blocked': {
      const until = await findBlock(gate.database.read, secondBudget(attempt.account ?? '').key, gate.clock.now());
      const lead =
        until === null || until >= never
          ? say.blocked.forever
          : say.blocked.lead(<Time language={scene.frame.language} at={until} now={gate.clock.now()} />);
      return tellPage(scene, { title: say.blocked.title, lead }, { label: say.blocked.again, to: 'continue' });
    }
    case 'denied':
      return tellPage(scene, helped(say.denied), startAgain);
    case 'stuck':
      if (attempt.purpose.ticket !== undefined) return tellPage(scene, say.noSecond(scene.waitHours), startAgain);
      return tellPage(scene, helped(say.stuck), startAgain, scene.towards === null ? null : toAccount);
    default:
      return tellPage(scene, say.done, { label: say.go, to: 'continue' });
  }

  /** Whoever runs the house knows better what to do here. */
  function helped<Told extends { lead: string }>(told: Told): Told {
    return help === null ? told : { ...told, lead: help };
  }

  /** Before anything is proven there is one way; whoever came to set one thing up does that. */
  function otherWays(act: 'prove' | 'set-up'): 'prove' | 'set-up' | null {
    if (act === 'prove') return facts.met ? 'prove' : null;
    return step.screen === 'enrol' && facts.wanted === null && facts.mayEnrol.length > 1 ? 'set-up' : null;
  }

  function wayTo(id: string): Way {
    const { icon, words: said } = live(id);
    return { id, icon, ...said[scene.frame.language] };
  }

  function live(id: string): LiveMethod {
    const method = gate.methods.get(id);
    if (method === undefined) throw new Error(`the flow named the method ${id}, which is not in the registry`);
    return method;
  }

  async function withMethod(act: 'prove' | 'set-up', id: string) {
    const method = live(id);
    const before = memoText(attempt.memos);
    const view = await method[act === 'prove' ? 'ask' : 'offer'](await subjectOf(turn, id));
    const remembers = memoText(attempt.memos) !== before;
    const kept = remembers && (await gate.database.transaction((tx) => saveAttempt(tx, gate, attempt, {})));
    if (kept === null) return null;
    // Not while nobody knows who it is, and not for a code that is kept for bad days.
    const asks = act === 'prove' && facts.met && !method.best.recovery;
    return methodPage(
      scene,
      { act, method: id, mayRemember: asks ? mayRemember : 0, otherWays: otherWays(act) },
      view,
      wrongWith(attempt, method, scene),
    );
  }

  function wrongWith({ progress: { said } }: Attempt, method: LiveMethod, { frame }: Scene): string | null {
    if (said === null || said.method !== method.id) return null;
    const tell = method.words[frame.language].refused[said.because as Because];
    return tell?.(Math.max(0, (said.until ?? 0) - gate.clock.now())) ?? null;
  }
}
