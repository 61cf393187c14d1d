import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from './programs.ts';

const modules = '/usr/lib/apache2/modules';

export interface Apache {
  readonly origin: string;
  /** What it complained of. */
  tell(): string;
  stop(): Promise<void>;
}

/** Debian's Apache with a configuration of its own in a folder of its own, on loopback alone. */
export async function startApache(port: number, needs: readonly string[], body: string): Promise<Apache> {
  const program = findProgram('apache2');
  if (program === undefined) throw new Error('No Apache here: on Debian, `apt-get install apache2`.');
  const home = mkdtempSync(join(tmpdir(), 'sallyport-apache-'));
  const pages = join(home, 'pages');
  mkdirSync(pages);
  // Its processes are somebody else when this one is root.
  chmodSync(home, 0o755);
  const always = ['mpm_prefork', 'authn_core', 'authz_core', 'authz_user', 'dir', 'mime'];
  const errors = join(home, 'error.log');
  const config = [
    `ServerRoot ${home}`,
    `PidFile ${home}/pid`,
    `Listen 127.0.0.1:${port}`,
    'ServerName 127.0.0.1',
    `ErrorLog ${errors}`,
    `DefaultRuntimeDir ${home}`,
    `Mutex file:${home} default`,
    ...[...always, ...needs].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`),
    'StartServers 2',
    ...(process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []),
    `DocumentRoot ${pages}`,
    'DirectoryIndex index.html',
    'TypesConfig /dev/null',
    'AddType text/html .html',
    body.replaceAll('PAGES', pages),
  ];
  const file = join(home, 'apache2.conf');
  writeFileSync(file, `${config.join('\n')}\n`);
  writeFileSync(join(pages, 'index.html'), index);
  // Prefork ends its whole process group when it is told to stop: it gets one of its own.
  const server = spawn(program, ['-f', file, '-DFOREGROUND'], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  server.stderr?.on('data', (chunk) => said.push(String(chunk)));
  const origin = `http://127.0.0.1:${port}`;
  const tell = () => `${said.join('')}${read(errors)}`;
  await listening(origin, server, tell);
  return {
    origin,
    tell,
    stop: () =>
      new Promise((stopped) => {
        server.once('close', () => stopped());
        server.kill('SIGTERM');
      }),
  };
}

/** Echoes who the module says is there. */
const index = `<!doctype html><title>Behind Apache</title>
<p id="user"><!--#echo var="REMOTE_USER" --></p>
<p id="email"><!--#echo var="OIDC_CLAIM_email" --></p>
<p id="acr"><!--#echo var="OIDC_CLAIM_acr" --></p>
<p id="mail"><!--#echo var="mail" --></p>
<p id="class"><!--#echo var="Shib-AuthnContext-Class" --></p>`;

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

async function listening(origin: string, server: ChildProcess, tell: () => string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) throw new Error(`Apache did not start:\n${tell()}`);
    const answered = await fetch(origin, { redirect: 'manual' }).then(
      () => true,
      () => false,
    );
    if (answered) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error(`Apache does not answer:\n${tell()}`);
}
