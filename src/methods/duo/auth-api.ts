import { type ZodType, z } from 'zod';
import { dateOf } from '../../kernel/clock.ts';
import type { Means } from '../../store/means.ts';
import { authorization, type Call, encoded } from './rules.ts';
import type { DuoSettings } from './settings.ts';
import type { Whom } from './way.ts';
import type { Heard, Wire } from './wire.ts';

const link = z.url({ protocol: /^https?$/ });
const preauth = z.object({
  /** To be asked, let through unasked, refused, or not known. */
  result: z.enum(['auth', 'allow', 'deny', 'enroll']),
  enroll_portal_url: link.optional(),
});
const activation = z.object({ activation_code: z.string(), activation_url: link.optional() });
const status = z.object({
  result: z.enum(['waiting', 'allow', 'deny']),
  status: z.string(),
  status_msg: z.string().default(''),
});
const sent = z.union([z.object({ txid: z.string().min(1) }), status]);

export type Status = z.output<typeof status>;

/** What of the Auth API, version 2, is used (https://duo.com/docs/authapi). */
export interface AuthApi {
  preauth(username: string): Promise<Heard<z.output<typeof preauth>>>;
  /** Makes a user there. Known already: odd. */
  enroll(username: string): Promise<Heard<z.output<typeof activation>>>;
  /** A push or a call, which is waited for; or at once what came of it. */
  begin(whom: Asker, factor: 'push' | 'phone'): Promise<Heard<z.output<typeof sent>>>;
  /** Passcodes by text message. */
  text(username: string): Promise<Heard<Status>>;
  passcode(username: string, passcode: string): Promise<Heard<Status>>;
  status(txid: string): Promise<Heard<Status>>;
}

type Asker = Pick<Whom, 'username' | 'application' | 'address'>;
type Asked = Pick<Call, 'method' | 'path' | 'params'>;

/** Duo answers this one when there is news; the page looks again by itself. */
const moment = 1000;

export function openAuthApi(wire: Wire, means: Pick<Means, 'clock' | 'publicUrl'>, settings: DuoSettings): AuthApi {
  const keys = { id: settings.integrationKey, secret: settings.secretKey };

  function ask<T>({ method, path, params }: Asked, shape: ZodType<T>, patience?: number): Promise<Heard<T>> {
    const date = dateOf(means.clock.now()).toUTCString();
    const signature = authorization({ method, host: wire.host, path, params, date }, keys);
    const headers = { date, authorization: signature };
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    return wire.ask({
      path: method === 'GET' ? `${path}?${encoded(params)}` : path,
      request: method === 'GET' ? { headers } : { method, headers: { ...headers, ...form }, body: encoded(params) },
      shape: z.object({ stat: z.literal('OK'), response: shape }).transform(({ response }) => response),
      ...(patience !== undefined && { patience }),
    });
  }
  const post = <T>(name: string, params: Call['params'], shape: ZodType<T>) =>
    ask({ method: 'POST', path: `/auth/v2/${name}`, params }, shape);

  return {
    preauth: (username) => post('preauth', { username }, preauth),
    enroll: (username) => post('enroll', { username }, activation),
    begin: (whom, factor) => {
      const { username } = whom;
      return post('auth', { username, factor, device: 'auto', async: '1', pushinfo: pushInfo(means, whom) }, sent);
    },
    text: (username) => post('auth', { username, factor: 'sms', device: 'auto' }, status),
    passcode: (username, passcode) => post('auth', { username, factor: 'passcode', passcode }, status),
    status: (txid) => ask({ method: 'GET', path: '/auth/v2/auth_status', params: { txid } }, status, moment),
  };
}

/**
 * What the phone shows besides, for whoever is asked out of the blue: what for, and from where (ASVS 6.6.4). The address is no
 * `ipaddr`: by that Duo could let somebody in unasked.
 */
const pushInfo = ({ publicUrl }: Pick<Means, 'publicUrl'>, { application, address }: Asker): string =>
  encoded({
    Application: application ?? publicUrl.host,
    ...(application !== undefined && { 'Signing in at': publicUrl.host }),
    ...(address !== undefined && { From: address }),
  });
