import type { Device } from '../../core/browsers/remembered.ts';
import { agentIn } from '../../ui/agent.ts';
import { Time } from '../../ui/time.tsx';
import type { Way } from './pages.tsx';
import type { Told } from './ways.tsx';
import { words } from './words.ts';

/** The browsers that are not asked again, each until when. */
export function devicesOf(devices: readonly Device[], told: Told): readonly Way[] {
  const { devices: say, sessions } = words[told.language];
  return devices.map(({ id, agent, address, createdAt, expiresAt }) => ({
    key: id,
    icon: 'screen',
    name: agentIn(agent) || sessions.unknown,
    about: (
      <>
        {say.since(<Time {...told} at={createdAt} />)} · {sessions.from(address)} ·{' '}
        {say.until(<Time {...told} at={expiresAt} />)}
      </>
    ),
    acts: [{ to: `/account/security/devices/${id}/forget`, label: say.forget, kind: 'second' }],
  }));
}
