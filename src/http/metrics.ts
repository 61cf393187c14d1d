import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Means } from '../store/means.ts';
import { routeOf } from './logging.ts';

/** How a sign-in went on, by what was written down about it. */
const signIns: Readonly<Record<string, string>> = {
  'session.started': 'let through',
  'session.raised': 'raised',
  'access.given': 'let through',
  'proof.refused': 'refused',
  'proof.replayed': 'refused',
  'proof.blocked': 'blocked',
};
const proofs: Readonly<Record<string, string>> = {
  'proof.accepted': 'accepted',
  'proof.refused': 'refused',
  'proof.replayed': 'replayed',
  'proof.blocked': 'blocked',
};

const messages: Readonly<Record<string, string>> = {
  'message.sent': 'sent',
  'message.later': 'failed',
  'message.down': 'failed',
  'message.refused': 'refused',
  'message.expired': 'too late',
};

const datagrams: Readonly<Record<string, string>> = {
  'radius.accepted': 'accepted',
  'radius.challenged': 'challenged',
  'radius.rejected': 'rejected',
  'radius.repeated': 'repeated',
  'radius.dropped': 'dropped',
};

/** What a watcher of the server may know: numbers by kind, never a name, an address or an account. */
export function openMetrics({ tally, hash, skew }: Means): Registry {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const told = { registers, labelNames: ['outcome'] as const };
  counted({ ...told, name: 'sallyport_sign_ins_total', help: 'Steps of sign-ins by what came of them' }, (add) => {
    for (const { event, times } of tally.counts()) add(signIns[event], [], times);
  });
  counted(
    {
      ...told,
      name: 'sallyport_proofs_total',
      help: 'Answers by method and outcome',
      labelNames: ['outcome', 'method'],
    },
    (add) => {
      for (const { event, method, times } of tally.counts()) add(proofs[event], [['method', method]], times);
    },
  );
  counted({ ...told, name: 'sallyport_locks_total', help: 'Answers not looked at because of earlier ones' }, (add) => {
    for (const { event, times } of tally.counts()) if (event === 'proof.blocked') add('blocked', [], times);
  });
  counted(
    {
      ...told,
      name: 'sallyport_messages_total',
      help: 'Mail and SMS by what came of each try',
      labelNames: ['outcome', 'channel'],
    },
    (add) => {
      for (const { event, method, times } of tally.counts()) add(messages[event], [['channel', method]], times);
    },
  );
  counted(
    {
      ...told,
      name: 'sallyport_radius_requests_total',
      help: 'RADIUS requests by client and what came of them',
      labelNames: ['outcome', 'client'],
    },
    (add) => {
      for (const { event, method, times } of tally.counts()) add(datagrams[event], [['client', method]], times);
    },
  );
  counted(
    { ...told, name: 'sallyport_hash_refusals_total', help: 'Requests sent away because hashing was busy' },
    (add) => add('refused', [], hash.load().refused),
  );
  new Gauge({
    name: 'sallyport_hash_queue',
    help: 'Passwords and codes that wait to be hashed',
    registers,
    collect() {
      this.set(hash.load().waiting);
    },
  });
  new Gauge({
    name: 'sallyport_clock_skew_seconds',
    help: 'The clock of the database less ours',
    registers,
    collect() {
      this.set(skew.milliseconds / 1000);
    },
  });
  return registry;
}

type Add = (outcome: string | undefined, labels: readonly [string, string][], times: number) => void;
interface Told {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly registers: Registry[];
}

/** A counter whose numbers are kept elsewhere and read when asked. */
function counted(told: Told, read: (add: Add) => void): void {
  new Counter({
    ...told,
    labelNames: [...told.labelNames],
    collect() {
      this.reset();
      read((outcome, labels, times) => {
        if (outcome !== undefined) this.inc({ outcome, ...Object.fromEntries(labels) }, times);
      });
    },
  });
}

/** How long answers take, by the pattern of their route. */
export function measureAnswers(app: FastifyInstance, registry: Registry): void {
  const durations = new Histogram({
    name: 'sallyport_request_seconds',
    help: 'From the request to its answer, by route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const labels = { method: request.method, route: routeOf(request), status: String(reply.statusCode) };
    durations.observe(labels, reply.elapsedTime / 1000);
  });
}
