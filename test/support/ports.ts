import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below what Linux gives to outgoing connections (32768 and up): no browser or database takes a port from under a test. */
const [FIRST, PER_WORKER, WORKERS] = [12_000, 2_000, 10];

const worker = Number(process.env['VITEST_POOL_ID'] ?? 0) % WORKERS;
let offset = randomInt(PER_WORKER);

/** A port nobody listens on. Each worker of a run has a range of its own, and no port is given twice by one test file. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < PER_WORKER; tries++) {
    offset = (offset + 1) % PER_WORKER;
    const port = FIRST + worker * PER_WORKER + offset;
    if (await isFree(port)) return port;
  }
  throw new Error(`all ports of worker ${worker} are taken`);
}

/** Tried on all interfaces, so that `localhost` may mean either family of addresses. */
function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}
