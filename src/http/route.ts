import type { JSX } from 'preact';
import type { ZodType } from 'zod';
import type { ApiToken, Scope } from '../core/api-tokens/store.ts';
import type { Act } from '../core/roles/roles.ts';
import type { Session } from '../core/sessions/store.ts';
import type { Language } from '../ui/language.ts';
import type { CookieChanges, CookieName } from './cookies.ts';
import type { Original } from './original.ts';
import type { ProblemCode } from './problems.ts';
import type { Sender } from './sender.ts';

/**
 * One address and all that guards it. The table of routes is read by whoever serves it and by the tests that try every
 * wrong thing on every row.
 */
export interface Route<Params = unknown, Query = unknown, Form = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  readonly path: string;
  /**
   * Which cookie must stand behind a form's token; also who may call: `session` is somebody signed in, `bearer` a program
   * with a token that is for this, which sends JSON and no cookie; `proxy` a trusted proxy, about a request to a site;
   * `origin` a page of an application, from one of the origins that are the application's; `client` a program, known by where it
   * stands, to which no cookie means anything.
   */
  readonly binding: 'none' | 'attempt' | 'session' | 'bearer' | 'proxy' | 'origin' | 'client';
  /**
   * It adds, changes or takes away a way to sign in, or an address that is one: asked for without a proof of minutes ago it
   * leads to that proof, and changes nothing. A test tries it on every row that says so.
   */
  readonly changes?: 'ways-in';
  /** What the token of a `bearer` must be for. */
  readonly scope?: Scope;
  /** What a program may send besides `application/json`, and how much of it. */
  readonly takes?: { readonly types: readonly string[]; readonly bytes: number };
  /** What somebody's role must let them do, on pages about others. */
  readonly act?: Act;
  /** What whoever writes such a program reads of it. */
  readonly doc?: Doc;
  readonly params?: ZodType<Params>;
  readonly query?: ZodType<Query>;
  readonly form?: ZodType<Form>;
  answer(asked: Asked<Params, Query, Form>): Promise<Answer>;
  /** How it says no, where that is not read by people or as RFC 9457 has it. */
  refuse?(code: ProblemCode, asked: Pick<Asked, 'sender' | 'language'>): Answer;
}

/** What a program is told of an address, as OpenAPI 3.1 tells it (`/openapi.json`). */
export interface Doc {
  /** In one sentence. */
  readonly summary: string;
  /** What the body of a 200 holds. */
  readonly answers: ZodType;
  /** What it takes, where that is read by more than the route's own schema. */
  readonly takes?: ZodType;
  /** How it says no besides what every address says. */
  readonly refuses?: readonly ProblemCode[];
  /** It is changed by whoever has seen what it is: the answer has an `ETag`, or `If-Match` names one (RFC 9110, 13). */
  readonly versioned?: 'read' | 'change';
}

/** A request, checked and read: handlers see values, never the wire. */
export interface Asked<Params = unknown, Query = unknown, Form = unknown> {
  readonly params: Params;
  readonly query: Query;
  readonly form: Form;
  readonly cookies: Partial<Record<CookieName, string>>;
  readonly session: Session | null;
  /** The program that calls, where it is one. */
  readonly caller: ApiToken | null;
  /** The request that a proxy asks about, where one does. */
  readonly original: Original | null;
  /** Whose page asks, and what it shows. */
  readonly sender: Sender;
  /** What it has seen of what it wants to change (RFC 9110, 13.1.1). */
  readonly ifMatch: string | null;
  /** What it has seen, and need not see again (RFC 9110, 13.1.2). */
  readonly ifNoneMatch: string | null;
  /** Where it was asked, without the query. */
  readonly path: string;
  readonly address: string;
  readonly agent: string;
  readonly language: Language;
  /** For the hidden field of forms on the page that answers. */
  readonly csrf: string;
  readonly nonce: string;
}

export type Answer = { readonly cookies?: CookieChanges } & (
  | {
      readonly is: 'page';
      readonly page: JSX.Element;
      readonly status?: number;
      readonly formTargets?: readonly string[];
      /** Whoever its form goes to is told from where; nobody is, when left out. */
      readonly referrer?: 'same-origin';
    }
  | {
      readonly is: 'redirect';
      readonly to: string;
      /** 303 when left out. */
      readonly status?: 302;
    }
  | {
      /** For a proxy: yes with what it is to tell the site, or no. */
      readonly is: 'verdict';
      readonly status: 200 | 401;
      readonly headers: Readonly<Record<string, string>>;
    }
  | {
      readonly is: 'problem';
      readonly code: ProblemCode;
      /** What the program is to know besides (RFC 9457, 3.2). */
      readonly more: Readonly<Record<string, string>>;
    }
  | {
      readonly is: 'json';
      readonly body: unknown;
      /** By which it is known whether it has changed (RFC 9110, 8.8.3). */
      readonly tag?: string;
      /** 200 when left out. */
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | {
      readonly is: 'text';
      readonly body: string;
      readonly type: string;
      /** Its address names its content: it may be kept for ever. */
      readonly keep?: boolean;
    }
  | {
      /** A file, sent as it is read: however long it gets, a part of it at a time is in memory. */
      readonly is: 'download';
      /** What the browser calls it. */
      readonly name: string;
      readonly type: string;
      /** Where it throws the file ends in the middle, and the browser says so. */
      readonly parts: AsyncIterable<string>;
    }
);

export const defineRoute = <Params, Query, Form>(route: Route<Params, Query, Form>): Route => route as Route;
