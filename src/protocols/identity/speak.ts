import { z } from 'zod';
import type { ApplicationSettings } from '../../core/applications/settings.ts';
import type { House } from '../../house.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import type { Call, IdentityHouse } from './call.ts';
import { errors, ofProblem, Refused } from './errors.ts';
import { words } from './words.ts';

/** Makes an address of a call: whose page asks is looked at before anything is done, and every answer says who may read it. */
export function speak(house: IdentityHouse, method: Route['method'], path: string, call: Call): Route {
  return defineRoute({
    method,
    path,
    binding: 'origin',
    ...(call.changes !== undefined && { changes: call.changes }),
    params: z.record(z.string(), z.string()),
    query: z.record(z.string(), z.unknown()),
    form: z.record(z.string(), z.unknown()),
    async answer(asked) {
      const { sender } = asked;
      try {
        const input = read(call, { ...(method === 'GET' ? asked.query : asked.form), ...asked.params });
        const who = await call.who(house, asked, input);
        const application = grantedAt(house, who.application, sender.origin);
        const called = { asked, input, who, application, origin: sender.origin ?? '' };
        const { body, status, cookies = {} } = await call.answer(house, called);
        const headers = readableAt(house, sender.origin);
        return { is: 'json', body, status: status ?? (body === undefined ? 204 : 200), headers, cookies };
      } catch (failure) {
        if (failure instanceof Refused) return refusal(house, asked, failure);
        throw failure;
      }
    },
    refuse: (code, asked) => refusal(house, asked, new Refused(ofProblem[code] ?? 'malformed', code)),
  });
}

/** What a browser asks before it lets a page of another origin ask (Fetch, 3.2). */
export const preflight = (house: House, path: string): Route =>
  defineRoute({
    method: 'OPTIONS',
    path,
    binding: 'origin',
    answer: async ({ sender }) => ({
      is: 'json',
      body: undefined,
      status: 204,
      headers: {
        ...readableAt(house, sender.origin),
        'access-control-allow-methods': 'GET, POST, DELETE',
        'access-control-allow-headers':
          'authorization, content-type, accept-language, custom-locale, x-r5-correlation-id',
        'access-control-max-age': '600',
      },
    }),
  });

/** The application, where it may speak and its page is at an origin of its own, letter by letter. @throws Refused */
function grantedAt({ applications }: House, id: string, origin: string | null): ApplicationSettings {
  const application = applications.find((one) => one.id === id);
  if (application?.identity?.origins.includes(origin ?? '') !== true)
    throw new Refused('not-granted', 'client_id and origin are not those of an application that may ask here');
  return application;
}

/** Scripts at the origins of applications that may speak read what is said, its cookies taken; those of others never do. */
function readableAt({ applications }: House, origin: string | null): Readonly<Record<string, string>> {
  if (origin === null || !applications.some(({ identity }) => identity?.origins.includes(origin)))
    return { vary: 'origin' };
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'retry-after',
  };
}

function read({ input }: Call, given: unknown): unknown {
  const result = input.safeParse(given);
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Refused('malformed', issues.join('; '));
}

/** In the vendor's shape. Its client drops header fields, so the wait stands in the JSON too. */
function refusal(house: House, { sender, language }: Pick<Asked, 'sender' | 'language'>, refused: Refused): Answer {
  const { status, error, key } = errors[refused.as];
  const wait = refused.wait === null ? null : Math.max(1, Math.ceil(refused.wait / 1000));
  return {
    is: 'json',
    status,
    headers: { ...readableAt(house, sender.origin), ...(wait !== null && { 'retry-after': String(wait) }) },
    body: {
      error,
      error_description: refused.detail || words.en[refused.as],
      error_user_msg: words[language][refused.as],
      error_message_key: key,
      ...(wait !== null && { retry_after: wait }),
    },
  };
}
