import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { privacyideaRoutes } from '../../src/protocols/privacyidea/index.ts';
import { rowsOf } from '../attacks/tools.ts';
import { openSallyport, type Sallyport } from '../support/sallyport.ts';

const text = fc.oneof(
  fc.string({ maxLength: 40, unit: 'binary' }),
  fc.constantFrom('ann', '', '123456', '\0', 'x'.repeat(2000)),
);
const fields = fc.dictionary(
  fc.oneof(
    fc.constantFrom('user', 'pass', 'serial', 'transaction_id', 'realm', 'client', 'username', 'password', '__proto__'),
    fc.string({ maxLength: 8 }),
  ),
  text,
  { maxKeys: 6 },
);
const body = fc.oneof(
  fields.map((form) => ['application/x-www-form-urlencoded', new URLSearchParams(form).toString()] as const),
  fields.map((form) => ['application/json', JSON.stringify(form)] as const),
  text.map((any) => ['application/json', any] as const),
  text.map((any) => ['application/x-www-form-urlencoded', any] as const),
  fc.constant(['application/x-www-form-urlencoded', 'user=ann&user=bob&pass=1&pass=2'] as const),
);

describe.each(['password', 'code'] as const)('what no plugin would send, where it sends a %s', (pass) => {
  let sallyport: Sallyport;
  beforeAll(async () => {
    const clients = [{ id: 'plug', name: 'Plug', networks: ['127.0.0.1'], pass }];
    sallyport = await openSallyport('sqlite', { privacyidea: { clients } });
    await sallyport.person('ann');
  });
  afterAll(() => sallyport.close());

  test('is answered in the shape that plugins read, and never with a yes', async () => {
    const before = await rowsOf(sallyport, 'account');
    for (const { method, path } of privacyideaRoutes(sallyport.house)) {
      const check = fc.asyncProperty(body, async ([type, payload]) => {
        const url = method === 'GET' ? `${path}?${encodeURI(payload.toWellFormed()).replaceAll('#', '')}` : path;
        const headers = { host: 'localhost:4000', ...(method === 'POST' && { 'content-type': type }) };
        const answer = await sallyport.app.inject({ method, url, headers, ...(method === 'POST' && { payload }) });
        const told = answer.json() as { result?: { status: boolean; value?: unknown; error?: { code: number } } };
        expect([path, payload, answer.statusCode < 500 || answer.body]).toEqual([path, payload, true]);
        // An address that cannot be decoded reaches none of ours.
        if (told.result === undefined) expect(answer.statusCode).toBe(400);
        else expect(told.result.status).toBe(answer.statusCode === 200);
        expect(told.result?.value).not.toBe(true);
      });
      await fc.assert(check, { numRuns: 100 });
    }
    expect(await rowsOf(sallyport, 'account')).toEqual(before);
  });
});
