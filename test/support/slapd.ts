import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'ldapts';
import type { Authority } from './authority.ts';
import { freePort } from './ports.ts';
import { findProgram } from './programs.ts';

export const root = 'dc=example,dc=org';
const keeper = { dn: `cn=keeper,${root}`, password: 'keeper of the directory' };
export const reader = { dn: `cn=sallyport,ou=services,${root}`, password: 'reads and no more' };

export interface Slapd {
  /** In the clear before StartTLS, and within TLS. */
  readonly plain: string;
  readonly tls: string;
  /** What whoever looks after the directory does there. */
  change<T>(work: (client: Client) => Promise<T>): Promise<T>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const modules = '/usr/lib/ldap';
const schemas = ['core', 'cosine', 'inetorgperson'];

/** Debian's slapd with a directory of its own, on loopback alone; nothing is read or bound without TLS. */
export async function startSlapd(authority: Authority, entries: string): Promise<Slapd> {
  // Between finding a port and listening there, another may have taken it.
  for (let tries = 0; tries < 4; tries++) {
    const slapd = await placed(authority, entries);
    const started = await slapd.start().catch(() => false);
    if (started !== false) return slapd;
  }
  throw new Error('slapd does not start');
}

async function placed(authority: Authority, entries: string): Promise<Slapd> {
  const [program, loader] = [findProgram('slapd'), findProgram('slapadd')];
  if (program === undefined || loader === undefined) throw new Error('No slapd: on Debian, `apt-get install slapd`.');
  const home = mkdtempSync(join(tmpdir(), 'sallyport-slapd-'));
  mkdirSync(join(home, 'data'));
  const config = join(home, 'slapd.conf');
  writeFileSync(
    config,
    `${[
      ...schemas.map((name) => `include /etc/ldap/schema/${name}.schema`),
      `modulepath ${modules}`,
      'moduleload back_mdb',
      `pidfile ${home}/pid`,
      `TLSCACertificateFile ${authority.ca}`,
      `TLSCertificateFile ${authority.certificate}`,
      `TLSCertificateKeyFile ${authority.key}`,
      'security simple_bind=1',
      'allow bind_anon_cred',
      'sizelimit size.soft=5 size.hard=5 size.prtotal=unlimited',
      'database mdb',
      `suffix ${root}`,
      `rootdn ${keeper.dn}`,
      `rootpw "${keeper.password}"`,
      `directory ${home}/data`,
      'index entryUUID,uid,mail,member eq',
      'access to attrs=userPassword by anonymous auth by * none',
      `access to * by dn.exact="${reader.dn}" read by * none`,
    ].join('\n')}\n`,
  );
  const given = join(home, 'entries.ldif');
  writeFileSync(given, entries);
  const loaded = spawnSync(loader, ['-f', config, '-l', given], { encoding: 'utf8' });
  if (loaded.status !== 0) throw new Error(`the directory cannot be filled:\n${loaded.stderr}`);

  const [plain, tls] = [`ldap://127.0.0.1:${await freePort()}`, `ldaps://127.0.0.1:${await freePort()}`];
  let server: ChildProcess | undefined;
  const slapd: Slapd = {
    plain,
    tls,
    async change(work) {
      const client = open(tls, authority);
      try {
        await client.bind(keeper.dn, keeper.password);
        return await work(client);
      } finally {
        await client.unbind();
      }
    },
    async start() {
      const started = spawn(program, ['-f', config, '-h', `${plain}/ ${tls}/`, '-d', '0'], { stdio: 'ignore' });
      server = started;
      for (let tries = 0; tries < 100; tries++) {
        if (started.exitCode !== null) throw new Error('slapd does not start');
        if (await slapd.change(async () => true).catch(() => false)) return;
        await new Promise((later) => setTimeout(later, 50));
      }
      throw new Error('slapd does not answer');
    },
    stop: () =>
      new Promise((stopped) => {
        if (server === undefined || server.exitCode !== null) return stopped();
        server.once('close', () => stopped());
        server.kill('SIGTERM');
      }),
  };
  return slapd;
}

const open = (url: string, { ca }: Authority) =>
  new Client({ url, timeout: 5000, connectTimeout: 2000, tlsOptions: { ca: readFileSync(ca, 'utf8') } });
