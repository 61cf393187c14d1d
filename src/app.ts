import { join } from 'node:path';
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify';
import type { Registry } from 'prom-client';
import type { Couriers } from './core/delivery/courier.ts';
import { openSmtp } from './core/delivery/mail/smtp.ts';
import { openOutbox } from './core/delivery/outbox.ts';
import { openSms } from './core/delivery/sms/index.ts';
import { openLdap } from './core/directory/ldap.ts';
import type { Policy } from './core/policies/document.ts';
import { policyInForce } from './core/policies/store.ts';
import type { House } from './house.ts';
import { pathIn } from './http/host.ts';
import { type LogTarget, logAnswers, openLog, requestNames } from './http/logging.ts';
import { measureAnswers, openMetrics } from './http/metrics.ts';
import { type Readiness, serveOperations } from './http/operations.ts';
import type { Route } from './http/route.ts';
import { refuseUnread, serve } from './http/serve.ts';
import { readTls } from './http/tls.ts';
import { type Chance, systemChance } from './kernel/chance.ts';
import { type Clock, seconds, systemClock } from './kernel/clock.ts';
import { type Fetch, systemFetch } from './kernel/network.ts';
import { Skew } from './kernel/skew.ts';
import { slowHash } from './kernel/slow-hash.ts';
import { newTally } from './kernel/tally.ts';
import { nameableIn } from './load-settings.ts';
import * as registry from './methods/index.ts';
import * as forwardAuth from './protocols/forward-auth/index.ts';
import * as identity from './protocols/identity/index.ts';
import * as oidc from './protocols/oidc/index.ts';
import { privacyideaRoutes } from './protocols/privacyidea/index.ts';
import { scimRoutes } from './protocols/scim/index.ts';
import { openDirectory } from './proving/directory.ts';
import { type Gate, openMethods } from './proving/gate.ts';
import { runningOf } from './running.ts';
import type { Settings } from './settings.ts';
import { type Database, openDatabase, ping } from './store/database.ts';
import { noDirectory } from './store/directory.ts';
import * as keys from './store/keys.ts';
import type { Means } from './store/means.ts';
import { isCurrent, migrate } from './store/migrate.ts';
import { addressRoutes, undoRoutes } from './surfaces/address/routes.ts';
import { administered } from './surfaces/admin/administered.ts';
import { applicationsRoutes } from './surfaces/admin/applications-routes.ts';
import { auditRoutes } from './surfaces/admin/audit-routes.ts';
import { adminBrowserRoutes } from './surfaces/admin/browser-routes.ts';
import { codeRoutes } from './surfaces/admin/code-routes.ts';
import { dashboardRoutes } from './surfaces/admin/dashboard-routes.ts';
import { linkRoutes } from './surfaces/admin/link-routes.ts';
import { peopleRoutes } from './surfaces/admin/people-routes.ts';
import { personRoutes } from './surfaces/admin/person-routes.ts';
import { draftRoutes } from './surfaces/admin/policies/draft-routes.ts';
import { replayRoutes } from './surfaces/admin/policies/replay-routes.ts';
import { policiesRoutes } from './surfaces/admin/policies/routes.ts';
import { registerRoutes } from './surfaces/admin/register-routes.ts';
import { settingsRoutes } from './surfaces/admin/settings-routes.ts';
import { apiRoutes } from './surfaces/api/index.ts';
import { codesRoutes } from './surfaces/codes/routes.ts';
import { enrolRoutes } from './surfaces/enrol/routes.ts';
import { joinRoutes } from './surfaces/join/routes.ts';
import { problemPage } from './surfaces/pages/problem.tsx';
import { pageRoutes } from './surfaces/pages/routes.ts';
import { wellKnownRoutes } from './surfaces/pages/well-known.ts';
import { activityRoutes } from './surfaces/portal/activity-routes.ts';
import { admitted } from './surfaces/portal/admitted.ts';
import { applicationRoutes } from './surfaces/portal/application-routes.ts';
import { browserRoutes } from './surfaces/portal/browser-routes.ts';
import { portalRoutes } from './surfaces/portal/routes.ts';
import { securityRoutes } from './surfaces/portal/security-routes.ts';
import { recoveryRoutes } from './surfaces/recovery/routes.ts';
import { rescueRoutes } from './surfaces/rescue/routes.ts';
import { signInRoutes } from './surfaces/sign-in/routes.ts';
import { onceEach } from './surfaces/step-up/changing.ts';
import { stepUpRoutes } from './surfaces/step-up/routes.ts';
import { stopCodeRoutes } from './surfaces/temporary-code/routes.ts';
import { migrations } from './tables.ts';
import { loadAssets } from './ui/assets.ts';
import { stylesOf } from './ui/brand.ts';

const methods = Object.values(registry);

/** What a test turns by hand; the real ones otherwise. */
export interface Turned {
  readonly clock?: Clock;
  readonly chance?: Chance;
  readonly database?: Database;
  readonly fetch?: Fetch;
}

export const keyFileOf = (settings: Settings): string => join(settings.data, 'keys.json');

/** Outside the database, for it tells of the database. */
export const seenFileOf = (settings: Settings): string => join(settings.data, 'audit-seen.json');

export const openStore = (settings: Settings): Database =>
  openDatabase(settings.database ?? `sqlite:${join(settings.data, 'sallyport.db')}`);

/** Opens what is kept: the database brought up to date, the keys, the hash. */
export async function openMeans(settings: Settings, turned: Turned = {}): Promise<Means> {
  const { clock = systemClock, chance = systemChance, fetch = systemFetch(seconds(10), settings.network) } = turned;
  const database = turned.database ?? openStore(settings);
  try {
    await migrate(database, migrations, clock);
    const ring = await keys.openRing(database, keyFileOf(settings), chance);
    const { memoryKiB, passes, ...limits } = settings.hashing;
    const hash = await slowHash({ memoryCost: memoryKiB, timeCost: passes }, limits);
    const { publicUrl } = settings;
    const opened = {
      database,
      clock,
      chance,
      ring,
      hash,
      skew: new Skew(),
      publicUrl,
      fetch,
      tally: newTally(),
      directory: noDirectory,
    };
    const means = { ...opened, outbox: openOutbox(opened) };
    if (settings.directory === undefined) return means;
    return { ...means, directory: openDirectory(means, openLdap(settings.directory, settings.network, clock)) };
  } catch (failure) {
    await database.close();
    throw failure;
  }
}

/** Who brings mail and SMS to people, where the settings name somebody. */
export const openCouriers = ({ mail, sms, network, publicUrl }: Settings, means: Means): Couriers => ({
  ...(mail !== undefined && { mail: openSmtp(mail, publicUrl, network) }),
  ...(sms !== undefined && { sms: openSms(sms, means) }),
});

/** What the configuration says, until another policy is put in force. */
const policyIn = ({ policies, sessions, guessing, support }: Settings): Policy => ({
  policies,
  sessions,
  guessing,
  support,
});

/** @param mails false: no mail leaves this house, so nothing is offered that needs one */
export const openGate = (settings: Settings, means: Means, mails = settings.mail !== undefined): Gate => ({
  ...means,
  methods: openMethods(methods, means, settings.methods),
  policy: policyInForce(policyIn(settings)),
  realms: settings.realms,
  recovery: { ...settings.recovery, offered: settings.recovery.offered && mails },
  joining: { ...settings.joining, offered: settings.joining.offered && mails },
  mails,
});

const accentOf = ({ brand }: Settings): Record<string, string> => {
  const styles = stylesOf(brand);
  return styles === null ? {} : { 'accent.css': styles };
};

export const openHouse = (settings: Settings, means: Means, assetsFolder: string, mails?: boolean): House => ({
  gate: openGate(settings, means, mails),
  assets: loadAssets(assetsFolder, accentOf(settings)),
  brand: settings.brand,
  publicUrl: settings.publicUrl,
  applications: settings.applications,
  services: settings.services,
  sites: settings.sites,
  plugins: settings.privacyidea?.clients ?? [],
  nameable: nameableIn(settings),
  smsPrice: settings.sms?.price ?? null,
  running: runningOf(settings),
  signing: () => oidc.listSigningKeys(means),
});

/** What applications speak. @param fetch how they are told that somebody signed out */
export const openOidc = (house: House, fetch: Fetch = house.gate.fetch): oidc.Oidc =>
  oidc.openOidc({ ...house, fetch });

/** Every address there is: tests walk this table. */
export const routesOf = (house: House): readonly Route[] => [
  ...pageRoutes(house),
  ...wellKnownRoutes(house),
  ...signInRoutes(house),
  ...rescueRoutes(house),
  ...recoveryRoutes(house),
  ...joinRoutes(house),
  ...apiRoutes(house),
  ...scimRoutes(house),
  ...privacyideaRoutes(house),
  ...undoRoutes(house),
  ...stopCodeRoutes(house),
  ...enrolRoutes(house),
  ...codesRoutes(house),
  ...stepUpRoutes(house),
  ...forwardAuth.forwardAuthRoutes(house),
  ...administered(
    house,
    onceEach(house, [
      ...dashboardRoutes(house),
      ...peopleRoutes(house),
      ...personRoutes(house),
      ...linkRoutes(house),
      ...registerRoutes(house),
      ...codeRoutes(house),
      ...auditRoutes(house),
      ...policiesRoutes(house),
      ...applicationsRoutes(house),
      ...draftRoutes(house),
      ...replayRoutes(house),
      ...settingsRoutes(house),
      ...adminBrowserRoutes(house),
    ]),
  ),
  ...admitted(
    house,
    onceEach(house, [
      ...portalRoutes(house),
      ...securityRoutes(house),
      ...activityRoutes(house),
      ...browserRoutes(house),
      ...applicationRoutes(house),
      ...addressRoutes(house),
    ]),
  ),
];

/** What may be handed in; made here otherwise. */
interface Chosen {
  readonly log?: LogTarget;
  readonly registry?: Registry;
  readonly spoken?: oidc.Oidc;
}

/** The whole server, not yet listening. */
export async function openApp(
  settings: Settings,
  house: House,
  more: readonly Route[] = [],
  { log, registry = openMetrics(house.gate), spoken = openOidc(house) }: Chosen = {},
): Promise<FastifyInstance> {
  const { gate, publicUrl } = house;
  const options: FastifyServerOptions = {
    frameworkErrors: refuseUnread,
    loggerInstance: openLog(settings.logLevel, log),
    genReqId: requestNames(gate.chance),
    trustProxy: settings.trustedProxies.length === 0 ? false : [...settings.trustedProxies],
    bodyLimit: 64 * 1024,
    rewriteUrl: (request) => identity.spokenPath(request, pathIn(request.url ?? '/', publicUrl)),
    forceCloseConnections: 'idle',
    // Its own lines would name addresses; ours name routes.
    logController: new LogController({ disableRequestLogging: true }),
    ...(settings.tls !== undefined && { https: readTls(settings.tls) }),
  };
  const app = Fastify(options);
  logAnswers(app);
  measureAnswers(app, registry);
  serveOperations(app, { readiness: readinessOf(gate), registry, token: settings.metrics.token });
  const served = {
    means: gate,
    policy: gate.policy,
    publicUrl,
    proxies: settings.trustedProxies,
    problemPage: problemPage(house),
  };
  const spokenFor = identity.identityRoutes({ ...house, oidc: spoken });
  await serve(app, served, [...routesOf(house), ...spoken.routes, ...spokenFor, ...more]);
  await app.register(spoken.plugin);
  return app;
}

const readinessOf = ({ database, ring }: Means): Readiness => ({
  database: () => ping(database).then(() => true),
  keys: () => keys.keysFit(database.read, ring),
  schema: () => isCurrent(database, migrations),
});
