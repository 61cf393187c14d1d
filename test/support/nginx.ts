import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './programs.ts';

export interface Nginx {
  stop(): Promise<void>;
}

/** Debian's nginx with a configuration of its own in a folder of its own. @param servers what stands in its `http` section */
export async function startNginx(port: number, servers: string): Promise<Nginx> {
  const program = findProgram('nginx');
  if (program === undefined) throw new Error('No nginx here: on Debian, `apt-get install nginx-light`.');
  const home = mkdtempSync(join(tmpdir(), 'sallyport-nginx-'));
  // Its workers are somebody else when this one is root.
  chmodSync(home, 0o755);
  const errors = join(home, 'error.log');
  const file = join(home, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const config = [
    ...(process.getuid?.() === 0 ? ['user www-data;'] : []),
    'daemon off;',
    'worker_processes 1;',
    `pid ${join(home, 'pid')};`,
    `error_log ${errors};`,
    'events {}',
    'http {',
    'access_log off;',
    ...temporary.map((name) => `${name}_temp_path ${join(home, name)};`),
    servers,
    '}',
  ];
  writeFileSync(file, `${config.join('\n')}\n`);
  const server = spawn(program, ['-p', home, '-e', errors, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  server.stderr.on('data', (chunk) => said.push(String(chunk)));
  for (let tries = 0; tries < 100 && !(await answers(port)); tries++) {
    if (server.exitCode !== null || tries === 99)
      throw new Error(`nginx does not answer:\n${said.join('')}${readFileSync(errors, 'utf8')}`);
    await new Promise((later) => setTimeout(later, 50));
  }
  return {
    stop: () =>
      new Promise((stopped) => {
        server.once('close', () => stopped());
        server.kill('SIGTERM');
      }),
  };
}

/** Whatever it says to plain HTTP, it listens. */
const answers = (port: number): Promise<boolean> =>
  fetch(`http://localhost:${port}`, { redirect: 'manual' }).then(
    () => true,
    () => false,
  );
