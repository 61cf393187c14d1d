import { z } from 'zod';
import { type DeviceId, listDevices } from '../../core/browsers/remembered.ts';
import { visitOf } from '../../house.ts';
import { dateOf } from '../../kernel/clock.ts';
import { forgetDevice } from '../../proving/acts.ts';
import { agentIn, systemIn } from '../../ui/agent.ts';
import { defineCall } from './call.ts';
import { Refused } from './errors.ts';
import { byMfaToken, sessionOf } from './shown.ts';

/** Browsers that are not asked for a second factor that the policy asks for. */
export const listTrusted = defineCall({
  input: z.object({}),
  who: byMfaToken,
  async answer({ gate }, { who: { account } }) {
    const devices = await listDevices(gate.database.read, account, gate.clock.now());
    return {
      body: {
        trusted_devices: devices.map(({ id, createdAt, address, agent }) => ({
          id,
          user_id: account,
          created_at: dateOf(createdAt).toISOString(),
          metadata: {
            ip: address,
            user_agent: agent,
            operating_system: systemIn(agent),
            device_name: agentIn(agent),
          },
        })),
      },
    };
  },
});

export const removeTrusted = defineCall({
  input: z.object({ device: z.string().max(64) }),
  who: byMfaToken,
  async answer(house, { asked, input, who }) {
    const session = await sessionOf(house, who);
    const visit = await visitOf(house, asked);
    if (!(await forgetDevice(house.gate, session, input.device as DeviceId, visit)))
      throw new Refused('no-such-thing', 'no device of theirs');
    return {};
  },
});
