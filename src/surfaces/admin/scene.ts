import type { Role } from '../../core/roles/roles.ts';
import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import type { Asked } from '../../http/route.ts';
import type { Scene } from '../portal/pages.tsx';
import { ownerOf, sceneOf } from '../portal/scene.ts';

/** What all pages about others share: also what whoever looks may do there. */
export interface Desk extends Scene {
  readonly id: string;
  readonly role: Role;
}

export async function deskOf(house: House, asked: Asked, here: string): Promise<Desk> {
  const { id, role } = await ownerOf(house, asked);
  if (role === null) throw new Problem('not-found', 'no role');
  return { ...sceneOf(house, asked, here), id, role };
}
