import type { Sallyport } from './open.ts';

/** A plugin that was written for privacyIDEA, as its documentation says it asks: forms in, JSON out. */
export interface Plugin {
  check(user: string, pass: string, transaction?: string): Promise<Told>;
  checkSerial(serial: string, pass: string): Promise<Told>;
  trigger(user: string, token: string): Promise<Told>;
  poll(transaction: string): Promise<Told>;
  token(username: string, password: string): Promise<string>;
}

export interface Told {
  readonly status: number;
  readonly value: unknown;
  readonly authentication: string | undefined;
  readonly transaction: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
}

export function pluginAt({ app }: Pick<Sallyport, 'app'>, remoteAddress = '10.0.0.9'): Plugin {
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    fields: Record<string, string>,
    token = '',
  ): Promise<Told> => {
    const form = new URLSearchParams(fields).toString();
    const answer = await app.inject({
      method,
      url: method === 'GET' ? `${url}?${form}` : url,
      remoteAddress,
      headers: {
        host: 'localhost:4000',
        ...(method === 'POST' && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(token !== '' && { authorization: token }),
      },
      ...(method === 'POST' && { payload: form }),
    });
    const body = answer.json() as { result?: Record<string, unknown>; detail?: Record<string, unknown> };
    const { result = {}, detail = {} } = body;
    return {
      status: answer.statusCode,
      value: result['value'],
      authentication: result['authentication'] as string | undefined,
      transaction: String(detail['transaction_id'] ?? ''),
      detail,
      body,
    };
  };
  return {
    check: (user, pass, transaction) =>
      send('POST', '/validate/check', {
        user,
        pass,
        realm: 'theirs',
        ...(transaction !== undefined && { transaction_id: transaction }),
      }),
    checkSerial: (serial, pass) => send('POST', '/validate/check', { serial, pass }),
    trigger: (user, token) => send('POST', '/validate/triggerchallenge', { user }, token),
    poll: (transaction) => send('GET', '/validate/polltransaction', { transaction_id: transaction }),
    async token(username, password) {
      const { value } = await send('POST', '/auth', { username, password });
      return (value as { token?: string } | undefined)?.token ?? '';
    },
  };
}
