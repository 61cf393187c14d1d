import type { Role } from '../../core/roles/roles.ts';
import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import type { Asked } from '../../http/route.ts';
import { asActor } from '../../proving/office.ts';
import type { Scene } from '../portal/pages.tsx';
import { ownerOf, sceneOf } from '../portal/scene.ts';

/** What all pages about others share: also what whoever looks may do there. */
export interface Desk extends Scene {
  readonly id: string;
  readonly role: Role;
  readonly shares: boolean;
}

/** Whoever asks, with what they may do for others. */
export const actorOf = async (house: House, asked: Pick<Asked, 'session'>) =>
  asActor(house.gate.database.read, house.gate, await ownerOf(house, asked));

export async function deskOf(house: House, asked: Asked, here: string): Promise<Desk> {
  const { id, role, shares } = await actorOf(house, asked);
  if (role === null) throw new Problem('not-found', 'no role');
  return { ...sceneOf(house, asked, here), id, role, shares };
}
