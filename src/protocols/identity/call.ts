import type { ZodType } from 'zod';
import type { ApplicationSettings } from '../../core/applications/settings.ts';
import type { House } from '../../house.ts';
import type { CookieChanges } from '../../http/cookies.ts';
import type { Asked, Route } from '../../http/route.ts';
import type { Oidc } from '../oidc/index.ts';

/** What speaking `/identity/v1` works with: the house, and our own OpenID Connect. */
export interface IdentityHouse extends House {
  readonly oidc: Pick<Oidc, 'ask' | 'show'>;
}

/** One thing that an application asks for, by a script of its own page. */
export interface Call<Input = unknown, Who extends Asker = Asker> {
  /** As its address says it (`http/route.ts`). */
  readonly changes?: Route['changes'];
  /** Of its JSON, or its query. */
  readonly input: ZodType<Input>;
  /** In whose name it is asked: the page has to be at one of that application's origins before anything is done. */
  who(house: IdentityHouse, asked: Asked, input: NoInfer<Input>): Promise<Who>;
  answer(house: IdentityHouse, called: Called<Input, Who>): Promise<Reply>;
}

/** Names the application that asks. */
export interface Asker {
  readonly application: string;
}

export interface Called<Input = unknown, Who = Asker> {
  readonly asked: Asked;
  readonly input: Input;
  readonly who: Who;
  readonly application: ApplicationSettings;
  /** Where its page is. */
  readonly origin: string;
}

/** JSON; nothing at all when `body` is left out. */
export interface Reply {
  readonly body?: unknown;
  readonly status?: number;
  readonly cookies?: CookieChanges;
}

export const defineCall = <Input, Who extends Asker>(call: Call<Input, Who>): Call => call as unknown as Call;

/** By its name alone: a public client has nothing else to show, and its origin says the rest. */
export const byClient = async (_: House, __: Asked, { client_id }: { client_id: string }): Promise<Asker> => ({
  application: client_id,
});
