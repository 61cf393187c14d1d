import { createServer } from 'node:http';
import type { Server as TlsServer } from 'node:https';
import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import { openApp, openCouriers, openHouse, openMeans, seenFileOf } from '../app.ts';
import { readHead, sealEntries } from '../core/audit/chain.ts';
import { cutLog } from '../core/audit/ending.ts';
import { openSeen } from '../core/audit/seen.ts';
import { openStreams } from '../core/audit/streams/tell.ts';
import { countAll } from '../core/tallies/count.ts';
import type { House } from '../house.ts';
import { openMetrics } from '../http/metrics.ts';
import type { Route } from '../http/route.ts';
import { watchTls } from '../http/tls.ts';
import { days, minutes, seconds, shift } from '../kernel/clock.ts';
import { every, rounds, type Stop, within } from '../kernel/timers.ts';
import { listen, openRadius } from '../protocols/radius/index.ts';
import { answerJoining } from '../proving/joining.ts';
import { listOlder } from '../proving/older.ts';
import { answerRecovery } from '../proving/recovery.ts';
import { weighSome } from '../proving/weighing.ts';
import type { Settings } from '../settings.ts';
import type { Means } from '../store/means.ts';
import { keepUp } from '../upkeep.ts';
import { assetsFolder } from './assets.ts';

interface Prepared {
  /** Before anybody is served: may refuse by throwing. */
  prepare?(house: House): Promise<void>;
  /** Addresses that only this way of serving has. */
  routes?(house: House): readonly Route[];
  /** Mail is kept and shown, and so it arrives, though no server is named. */
  readonly mails?: true;
}

/** Opens, listens, and keeps up until the process is told to stop. */
export async function start(settings: Settings, { prepare, routes, mails }: Prepared = {}): Promise<FastifyInstance> {
  const means = await openMeans(settings);
  const house = openHouse(settings, means, assetsFolder, mails);
  await closedOnFailure(means, prepare?.(house));
  const registry = openMetrics(means);
  const app = await openApp(settings, house, routes?.(house) ?? [], { registry });
  await app.listen(settings.listen);
  app.log.info({ url: settings.publicUrl.href, database: means.database.kind }, 'serving');
  for (const worry of await worriesIn(house)) app.log.warn(worry);

  const stops = [
    await keepUp(means, openCouriers(settings, means), app.log),
    answerForgotten(house, app),
    answerJoiners(house, app),
    sealAudit(house, settings, app),
    tellAudit(house, settings, app),
    cutAudit(house, settings, app),
    countUp(house, app),
    listEverybody(house, app),
    weighEverybody(house, app),
    ...serveMetrics(settings, registry),
    ...renewTls(settings, app),
    ...(await answerRadius(house, settings, app)),
  ];
  endWell(app, means, stops);
  return app;
}

/** Whoever forgot their password hears from us within moments; what they were told at once is the same for everybody. */
const answerForgotten = ({ gate }: House, app: FastifyInstance): Stop =>
  every(
    seconds(2),
    () => answerRecovery(gate),
    (failure) => app.log.error({ err: failure }, 'recovery is tried again'),
  );

/** The same for whoever wants an account. */
const answerJoiners = ({ gate }: House, app: FastifyInstance): Stop =>
  every(
    seconds(2),
    () => answerJoining(gate),
    (failure) => app.log.error({ err: failure }, 'answering those who want an account is tried again'),
  );

/** Whatever was written down is tied to all before it within a second, by whichever process comes first. */
function sealAudit({ gate }: House, settings: Settings, app: FastifyInstance): Stop {
  const seen = openSeen(seenFileOf(settings));
  const seal = async (goingOn: () => boolean) => {
    while ((await sealEntries(gate)) > 0 && goingOn());
    seen.save(await readHead(gate.database.read));
  };
  return rounds(seconds(1), seal, (failure) => app.log.error({ err: failure }, 'sealing the log is tried again')).stop;
}

/** What is older than the house keeps it goes, where it says how long that is. */
function cutAudit({ gate }: House, { audit: { keepDays } }: Settings, app: FastifyInstance): Stop {
  const cut = async () => {
    const upTo = keepDays === null ? null : await cutLog(gate, shift(gate.clock.now(), -days(keepDays)));
    if (upTo !== null) app.log.info({ upTo }, 'the oldest entries of the log were removed');
  };
  return every(minutes(10), cut, (failure) => app.log.error({ err: failure }, 'cutting the log is tried again'));
}

/** And told to those who watch from elsewhere, once it is sealed. */
function tellAudit({ gate }: House, { audit }: Settings, app: FastifyInstance): Stop {
  const tell = openStreams(gate, audit.streams, app.log);
  return rounds(seconds(1), tell, (failure) => app.log.error({ err: failure }, 'telling the log is tried again')).stop;
}

/** What happened is counted by the day, for whoever runs the house. */
const countUp = ({ gate }: House, app: FastifyInstance): Stop =>
  rounds(
    seconds(5),
    (goingOn) => countAll(gate, goingOn),
    (failure) => app.log.error({ err: failure }, 'counting is tried again'),
  ).stop;

/** Whoever was here before people were listed is caught up with. */
function listEverybody({ gate }: House, app: FastifyInstance): Stop {
  const older = async (goingOn: () => boolean) => {
    while (goingOn() && (await listOlder(gate)) > 0);
  };
  return rounds(minutes(1), older, (failure) => app.log.error({ err: failure }, 'listing is tried again')).stop;
}

/** Who hangs on one thing is weighed anew after each change to the policy, or to what they own. */
function weighEverybody({ gate }: House, app: FastifyInstance): Stop {
  const weigh = async (goingOn: () => boolean) => {
    while (goingOn() && (await weighSome(gate)) > 0);
  };
  return rounds(minutes(1), weigh, (failure) => app.log.error({ err: failure }, 'weighing is tried again')).stop;
}

const worriesIn = async ({ gate }: House): Promise<readonly string[]> =>
  (await Promise.all([...gate.methods.values()].map((method) => method.worries?.(gate.database.read)))).flatMap(
    (worries) => worries ?? [],
  );

/** Who does not start leaves nothing open. */
async function closedOnFailure({ database }: Means, prepared: Promise<void> | undefined): Promise<void> {
  try {
    await prepared;
  } catch (failure) {
    await database.close();
    throw failure;
  }
}

/** The metrics on a port of their own, which a firewall keeps for whoever watches. */
function serveMetrics({ metrics, listen }: Settings, registry: Registry): readonly Stop[] {
  if (metrics.port === undefined) return [];
  const server = createServer((_, response) => {
    registry.metrics().then(
      (text) => response.setHeader('content-type', registry.contentType).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.listen(metrics.port, listen.host);
  return [() => void server.close()];
}

/** Gates to a network ask by UDP. */
async function answerRadius(house: House, { radius }: Settings, app: FastifyInstance): Promise<readonly Stop[]> {
  if (radius === undefined) return [];
  const listening = await listen(openRadius(house, radius.clients, app.log), radius.listen, app.log);
  app.log.info({ ...radius.listen, port: listening.port }, 'answering RADIUS');
  return [listening.stop];
}

function renewTls({ tls }: Settings, app: FastifyInstance): readonly Stop[] {
  if (tls === undefined) return [];
  const look = watchTls(app.server as unknown as TlsServer, tls);
  const renew = () => {
    if (look()) app.log.info('the TLS certificate was renewed');
  };
  return [
    every(seconds(10), renew, (failure) => app.log.error({ err: failure }, 'the TLS files do not fit; kept the old')),
  ];
}

/**
 * Told to stop, it takes no more requests, ends those under way, closes the database and is gone within five seconds;
 * told twice, at once. What nobody foresaw ends it too, for nobody knows what state it left behind.
 */
function endWell(app: FastifyInstance, { database }: Means, stops: readonly Stop[]): void {
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) process.exit(1);
    stopping = true;
    app.log.info({ signal }, 'stopping');
    const ended = Promise.all([app.close(), ...stops.map((one) => one())])
      .then(() => database.close())
      .then(() => 0);
    void within(seconds(4.5), ended, () => 1)
      .catch(() => 1)
      .then((code) => process.exit(code));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  const die = (failure: unknown) => {
    app.log.fatal({ err: failure }, 'unforeseen: ending');
    process.exit(1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}
