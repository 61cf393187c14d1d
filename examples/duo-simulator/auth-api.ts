import { flawOf, paramsOf, type Signed } from './signature.ts';
import type { Tenant, Transaction, User } from './tenant.ts';

/** What Duo says: either its `response`, or an error by its number (the first three digits are the status). */
type Said = { readonly response: unknown } | { readonly code: number; readonly message: string };
type Params = Readonly<Record<string, string>>;
type Endpoint = (tenant: Tenant, params: Params, host: string) => Said | Promise<Said>;

const invalid: Said = { code: 40_002, message: 'Invalid request parameters' };
const said = (response: unknown): Said => ({ response });

/** The Auth API, version 2 (https://duo.com/docs/authapi): a row for each thing that can be asked. */
const endpoints: Readonly<Record<string, Endpoint>> = {
  'GET /auth/v2/ping': ({ now }) => said({ time: Math.floor(now / 1000) }),
  'GET /auth/v2/check': ({ now }) => said({ time: Math.floor(now / 1000) }),

  'POST /auth/v2/enroll'(tenant, { username = `new-${tenant.users.length}`, valid_secs = '86400' }, host) {
    const user = tenant.add(username);
    if (user === null) return { ...invalid, message: 'Invalid request parameters: username already exists' };
    const value = `${user.activation}-${Buffer.from(host).toString('base64url')}`;
    return said({
      activation_barcode: `https://${host}/frame/qr?value=${value}`,
      activation_code: `duo://${value}`,
      activation_url: `http://${host}/activate/${user.activation}`,
      expiration: Math.floor(tenant.now / 1000) + Number(valid_secs),
      user_id: user.id,
      username,
    });
  },

  'POST /auth/v2/enroll_status'(tenant, { user_id, activation_code = '' }) {
    const user = tenant.users.find(({ id, activation }) => id === user_id && activation_code.includes(activation));
    if (user === undefined) return said('invalid');
    return said(user.active ? 'success' : 'waiting');
  },

  'POST /auth/v2/preauth'(tenant, params, host) {
    if (tenant.on.has('bypass')) return said({ result: 'allow', status_msg: 'Account is in bypass' });
    if (tenant.on.has('remembered') && params['trusted_device_token'])
      return said({ result: 'allow', status_msg: 'Logging you in automatically' });
    const user = userOf(tenant, params);
    const toEnroll = { result: 'enroll', status_msg: 'Enroll an authentication device' };
    if (user === null) return said(toEnroll);
    const portal = { enroll_portal_url: `http://${host}/activate/${user.activation}` };
    if (!user.active) return said({ ...toEnroll, ...portal });
    return said({ result: 'auth', status_msg: 'Account is active', devices: [deviceOf(user)] });
  },

  async 'POST /auth/v2/auth'(tenant, params) {
    const { factor = '', passcode = '' } = params;
    const user = userOf(tenant, params);
    if (user === null) return invalid;
    if (tenant.on.has('bypass')) return said({ result: 'allow', status: 'bypass', status_msg: 'Account is in bypass' });
    if (factor === 'passcode') {
      const right = tenant.spend(user, passcode) !== null;
      if (right) return said({ result: 'allow', status: 'allow', status_msg: 'Success. Logging you in...' });
      return said({ result: 'deny', status: 'deny', status_msg: 'Incorrect passcode. Please try again.' });
    }
    const kind = factor === 'auto' ? 'push' : factor;
    if (!(kind === 'push' || kind === 'phone' || kind === 'sms') || !user.active) return invalid;
    const transaction = tenant.begin(user, kind, shownIn(params));
    if (params['async'] === '1') return said({ txid: transaction.id });
    while (tenant.outcome(transaction) === 'waiting') await tenant.next(1000);
    return said(statusOf(tenant, transaction));
  },

  /** Answered when there is something new, as Duo does it: the first time at once. */
  async 'GET /auth/v2/auth_status'(tenant, { txid = '' }) {
    const transaction = tenant.transactions.get(txid);
    if (transaction === undefined) return invalid;
    if (tenant.told.has(txid) && tenant.outcome(transaction) === 'waiting') await tenant.next(tenant.longPoll);
    tenant.told.add(txid);
    return said(statusOf(tenant, transaction));
  },
};

/** @returns null when it is none of the Auth API's */
export async function authApi(tenant: Tenant, request: Signed): Promise<Response | null> {
  const endpoint = endpoints[`${request.method} ${request.path}`];
  if (endpoint === undefined) return null;
  const flaw = request.path.endsWith('/ping') ? null : flawOf(request, tenant.keys, tenant.now);
  const result: Said =
    flaw === null ? await endpoint(tenant, paramsOf(request), request.host) : { code: 40_103, message: flaw };
  if ('response' in result) return Response.json({ stat: 'OK', ...result });
  return Response.json({ stat: 'FAIL', ...result }, { status: Math.floor(result.code / 100) });
}

const userOf = (tenant: Tenant, { username, user_id }: Params): User | null =>
  tenant.users.find(({ id, name }) => id === user_id || name === username) ?? null;

const deviceOf = ({ id, name }: User) => ({
  device: id.replace('DU', 'DP'),
  type: 'phone',
  name: `${name}’s phone`,
  number: '***-***-0100',
  capabilities: ['auto', 'push', 'sms', 'phone', 'mobile_otp'],
});

/** What a phone shows of it: what was sent along. */
function shownIn({ pushinfo = '', type, ipaddr = '' }: Params): { application: string; place: string } {
  const sent = new URLSearchParams(pushinfo);
  return { application: sent.get('Application') ?? type ?? 'Auth API', place: sent.get('From') ?? ipaddr };
}

const messages: Readonly<Record<Transaction['answer'], string>> = {
  waiting: 'Pushed a login request to your phone...',
  allow: 'Success. Logging you in...',
  deny: 'Login request denied.',
  fraud: 'Login request reported as fraudulent.',
  timeout: 'Login timed out.',
  sent: 'New SMS passcodes sent.',
};

function statusOf(tenant: Tenant, transaction: Transaction) {
  const answer = tenant.outcome(transaction);
  const { factor, number } = transaction;
  if (answer !== 'waiting')
    return { result: answer === 'allow' ? 'allow' : 'deny', status: answer, status_msg: messages[answer] };
  if (number !== null)
    return {
      result: 'waiting',
      status: 'pushed',
      status_msg: `Please enter verification code ${number} into Duo Mobile...`,
    };
  if (factor === 'phone') return { result: 'waiting', status: 'calling', status_msg: 'Dialing ***-***-0100...' };
  return { result: 'waiting', status: 'pushed', status_msg: messages.waiting };
}
