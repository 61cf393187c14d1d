import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import type Provider from 'oidc-provider';
import { speaksOidc } from '../../core/applications/settings.ts';
import type { Route } from '../../http/route.ts';
import { type Instant, seconds, shift } from '../../kernel/clock.ts';
import { every, type Stop } from '../../kernel/timers.ts';
import type { Migration } from '../../store/migrate.ts';
import { emptied } from '../../store/restored.ts';
import type { SealedColumn } from '../../store/sealed.ts';
import oidcSql from './0001-oidc.sql';
import stillEnoughSql from './0002-still-enough.sql';
import ownedSql from './0003-owned.sql';
import { removeExpiredGrounds } from './grounds.ts';
import type { OidcHouse } from './house.ts';
import { interactionRoutes } from './interaction.ts';
import { lookEvery, openKeys, sealedKeys } from './keys.ts';
import { logoutRoutes } from './logout.ts';
import { mount } from './mount.ts';
import { tellAll } from './notices.ts';
import { openProvider } from './provider.ts';
import { removeExpiredRecords } from './records.ts';
import type { Visitors } from './shadow.ts';
import { type Shown, show } from './shown.ts';

export { listSigningKeys, rotateSigningKeys } from './keys.ts';

export const migrations: readonly Migration[] = [
  { name: 'oidc/0001', sql: oidcSql },
  { name: 'oidc/0002', sql: stillEnoughSql },
  { name: 'oidc/0003', sql: ownedSql },
];
export const restored = emptied('oidc_record', 'oidc_ground');
export const sealed: readonly SealedColumn[] = [{ table: 'oidc_record', column: 'payload', key: 'id' }, sealedKeys];

/** How often applications are told of sessions that ended. */
const tellEvery = seconds(2);

export interface Oidc {
  /** Pages of ours. */
  readonly routes: readonly Route[];
  /** Addresses that oidc-provider answers. */
  readonly plugin: (app: FastifyInstance) => Promise<void>;
  /** What is to be done now and then: telling applications, forgetting what has expired. */
  tick(): Promise<void>;
  /** Asks one of those addresses for somebody at this address, as their browser or their application would. */
  ask(request: Inside): Promise<LightMyRequestResponse>;
  /** What an access token of ours says; null when it serves no more. */
  show(token: string): Promise<Shown | null>;
}

type Inside = Pick<InjectOptions, 'headers' | 'payload'> & {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly address: string;
};

/** @throws when an application is set up wrongly, before anybody is served */
export function openOidc(house: OidcHouse): Oidc {
  const { gate } = house;
  const visitors: Visitors = new WeakMap();
  let open: { readonly provider: Provider; readonly version: string; readonly until: Instant } | null = null;

  let note: (failure: unknown) => void = () => undefined;
  let inside: FastifyInstance | null = null;

  /** Another one when the keys have changed: oidc-provider takes them once. */
  async function provider(): Promise<Provider> {
    const now = gate.clock.now();
    if (open !== null && now < open.until) return open.provider;
    const keys = await openKeys(gate);
    const same = open !== null && open.version === keys.version ? open.provider : null;
    const current = same ?? openProvider(house, keys, visitors);
    if (same === null) current.on('server_error', (_, failure) => note(failure));
    open = { provider: current, version: keys.version, until: shift(now, lookEvery / 2) };
    return current;
  }

  async function tick(): Promise<void> {
    await tellAll(house, await provider());
    await gate.database.transaction(async (tx) => {
      await removeExpiredRecords(tx, gate.clock.now());
      await removeExpiredGrounds(tx, gate.clock.now());
    });
  }

  return {
    routes: [...interactionRoutes(house, provider), ...logoutRoutes(house, provider)],
    async plugin(app) {
      note = (failure) => app.log.error({ err: failure }, 'unforeseen');
      inside = app;
      // What is set up wrongly is found before anybody is served.
      const clients = [...house.applications.filter(speaksOidc), ...house.services];
      if (clients.length > 0) {
        const { Client } = await provider();
        for (const { id } of clients) await Client.find(id);
      }
      await app.register(mount(house.publicUrl, provider, visitors));
      let stop: Stop | undefined;
      const failed = (failure: unknown) => app.log.error({ err: failure }, 'applications could not be told');
      app.addHook('onListen', async () => {
        stop = every(tellEvery, tick, failed);
      });
      app.addHook('onClose', async () => stop?.());
    },
    tick,
    async ask({ address, headers, ...request }) {
      if (inside === null) throw new Error('nobody is served yet');
      const { host } = house.publicUrl;
      return inside.inject({ ...request, remoteAddress: address, headers: { ...headers, host } });
    },
    show: async (token) => show(gate, await provider(), token),
  };
}
