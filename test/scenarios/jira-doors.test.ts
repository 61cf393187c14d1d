import { expect } from 'vitest';
import { ledgerScenario, statusOf } from '../support/ledger-scene.ts';
import { typeName, typePassword } from '../support/scenario-verbs.ts';

const basic = { authorization: `Basic ${btoa('ann:her password at Jira')}` };
const token = { authorization: 'Bearer NDIzMDk4NDIzOmEgdG9rZW4' };

/** The requests that `docs/guide/applications/jira.md` tells of. No Jira was at hand: the ledger stands in its place. */
ledgerScenario(
  'U-8 Before Jira, a password in a header opens nothing, and a token nothing but what is for programs',
  [],
  async ({ sallyport, page, site, ledger, context }) => {
    await sallyport.person('ann');
    const came = async (path: string, headers: Record<string, string>, method = 'GET') => {
      const before = ledger.arrived.length;
      const status = await statusOf(site, path, headers, { method });
      return { status, arrived: ledger.arrived.slice(before) };
    };
    const refused = { status: expect.toSatisfy((one: number) => one >= 300), arrived: [] };

    // Nobody is signed in.
    for (const path of ['/rest/api/2/myself', '/', '/secure/Dashboard.jspa?os_authType=basic', '/plugins/servlet/x'])
      for (const headers of [
        basic,
        { authorization: basic.authorization.toLowerCase() },
        { authorization: ` ${basic.authorization}` },
      ])
        expect([path, await came(path, headers)]).toEqual([path, { status: 403, arrived: [] }]);
    expect(await came('/rest/api/2/myself', {})).toEqual(refused);

    const program = await came('/rest/api/2/search?jql=a', { ...token, cookie: 'JSESSIONID=1', 'remote-user': 'root' });
    expect(program).toMatchObject({ status: 200, arrived: [{ line: 'GET /rest/api/2/search?jql=a', headers: token }] });
    expect(program.arrived[0]?.headers).not.toHaveProperty('cookie');
    expect(program.arrived[0]?.headers).not.toHaveProperty('remote-user');

    // Nor does a token lead to where people sign in.
    const others = [
      ...[
        '/login.jsp',
        '/secure/Dashboard.jspa',
        '/rest',
        '/rest/auth/1/session',
        '/rest/auth',
        '/rest/gadget/1.0/login',
        '/REST/AUTH/1/session',
      ],
      ...[
        '/rest/../login.jsp',
        '/rest/..;/login.jsp',
        '/rest/%2e%2e/login.jsp',
        '/rest/..%2flogin.jsp',
        '/rest/%61uth/1/session',
      ],
      ...[
        '/rest/;/../login.jsp',
        '/rest//auth/1/session',
        '/rest/./auth/1/session',
        '/rest/auth;x/1/session',
        '/rest/x\\..\\auth',
      ],
      ...['//rest/auth/1/session', '/rest/api/..%5c..%5clogin.jsp', '/rest/auth%2f1/session', '/rest;x/auth/1/session'],
    ];
    for (const path of others) {
      expect([path, await came(path, token)]).toEqual([path, refused]);
      expect([path, await came(path, token, 'POST')]).toEqual([path, refused]);
    }

    // Who is signed in gets on as everywhere, and with somebody else's password no further.
    await page.goto(site);
    await typeName(page, 'ann');
    await typePassword(page);
    await page.waitForURL(`${site}/`);
    const cookie = (await context.cookies(site)).map(({ name, value }) => `${name}=${value}`).join('; ');
    expect(await came('/rest/api/2/myself', { cookie })).toMatchObject({
      status: 200,
      arrived: [{ headers: { 'remote-user': 'ann' } }],
    });
    expect(await came('/rest/api/2/myself', { cookie, ...basic })).toEqual({ status: 403, arrived: [] });
  },
  'nginx before Jira',
);
