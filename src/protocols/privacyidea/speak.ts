import type { ZodType } from 'zod';
import type { Plugin } from '../../core/plugins/settings.ts';
import type { House } from '../../house.ts';
import type { ProblemCode } from '../../http/problems.ts';
import { problems } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { insideAny, isAddress } from '../../kernel/networks.ts';
import type { Asker } from '../../proving/heard.ts';
import { failed } from './shapes.ts';

/** What plugins call, and by whom it is called: known by where they stand. */
export interface Call<Input> {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly input: ZodType<Input>;
  answer(called: { asked: Asked; input: Input; client: Plugin; asker: Asker }): Promise<Answer>;
}

/** How plugins know what went wrong: privacyIDEA's own numbers for it. */
const numbers = { parameter: 905, authentication: 4031, other: 403 } as const;

export function speak<Input>({ plugins }: Pick<House, 'plugins'>, call: Call<Input>): Route {
  return defineRoute({
    method: call.method,
    path: call.path,
    binding: 'client',
    ...(call.method === 'GET' ? { query: call.input } : { form: call.input }),
    async answer(asked) {
      const client = plugins.find(({ networks }) => insideAny(networks, asked.address));
      if (client === undefined) return failed(401, numbers.authentication, 'Nobody who may ask.');
      const input = (call.method === 'GET' ? asked.query : asked.form) as Input & { readonly client?: string };
      return call.answer({ asked, input, client, asker: askerOf(client, input.client) });
    },
    refuse: (code) => failed(problems[code].status, isAbout(code), problems[code].title),
  });
}

const isAbout = (code: ProblemCode): number => (code === 'bad-request' ? numbers.parameter : numbers.other);

export const unauthenticated = (): Answer => failed(401, numbers.authentication, 'No token that serves here and now.');

/** Where nobody tells from where somebody comes, they come from anywhere: never from where the plugin stands. */
function askerOf({ id, name, application = id, tellsAddress, language }: Plugin, from: string | undefined): Asker {
  const asker = `privacyidea:${id}`;
  const address = tellsAddress && from !== undefined && isAddress(from) ? from : asker;
  return { name: asker, application: { id: application, name }, address, language };
}
