import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccountByName, saveDisabled } from '../../src/core/accounts/store.ts';
import { clearAll, listBlocked } from '../../src/core/throttle/store.ts';
import { minutes, seconds } from '../../src/kernel/clock.ts';
import { kinds } from '../support/databases.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';
import { codeFor, type Kept, typeCode } from '../support/verbs.ts';
import { atOnce, copyOf, costOf, halfway, isIn, owner, programToken, rowsOf } from './tools.ts';

/** S-6: applications with a form of their own ask whether a code is right. */
describe.each(kinds)('a PIN that applications ask about, on %s', (kind) => {
  let sallyport: Sallyport;
  let jira: string;
  let wiki: string;
  let people = 0;
  beforeAll(async () => {
    sallyport = await openSallyport(kind);
    jira = await programToken(sallyport, { name: 'jira', scopes: ['otp:verify'] });
    wiki = await programToken(sallyport, { name: 'wiki', scopes: ['otp:verify'] });
  });
  afterAll(() => sallyport.close());

  const person = async (): Promise<Kept & { name: string; home: Awaited<ReturnType<typeof owner>>['home'] }> => {
    const name = `pin-${people++}`;
    const kept = await owner(sallyport, name);
    sallyport.clock.pass(seconds(30));
    return { ...kept, name };
  };
  const ask = (body: object | string, token: string | null = jira, headers: Record<string, string> = {}) =>
    sallyport.app.inject({
      method: 'POST',
      url: '/api/v1/otp/verify',
      headers: {
        host: 'localhost:4000',
        'content-type': 'application/json',
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      payload: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const said = async (body: object, token = jira) => {
    const { statusCode, body: text } = await ask(body, token);
    return [statusCode, text];
  };
  const [yes, no] = [
    [200, '{"valid":true}'],
    [200, '{"valid":false}'],
  ];
  const wrongFor = (secret: string) => (codeFor(sallyport, secret) === '000000' ? '111111' : '000000');

  test('is right once, at whichever application it is typed first, and signs nobody in', async () => {
    const { name, secret } = await person();
    const sessions = await rowsOf(sallyport, 'session');
    const otp = codeFor(sallyport, secret);
    expect(await said({ user: name.toUpperCase(), otp: `${otp.slice(0, 3)} ${otp.slice(3)}` })).toEqual(yes);
    expect([await said({ user: name, otp }), await said({ user: name, otp }, wiki)]).toEqual([no, no]);
    expect(await isIn(await typeCode(await halfway(sallyport, name), otp))).toBe(false);
    sallyport.clock.pass(seconds(30));
    expect(await said({ user: name, otp: codeFor(sallyport, secret) }, wiki)).toEqual(yes);
    expect((await rowsOf(sallyport, 'session')).length).toBe(sessions.length);
  });

  test('of a stranger, of whoever has none, is disabled or locked: the same no, for the same work', async () => {
    const { name, secret } = await person();
    const { name: gone, secret: theirs } = await person();
    const { gate } = sallyport.house;
    const account = (await findAccountByName(gate.database.read, gone)) ?? expect.fail();
    await gate.database.transaction((tx) => saveDisabled(tx, account.id, gate.clock.now()));
    await sallyport.person('plain');
    const asked = [
      { user: name, otp: wrongFor(secret) },
      { user: 'nobody-here', otp: '123456' },
      { user: 'plain', otp: '123456' },
      { user: gone, otp: codeFor(sallyport, theirs) },
    ];
    await said({ user: 'somebody', otp: '123456' });
    const costs = [];
    for (const body of asked) {
      const { answer, ...cost } = await costOf(sallyport, () => said(body));
      expect([body.user, answer]).toEqual([body.user, no]);
      costs.push(JSON.stringify(cost));
    }
    expect([...new Set(costs)]).toHaveLength(1);
  });

  test('is guessed five times through one form; then that application is out, and the person is not', async () => {
    const { name, secret } = await person();
    for (let n = 0; n < 5; n++) expect(await said({ user: name, otp: wrongFor(secret) })).toEqual(no);
    const out = await ask({ user: name, otp: codeFor(sallyport, secret) });
    expect([out.statusCode, Number(out.headers['retry-after'])]).toEqual([429, 15 * 60]);
    for (let n = 0; n < 5; n++) await said({ user: 'nobody-at-all', otp: '123456' });
    expect((await ask({ user: 'nobody-at-all', otp: '123456' })).statusCode).toBe(429);
    expect(await isIn(await typeCode(await halfway(sallyport, name), codeFor(sallyport, secret)))).toBe(true);
    sallyport.clock.pass(minutes(15));
    expect(await said({ user: name, otp: codeFor(sallyport, secret) })).toEqual(yes);
  });

  test('wrong ones count with those that are typed on our own pages', async () => {
    const { name, secret } = await person();
    const here = await halfway(sallyport, name);
    for (let n = 0; n < 4; n++) await said({ user: name, otp: wrongFor(secret) }, n % 2 === 0 ? jira : wiki);
    for (let n = 0; n < 2; n++) await typeCode(here, wrongFor(secret));
    expect(await said({ user: name, otp: codeFor(sallyport, secret) }, wiki)).toEqual(no);
    expect(here.text).toMatch(/wait|Too many/i);
  });

  test('is guessed through one form until that is shut for good, and the person is not; unlocking opens it', async () => {
    const strict = await openSallyport(kind, { guessing: { lockAfter: 3 } });
    const { gate } = strict.house;
    const { secret } = await owner(strict, 'ann');
    // So short a name that its budget could be read as a person's.
    const headers = {
      host: 'localhost:4000',
      authorization: `Bearer ${await programToken(strict, { name: 'a', scopes: ['otp:verify'] })}`,
    };
    const askThere = (otp: string) =>
      strict.app.inject({ method: 'POST', url: '/api/v1/otp/verify', headers, payload: { user: 'ann', otp } });
    const id = (await findAccountByName(gate.database.read, 'ann'))?.id;
    if (id === undefined) throw new Error('ann is gone');
    for (let n = 0; n < 2; n++) await askThere(wrongFor(secret));
    strict.clock.pass(minutes(60));
    expect((await askThere(codeFor(strict, secret))).statusCode).toBe(429);
    expect((await listBlocked(gate.database.read, [id], strict.clock.now())).size).toBe(0);
    expect(await isIn(await typeCode(await halfway(strict, 'ann'), codeFor(strict, secret)))).toBe(true);
    await gate.database.transaction((tx) => clearAll(tx, id));
    strict.clock.pass(seconds(30));
    expect((await askThere(codeFor(strict, secret))).json()).toEqual({ valid: true });
    await strict.close();
  });

  test('a question with a name is answered again as it was, and its name is no other question’s', async () => {
    const { name, secret } = await person();
    const question = { user: name, otp: codeFor(sallyport, secret), transaction: `login-${name}` };
    const answers = await atOnce(3, () => said(question));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify(yes)]));
    expect((await ask({ ...question, otp: '123456' })).statusCode).toBe(400);
    expect(await said(question, wiki)).toEqual(no);
    sallyport.clock.pass(minutes(10));
    expect(await said(question)).toEqual(no);
  });

  test('asked by twenty at once is right for one', async () => {
    const { name, secret } = await person();
    const otp = codeFor(sallyport, secret);
    const answers = await atOnce(20, (n) => said({ user: name, otp }, n % 2 === 0 ? jira : wiki));
    expect(answers.filter(([, body]) => body === '{"valid":true}')).toHaveLength(1);
  });

  test('is asked about by nobody without a token for it: not by a session, nor by a token for something else', async () => {
    const { name, secret, home } = await person();
    const body = { user: name, otp: codeFor(sallyport, secret) };
    const other = await programToken(sallyport, { name: `other-${people}`, scopes: ['policy:read'] });
    const cookie = [...copyOf(home).cookies].map(([key, value]) => `${key}=${value}`).join('; ');
    expect((await ask(body, null, { cookie })).statusCode).toBe(401);
    expect((await ask(body, 'A'.repeat(43))).statusCode).toBe(401);
    expect((await ask(body, other)).statusCode).toBe(403);
    expect(await said(body)).toEqual(yes);
  });

  test.each([
    '',
    '{',
    '[]',
    '{"user":"x"}',
    '{"user":7,"otp":"123456"}',
    '{"user":"x","otp":"1","more":1}',
    '{"user":"","otp":"1"}',
  ])('what makes no sense, %j, is told so, and counts for nobody', async (body) => {
    const { statusCode, headers } = await ask(body);
    expect([statusCode, headers['content-type']]).toEqual([400, expect.stringContaining('application/problem+json')]);
  });
});
