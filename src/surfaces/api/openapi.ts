import { type ZodType, z } from 'zod';
import { type ProblemCode, problems } from '../../http/problems.ts';
import type { Doc, Route } from '../../http/route.ts';

/**
 * What programs can ask for, as OpenAPI 3.1 describes it (spec.openapis.org/oas/v3.1.1): made from the very table of routes that is
 * served, so that nothing is described that is not there, and nothing there that is not described.
 */

/** A schema as JSON Schema 2020-12 has it: what this house reads of one. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
}

interface Content {
  readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly [Tag];
  readonly security: readonly [{ readonly token: readonly string[] }];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: Content & { readonly required: true };
  readonly responses: Readonly<Record<string, { readonly description: string } & Partial<Content>>>;
}

export interface Described {
  readonly openapi: '3.1.1';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: Tag; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

/** What it is about is the first word of its path. */
export const tags = {
  otp: 'Codes, for applications with a form of their own.',
  people: 'People, and what is done for them.',
  policy: 'Who is asked for what.',
  audit: 'What happened.',
} as const;
export type Tag = keyof typeof tags;

const root = '/api/v1/';
const json = 'application/json';
const mark = { name: 'ETag', schema: { type: 'string' } } as const;

/** What every address says no with; what takes a body, with more. */
const always: readonly ProblemCode[] = [
  'bad-request',
  'token-required',
  'insufficient-scope',
  'wrong-host',
  'headers-too-large',
  'internal',
  'busy',
];
const bodily: readonly ProblemCode[] = ['too-large', 'unsupported-media-type'];

export const refusalsOf = ({ doc, form }: Pick<Route, 'doc' | 'form'>): readonly ProblemCode[] => [
  ...always,
  ...(doc?.refuses ?? []),
  ...(form === undefined ? [] : bodily),
];

export function describe(routes: readonly Route[], publicUrl: URL): Described {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const route of routes) {
    if (route.doc === undefined) continue;
    const path = route.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, route.doc) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Sallyport',
      version: '1',
      description: 'For programs. A token is made on the host: `sallyport api-token create NAME --scope …`.',
    },
    servers: [{ url: publicUrl.href.replace(/\/$/, '') }],
    tags: Object.entries(tags).map(([name, description]) => ({ name: name as Tag, description })),
    ...named(paths),
  };
}

/** What schemas name stands once, where OpenAPI looks for it. */
function named(paths: Described['paths']): Pick<Described, 'paths' | 'components'> {
  const schemas: Record<string, Schema> = {};
  const bare = JSON.stringify(paths, (key, value) => {
    if (key !== '$defs') return value;
    Object.assign(schemas, value);
    return undefined;
  });
  const settled = <Part>(text: string) => JSON.parse(text.replaceAll('#/$defs/', '#/components/schemas/')) as Part;
  return {
    paths: settled(bare),
    components: {
      schemas: settled(JSON.stringify(schemas)),
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

function operationOf(route: Route, doc: Doc): Operation {
  const { method, path, scope, form } = route;
  return {
    operationId: nameOf(method, path),
    summary: doc.summary,
    tags: [path.slice(root.length).split('/')[0] as Tag],
    security: [{ token: scope === undefined ? [] : [scope] }],
    parameters: [
      ...parametersIn('path', route.params),
      ...parametersIn('query', route.query),
      ...(doc.versioned === 'change' ? [ifMatch] : []),
    ],
    ...(form !== undefined && {
      requestBody: { required: true, content: { [json]: { schema: schemaOf(doc.takes ?? form, 'input') } } },
    }),
    responses: {
      200: {
        description: 'Done, or told.',
        content: { [json]: { schema: schemaOf(doc.answers, 'output') } },
        ...(doc.versioned !== undefined && { headers: { [mark.name]: { schema: mark.schema } } }),
      },
      ...responsesFor(refusalsOf(route)),
    },
  };
}

const ifMatch: Parameter = {
  name: 'If-Match',
  in: 'header',
  required: true,
  description: 'The `ETag` of what you have seen.',
  schema: mark.schema,
};

/** `GET /api/v1/people/:person` is `getPeoplePerson`. */
const nameOf = (method: string, path: string): string =>
  method.toLowerCase() +
  path
    .slice(root.length)
    .split(/\W+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

function schemaOf(type: ZodType, io: 'input' | 'output'): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io, target: 'draft-2020-12' });
  return schema as Schema;
}

function parametersIn(place: 'path' | 'query', type: ZodType | undefined): readonly Parameter[] {
  if (type === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(type, 'input');
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description !== undefined && { description }),
    schema,
  }));
}

/** As RFC 9457 has it; several reasons may share a status, and `code` tells which it was. */
function responsesFor(codes: readonly ProblemCode[]): Operation['responses'] {
  const byStatus = Map.groupBy([...new Set(codes)], (code) => problems[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, shared]) => [
      status,
      {
        description: shared.map((code) => `\`${code}\`: ${problems[code].title}`).join(' '),
        content: { 'application/problem+json': { schema: problemOf(shared) } },
      },
    ]),
  );
}

const problemOf = (codes: readonly ProblemCode[]): Schema => ({
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { enum: codes },
    mistakes: { type: 'array', items: { type: 'string' } },
  },
});
