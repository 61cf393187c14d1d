import { execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from './ports.ts';
import { findPostgres } from './programs.ts';

export interface Postgres {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Runs the server for as long as our end of its standard input is open. However this process ends, the pipe closes
 * with it: no cluster outlives its tests.
 */
const untilInputEnds = '"$@" & cat >/dev/null; kill -INT $!; wait $!; rm -rf "$0"';

/** A PostgreSQL of our own: a fresh cluster on a free loopback port, as durable as in production. */
export async function startPostgres(): Promise<Postgres> {
  const bin = findPostgres();
  if (!bin) throw new Error('No PostgreSQL server here (initdb, postgres). `npm test` installs it.');

  const home = mkdtempSync(join(tmpdir(), 'sallyport-postgres-'));
  const data = join(home, 'data');
  const user = unprivilegedUser();
  if (user) chownSync(home, user.uid, user.gid);
  const as = { ...user, cwd: home };

  // --no-sync spares the fresh cluster a wait for the disk; what the running server acknowledges it still syncs.
  const initdb = ['-D', data, '-U', 'sallyport', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(bin, 'initdb'), initdb, { ...as, stdio: 'pipe' });

  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `unix_socket_directories=${home}`, 'max_connections=300'];
  const postgres = [join(bin, 'postgres'), '-D', data, '-p', String(port), ...settings.flatMap((set) => ['-c', set])];
  const server = spawn('sh', ['-c', untilInputEnds, home, ...postgres], {
    ...as,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()));

  await new Promise<void>((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: server.stderr }).on('line', (line) => {
      if (line.includes('ready to accept connections')) resolve();
      else if (said.length < 50) said.push(line);
    });
    void ended.then(() => reject(new Error(`PostgreSQL did not start:\n${said.join('\n')}`)));
  });

  return {
    url: `postgres://sallyport@127.0.0.1:${port}/postgres`,
    async stop() {
      server.stdin.end();
      await ended;
    },
  };
}

/** PostgreSQL refuses to run as root: then it runs as its own system user, or as nobody. */
function unprivilegedUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string, user: string) => Number(execFileSync('id', [flag, user], { stdio: 'pipe' }));
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: id('-u', user), gid: id('-g', user) };
    } catch {
      // Not on this machine: the next one.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user "postgres" or "nobody" to run it as.');
}
