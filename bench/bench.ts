import type { Timed } from './asking.ts';
import { siteChecks, sitePages } from './forward-auth.ts';
import { importedOnPostgres, importedOnSqlite } from './importing.ts';
import type { Pair } from './measure.ts';
import { codesAndTokens } from './oidc.ts';
import { pageBytes } from './page.ts';
import { figuresOnPostgres, figuresOnSqlite, pagesOnPostgres, pagesOnSqlite } from './people.ts';
import { coldStart, memory } from './process.ts';
import { answersBySaml } from './saml.ts';
import { keptOnPostgres, keptOnSqlite } from './scim.ts';
import { sessionChecks } from './session.ts';
import { signIns } from './sign-in.ts';
import { stepUps } from './step-up.ts';
import { type Taken, takenOnPostgres, takenOnSqlite } from './taking-along.ts';
import { totpChecks } from './totp.ts';
import { keyChecks } from './webauthn.ts';

/** One row of the table: what is measured, what came out, and what we aim at. */
interface Row {
  readonly what: string;
  readonly aim: string;
  measure(): Promise<string>;
}

const perSecond = (n: number) => `${Math.round(n).toLocaleString('en')}/s`;
const ratio = ({ ours, floor, ratio: r, byWork }: Pair) =>
  `${r.toFixed(2)}  (${perSecond(ours)} : ${perSecond(floor)}), by processor time ${byWork.toFixed(2)}`;

const waiting = (timed: Timed) =>
  `${ratio(timed)}, p99 ${timed.p99.ours.toFixed(1)} : ${timed.p99.floor.toFixed(1)} ms`;

const along = ({ perSecond: rows, megabytes, grown }: Taken) =>
  `${grown.many.held.toFixed(1)} : ${grown.few.held.toFixed(1)} (resident ${grown.many.resident.toFixed(0)}), ${perSecond(rows)}, ${megabytes.toFixed(0)} MB`;

const rows: readonly Row[] = [
  {
    what: 'sign-ins with password and code : bare Argon2id',
    aim: '>= 0.90',
    measure: async () => ratio(await signIns()),
  },
  { what: 'session checks : bare node:http', aim: '>= 0.60', measure: async () => waiting(await sessionChecks()) },
  { what: 'forward-auth checks : bare node:http', aim: '>= 0.60', measure: async () => waiting(await siteChecks()) },
  {
    what: 'pages of a site through nginx, asking : nginx alone',
    aim: '',
    measure: async () => waiting(await sitePages()),
  },
  {
    what: 'TOTP codes checked and durably used up : bare durable commits',
    aim: '',
    measure: async () => ratio(await totpChecks()),
  },
  {
    what: 'answers of keys checked : bare signatures checked',
    aim: '',
    measure: async () => ratio(await keyChecks()),
  },
  {
    what: 'OIDC code and token, durable : bare oidc-provider in memory',
    aim: '>= 0.60',
    measure: async () => ratio(await codesAndTokens()),
  },
  {
    what: 'SAML requests answered, durable : two signatures of bare xml-crypto',
    aim: '',
    measure: async () => ratio(await answersBySaml()),
  },
  {
    what: 'step-ups begun, verified, tokens got, durable : in memory',
    aim: '',
    measure: async () => ratio(await stepUps()),
  },
  {
    what: 'pages of 1,000,000 people : of 1,000, on SQLite',
    aim: '>= 0.83',
    measure: async () => ratio(await pagesOnSqlite()),
  },
  {
    what: 'pages of 1,000,000 people : of 1,000, on PostgreSQL',
    aim: '>= 0.83',
    measure: async () => ratio(await pagesOnPostgres()),
  },
  {
    what: 'the dashboard of 1,000,000 people : of 1,000, on SQLite',
    aim: '>= 0.83',
    measure: async () => ratio(await figuresOnSqlite()),
  },
  {
    what: 'the dashboard of 1,000,000 people : of 1,000, on PostgreSQL',
    aim: '>= 0.83',
    measure: async () => ratio(await figuresOnPostgres()),
  },
  {
    what: 'a program’s pages and filters of 1,000,000 people : of 1,000, on SQLite',
    aim: '>= 0.83',
    measure: async () => ratio(await keptOnSqlite()),
  },
  {
    what: 'a program’s pages and filters of 1,000,000 people : of 1,000, on PostgreSQL',
    aim: '>= 0.83',
    measure: async () => ratio(await keptOnPostgres()),
  },
  { what: '100,000 people imported, on SQLite', aim: '', measure: async () => perSecond(await importedOnSqlite()) },
  {
    what: '100,000 people imported, on PostgreSQL',
    aim: '',
    measure: async () => perSecond(await importedOnPostgres()),
  },
  {
    what: 'memory held for 1,000,000 people as CSV, MB : for 20,000, on SQLite',
    aim: '',
    measure: async () => along(await takenOnSqlite()),
  },
  {
    what: 'memory held for 1,000,000 people as CSV, MB : for 20,000, on PostgreSQL',
    aim: '',
    measure: async () => along(await takenOnPostgres()),
  },
  { what: 'start to first 200, ms : bare Node', aim: '< 1000', measure: coldStart },
  {
    what: 'memory, MB, idle and after 20,000 sign-ins begun : bare Node',
    aim: '< 120, < 210',
    measure: memory,
  },
  { what: 'sign-in page, kB gzipped (HTML + CSS + JS)', aim: '< 30', measure: pageBytes },
];

const only = process.argv[2] ?? '';
for (const { what, aim, measure } of rows.filter((row) => row.what.includes(only))) {
  console.log(`${what.padEnd(64)} ${(await measure()).padEnd(58)} ${aim === '' ? '' : `aim ${aim}`}`);
}
