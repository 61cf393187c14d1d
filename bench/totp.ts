import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AccountId } from '../src/methods/method.ts';
import { codeAt, stepAt } from '../src/methods/totp/rules.ts';
import { benchHouse } from './house.ts';
import { type Pair, pace, paired } from './measure.ts';

/** A code checked and its step used up in a commit of its own, against a bare SQLite commit just as durable. */
export async function totpChecks(): Promise<Pair> {
  const house = await benchHouse();
  const account = await house.person('person');
  const method = house.house.gate.methods.get('totp');
  if (method === undefined) throw new Error('no totp');
  const secret = await own(account);

  const check = async () => {
    house.clock.pass(30_000);
    const subject = { account, name: 'person', memo: new Map(), returnTo: '' };
    const outcome = await method.check(subject, { code: codeAt(secret, stepAt(house.clock.now())) });
    if (outcome.is !== 'proven' || !(await house.house.gate.database.transaction((tx) => outcome.consume(tx))))
      throw new Error('refused');
  };
  const file = join(mkdtempSync(join(tmpdir(), 'sallyport-bench-')), 'floor.db');
  const floor = new DatabaseSync(file);
  floor.exec(
    'pragma journal_mode = wal; pragma synchronous = full; create table t (id integer primary key, n integer); insert into t values (1, 0);',
  );
  const update = floor.prepare('update t set n = n + 1 where id = 1');
  const commit = async () => {
    floor.exec('begin immediate');
    update.run();
    floor.exec('commit');
  };
  const result = await paired(
    () => pace(check, 1, 1500),
    () => pace(commit, 1, 1500),
  );
  await house.close();
  return result;

  async function own(id: AccountId): Promise<string> {
    const subject = { account: id, name: 'person', memo: new Map<string, string>(), returnTo: '' };
    await method?.offer(subject);
    const made = subject.memo.get('secret') ?? '';
    const enrolment = await method?.enrol(subject, { code: codeAt(made, stepAt(house.clock.now())) });
    if (enrolment?.is !== 'ready') throw new Error('not set up');
    await house.house.gate.database.transaction((tx) => enrolment.save(tx, { at: house.clock.now(), level: 1 }));
    return made;
  }
}
