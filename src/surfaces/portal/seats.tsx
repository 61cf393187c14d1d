import type { Session } from '../../core/sessions/store.ts';
import { agentIn } from '../../ui/agent.ts';
import { Time } from '../../ui/time.tsx';
import type { Seat } from './pages.tsx';
import type { Told } from './ways.tsx';
import { words } from './words.ts';

/** Where somebody is signed in, this very browser first. */
export function seatsOf(sessions: readonly Session[], current: Session, told: Told): readonly Seat[] {
  const say = words[told.language].sessions;
  return sessions
    .map(({ id, agent, address, createdAt, seenAt }) => {
      const here = id === current.id;
      const since = say.since(<Time {...told} at={createdAt} />);
      const seen = say.seen(<Time {...told} at={seenAt} />);
      const about = (
        <>
          {since}
          {!here && <> · {seen}</>} · {say.from(address)}
        </>
      );
      return { id, agent: agentIn(agent) || say.unknown, about, here };
    })
    .sort((a, b) => Number(b.here) - Number(a.here));
}
