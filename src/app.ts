import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import * as accounts from './core/accounts/store.ts';
import * as attempts from './core/attempts/store.ts';
import * as audit from './core/audit/store.ts';
import * as browsers from './core/browsers/store.ts';
import * as delivery from './core/delivery/store.ts';
import * as sessions from './core/sessions/store.ts';
import * as throttle from './core/throttle/store.ts';
import type { Route } from './http/route.ts';
import { serve } from './http/serve.ts';
import { type Chance, systemChance } from './kernel/chance.ts';
import { type Clock, systemClock } from './kernel/clock.ts';
import { openKeyFile } from './kernel/key-file.ts';
import { slowHash } from './kernel/slow-hash.ts';
import * as registry from './methods/index.ts';
import * as replay from './otp/replay.ts';
import { type Gate, openMethods } from './proving/gate.ts';
import type { Settings } from './settings.ts';
import { type Database, openDatabase } from './store/database.ts';
import type { Means } from './store/means.ts';
import { type Migration, migrate } from './store/migrate.ts';
import type { SealedColumn } from './store/sealed.ts';
import type { House } from './surfaces/house.ts';
import { problemPage } from './surfaces/pages/problem.tsx';
import { pageRoutes } from './surfaces/pages/routes.ts';
import { portalRoutes } from './surfaces/portal/routes.ts';
import { signInRoutes } from './surfaces/sign-in/routes.ts';
import { loadAssets } from './ui/assets.ts';

const methods = Object.values(registry);
const owners = [accounts, sessions, attempts, throttle, browsers, audit, delivery, replay];

/** In this order: accounts first, since everything belongs to somebody. */
export const migrations: readonly Migration[] = [...owners, ...methods].flatMap((owner) => owner.migrations);
export const sealedColumns: readonly SealedColumn[] = [
  ...attempts.sealed,
  ...methods.flatMap((method) => method.sealed),
];

/** What a test turns by hand; the real ones otherwise. */
export interface Turned {
  readonly clock?: Clock;
  readonly chance?: Chance;
  readonly database?: Database;
}

/** Opens what is kept: the database brought up to date, the keys, the hash. */
export async function openMeans(settings: Settings, turned: Turned = {}): Promise<Means> {
  const { clock = systemClock, chance = systemChance } = turned;
  const database =
    turned.database ?? openDatabase(settings.database ?? `sqlite:${join(settings.data, 'sallyport.db')}`);
  await migrate(database, migrations, clock);
  const { memoryKiB, passes, ...limits } = settings.hashing;
  return {
    database,
    clock,
    chance,
    ring: openKeyFile(join(settings.data, 'keys.json'), chance),
    hash: await slowHash({ memoryCost: memoryKiB, timeCost: passes }, limits),
  };
}

export const openGate = (settings: Settings, means: Means): Gate => ({
  ...means,
  methods: openMethods(methods, means, settings.methods),
  policies: settings.policies,
  sessions: settings.sessions,
});

export const openHouse = (settings: Settings, means: Means, assetsFolder: string): House => ({
  gate: openGate(settings, means),
  assets: loadAssets(assetsFolder),
  publicUrl: settings.publicUrl,
});

/** Every address there is: tests walk this table. */
export const routesOf = (house: House): readonly Route[] => [
  ...pageRoutes(house),
  ...signInRoutes(house),
  ...portalRoutes(house),
];

/** The whole server, not yet listening. */
export async function openApp(settings: Settings, house: House, more: readonly Route[] = []): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: undefined,
    logger: settings.logLevel === 'silent' ? false : { level: settings.logLevel },
    trustProxy: settings.trustedProxies.length === 0 ? false : [...settings.trustedProxies],
    bodyLimit: 64 * 1024,
  } as object) as FastifyInstance;
  await serve(
    app,
    { means: house.gate, sessions: settings.sessions, publicUrl: settings.publicUrl, problemPage: problemPage(house) },
    [...routesOf(house), ...more],
  );
  return app;
}
