import { cookies } from '../../http/cookies.ts';
import type { Asked } from '../../http/route.ts';
import type { IdentityHouse } from './call.ts';
import { Refused } from './errors.ts';

/** An authorization request, as far as an application's page may make one. */
type Request = Readonly<Record<string, string>>;

const parameters = [
  'client_id',
  'response_type',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
];

export const requestIn = (input: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    parameters.flatMap((name) => {
      const value = input[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

/** Asked for nobody, a request that is in order lacks nothing but somebody. @throws Refused before anything is done */
export async function mustBeAskable(house: IdentityHouse, asked: Asked, request: Request): Promise<void> {
  const said = await authorize(house, asked, request, null);
  if (said.get('error') !== 'login_required') throw new Refused('malformed', saidBy(said));
}

/** The code that this request is answered with, as the browser of whoever holds this session would get it. @throws Refused */
export async function codeFor(
  house: IdentityHouse,
  asked: Asked,
  request: Request,
  session: string,
): Promise<Record<string, string>> {
  const said = await authorize(house, asked, request, session);
  if (!said.has('code')) throw new Refused('elsewhere', saidBy(said));
  return Object.fromEntries(said);
}

/** @returns the parameters that would be brought back to the application */
async function authorize({ oidc }: IdentityHouse, { address }: Asked, request: Request, session: string | null) {
  const query = new URLSearchParams({ ...request, prompt: 'none' });
  const { headers } = await oidc.ask({
    method: 'GET',
    url: `/oauth/authorize?${query}`,
    headers: session === null ? {} : { cookie: `${cookies.session.name}=${session}` },
    address,
  });
  const to = String(headers.location ?? '');
  return URL.canParse(to) ? new URL(to).searchParams : new URLSearchParams();
}

const saidBy = (said: URLSearchParams): string =>
  said.get('error_description') ?? 'redirect_uri or another parameter is not as it is registered';
