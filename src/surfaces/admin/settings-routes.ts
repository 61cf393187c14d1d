import { listApiTokens } from '../../core/api-tokens/store.ts';
import { findAnswering } from '../../core/applications/answering.ts';
import type { House } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { certificateIn } from '../../http/tls.ts';
import type { Instant } from '../../kernel/clock.ts';
import { toldOf } from '../portal/scene.ts';
import { deskOf } from './scene.ts';
import { type Certificate, settingsPage } from './settings.tsx';

const home = '/admin/settings';

/** How this house is set up, to read. */
export const settingsRoutes = (house: House): readonly Route[] => [
  defineRoute({
    method: 'GET',
    path: home,
    act: 'see-settings',
    binding: 'session',
    async answer(asked) {
      const { gate, running } = house;
      const { read } = gate.database;
      const told = toldOf(house, asked);
      const set = {
        house,
        tokens: await listApiTokens(read),
        orphans: await orphansAmong(house),
        certificate: running.certificate === null ? undefined : certificateAt(running.certificate),
        signing: await house.signing(),
        sealing: gate.ring.keys.size,
        nameOf: (method: string) => gate.methods.get(method)?.words[told.language].name ?? method,
      };
      return { is: 'page', page: settingsPage(await deskOf(house, asked, home), set, told) };
    },
  }),
];

async function orphansAmong({ gate, services }: House): Promise<readonly string[]> {
  const orphans: string[] = [];
  for (const { id, owner } of services) {
    const account = await findAnswering(gate.database.read, owner);
    if (account === null) orphans.push(id);
  }
  return orphans;
}

/** Read anew each time: it is changed while we run. */
function certificateAt(path: string): Certificate {
  try {
    const { names, until } = certificateIn(path);
    return { names, until: until as Instant };
  } catch {
    return null;
  }
}
