import { z } from 'zod';
import type { Account } from '../../core/accounts/store.ts';
import { type DeviceId, listDevices } from '../../core/browsers/remembered.ts';
import { type House, sendToSignIn, visitOf } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Asked, defineRoute, type Route } from '../../http/route.ts';
import type { Credential, CredentialId } from '../../methods/method.ts';
import { forgetDevice, type Mine, removeMethod, renameMethod } from '../../proving/acts.ts';
import type { LiveMethod } from '../../proving/gate.ts';
import { isNeeded, mayChange, type Ways, waysOf } from '../../proving/owned.ts';
import { purposeOf } from '../../proving/purposes.ts';
import { methodId, noFields, rowId } from '../fields.ts';
import { changing } from '../step-up/changing.ts';
import { devicesOf } from './devices.tsx';
import { notesFor } from './hanging.tsx';
import { removePage, renamePage, securityPage } from './pages.tsx';
import { ownerOf, sceneOf, signalling, signedIn, toldOf } from './scene.ts';
import { sectionsOf } from './ways.tsx';
import { words } from './words.ts';

const home = '/account/security';
const method = z.strictObject({ method: methodId });
const credential = method.extend({ credential: rowId });
type OnOne = Asked<{ method: string; credential: string }>;

/** How a person gets in: what they may set up, what they have, what they may change about it. */
export function securityRoutes(house: House): readonly Route[] {
  const { gate } = house;

  async function owner(asked: Asked): Promise<{ account: Account; ways: Ways }> {
    const account = await ownerOf(house, asked);
    return { account, ways: await waysOf(gate, account, asked.address) };
  }

  function live(id: string): LiveMethod {
    const found = gate.methods.get(id);
    if (found === undefined) throw new Problem('not-found', `no method ${id}`);
    return found;
  }

  /** One that stands alone, of this very person; else it is as if it were not there. */
  async function one(asked: OnOne) {
    const { account, ways } = await owner(asked);
    const found = live(asked.params.method);
    const mine = ways.get(found)?.find(({ id }) => id === asked.params.credential);
    if (found.role !== 'second' || mine === undefined) throw new Problem('not-found', 'not theirs, or not one alone');
    return { account, ways, method: found, mine, name: calledOf(found, mine, asked) };
  }

  /** The pages offer no such button where the policy keeps it to whoever runs the house. */
  async function mustBeTheirs(asked: Asked, account: Account): Promise<void> {
    if (!(await mayChange(gate, account, asked.address))) throw new Problem('not-found', 'not theirs to change');
  }

  const calledOf = ({ words: said }: LiveMethod, { label }: Credential, { language }: Asked) =>
    label ?? said[language].name;

  const mineIn = (asked: OnOne): Mine => ({
    method: asked.params.method,
    credential: asked.params.credential as CredentialId,
  });

  return [
    defineRoute({
      method: 'GET',
      path: home,
      binding: 'session',
      async answer(asked) {
        const { account, ways } = await owner(asked);
        const told = toldOf(house, asked);
        const may = await mayChange(gate, account, asked.address);
        const devices = devicesOf(await listDevices(gate.database.read, account.id, gate.clock.now()), told);
        const page = securityPage(await signalling(house, sceneOf(house, asked, home), account), {
          ...(await notesFor(house, asked, account, { owned: ways, may })),
          sections: sectionsOf(ways, told, may),
          devices,
        });
        return { is: 'page', page };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/account/security/:method/set-up',
      binding: 'session',
      changes: 'ways-in',
      params: method,
      form: noFields,
      async answer(asked) {
        const { id, role, words: said } = live(asked.params.method);
        if (role !== 'first') await mustBeTheirs(asked, (await owner(asked)).account);
        const say = words[asked.language].acts;
        const act = (role === 'first' ? say.change : say.setUp)(said[asked.language].name);
        const afresh = role === 'first';
        const purpose = purposeOf(gate, { act, wanted: id, afresh, returnTo: home, takesAway: false });
        return sendToSignIn(house, asked, purpose);
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/account/security/:method/rename/:credential',
      binding: 'session',
      params: credential,
      async answer(asked) {
        const { name } = await one(asked);
        return { is: 'page', page: renamePage(sceneOf(house, asked, home), name, asked.path) };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/account/security/:method/rename/:credential',
      binding: 'session',
      params: credential,
      form: z.strictObject({
        label: z
          .string()
          .trim()
          .min(1)
          .max(64)
          .regex(/^\P{C}+$/u),
      }),
      async answer(asked) {
        await one(asked);
        if (!(await renameMethod(gate, signedIn(asked), mineIn(asked), asked.form.label)))
          throw new Problem('not-found', 'gone');
        return { is: 'redirect', to: home };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/account/security/:method/remove/:credential',
      binding: 'session',
      params: credential,
      async answer(asked) {
        const { account, ways, mine, name } = await one(asked);
        await mustBeTheirs(asked, account);
        const seconds = [...ways].filter(([{ role }]) => role === 'second').flatMap(([, credentials]) => credentials);
        const takesBackups = seconds.length === 1;
        const needed = await isNeeded(gate.database.read, gate, { account, address: asked.address }, mine.id);
        const page = removePage(sceneOf(house, asked, home), { name, takesBackups, needed, to: asked.path });
        return { is: 'page', page };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/account/security/:method/remove/:credential',
      binding: 'session',
      changes: 'ways-in',
      params: credential,
      form: noFields,
      async answer(asked) {
        const { account, mine, name } = await one(asked);
        await mustBeTheirs(asked, account);
        // Its page says why; nobody proves anything for that.
        const why = { is: 'redirect' as const, to: asked.path };
        if (await isNeeded(gate.database.read, gate, { account, address: asked.address }, mine.id)) return why;
        const act = words[asked.language].acts.remove(name);
        return changing(house, asked, { act, from: asked.path, done: home, takesAway: true }, async (leave) => {
          const outcome = await removeMethod(gate, leave, mineIn(asked));
          if (outcome === 'gone') throw new Problem('not-found', 'gone');
          return outcome === 'needed' ? why : { is: 'redirect', to: home };
        });
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/account/security/devices/:device/forget',
      binding: 'session',
      params: z.strictObject({ device: rowId }),
      form: noFields,
      async answer(asked) {
        const visit = await visitOf(house, asked);
        if (!(await forgetDevice(gate, signedIn(asked), asked.params.device as DeviceId, visit)))
          throw new Problem('not-found', 'not theirs, or forgotten already');
        return { is: 'redirect', to: home };
      },
    }),
  ];
}
