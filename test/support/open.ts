import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { openApp, openHouse, openMeans } from '../../src/app.ts';
import { type AccountId, addAccount } from '../../src/core/accounts/store.ts';
import type { Role } from '../../src/core/roles/roles.ts';
import type { House } from '../../src/house.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Fetch } from '../../src/kernel/network.ts';
import { type Settings, settings } from '../../src/settings.ts';
import type { Database } from '../../src/store/database.ts';
import { type TestClock, testClock } from './clock.ts';

export const password = 'correct horse battery staple';

/** What somebody may be besides. */
export interface More {
  readonly email?: string;
  readonly groups?: readonly string[];
  readonly role?: Role;
}

/** A whole Sallyport behind its front door, without a socket. */
export interface Sallyport {
  readonly app: FastifyInstance;
  readonly house: House;
  readonly clock: TestClock;
  /** Adds a person who has a password, and nothing else. */
  person(username: string, more?: More): Promise<AccountId>;
  close(): Promise<void>;
}

/** What a test turns by hand. */
export interface Turned {
  readonly clock?: TestClock;
  readonly fetch?: Fetch;
  /** As if no mail server were named. */
  readonly mails?: false;
  /** What one slow hash costs, where it is not what it costs an installation. */
  readonly cost?: Cost | null;
}

type Cost = Pick<Settings['hashing'], 'memoryKiB' | 'passes'>;

/** Less than any installation may take: what a hash costs is tried by tests of its own, and elsewhere only waited for. */
export const little: Cost = { memoryKiB: 1024, passes: 1 };

/** @param config sections as in the configuration file */
export async function openOn(
  database: Database,
  config: Record<string, unknown> = {},
  { clock = testClock(), mails, cost, ...turned }: Turned = {},
): Promise<Sallyport> {
  const data = mkdtempSync(join(tmpdir(), 'sallyport-test-'));
  const asked = settings.parse({ publicUrl: 'http://localhost:4000', logLevel: 'silent', data, ...config });
  const given = { ...asked, hashing: { ...asked.hashing, ...cost } };
  const means = await openMeans(given, { clock, database, ...turned });
  const house = openHouse(given, means, resolve('dist/assets'), mails ?? true);
  const app = await openApp(given, house);
  await app.ready();
  return {
    app,
    house,
    clock,
    person: (username, more = {}) => addPerson(house, username, more),
    async close() {
      await app.close();
      await means.database.close();
    },
  };
}

export async function addPerson({ gate }: House, username: string, more: More): Promise<AccountId> {
  const id = newId<'account'>(gate.chance);
  const { email = `${username}@example.org`, groups = [], role = null } = more;
  const account = {
    id,
    username,
    email,
    name: username,
    groups,
    role,
    language: 'en',
    disabledAt: null,
    createdAt: gate.clock.now(),
  } as const;
  const enrolment = await gate.methods
    .get('password')
    ?.enrol({ account: id, name: username, memo: new Map(), returnTo: '' }, { password });
  await gate.database.transaction(async (tx) => {
    if (!(await addAccount(tx, account))) throw new Error(`the name ${username} is taken`);
    if (enrolment?.is === 'ready') await enrolment.save(tx, { at: gate.clock.now(), level: 1 });
  });
  return id;
}
