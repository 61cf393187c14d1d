import { z } from 'zod';
import { applicationSettings } from './core/applications/settings.ts';
import { policySettings } from './core/policies/settings.ts';
import { sessionSettings } from './core/sessions/settings.ts';
import * as registry from './methods/index.ts';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
const address = z
  .url({ protocol: /^https?$/ })
  .transform((text) => new URL(text))
  .refine(({ protocol, hostname }) => protocol === 'https:' || loopback.has(hostname), {
    error: 'must be https, unless it is this machine itself',
  })
  .refine(({ pathname, search, hash }) => pathname === '/' && search === '' && hash === '', {
    error: 'must be an origin, without a path',
  });

const methodSections = Object.fromEntries(Object.values(registry).map((method) => [method.id, method.settings]));

/** The whole configuration: each section belongs to whoever uses it. */
export const settings = z.strictObject({
  /** Where people reach us: the OpenID Connect issuer, and the only host that is answered. */
  publicUrl: address,
  listen: z
    .strictObject({ host: z.string().default('127.0.0.1'), port: z.int().min(0).max(65535).default(4000) })
    .prefault({}),
  /** Proxies that may tell us a visitor's address: networks or addresses. */
  trustedProxies: z.array(z.string()).default([]),
  tls: z.strictObject({ certificate: z.string(), key: z.string() }).optional(),
  /** Where the database file, the keys and nothing else are kept. */
  data: z.string().default('./data'),
  /** `sqlite:PATH` or `postgres://…`; a file in `data` when left out. */
  database: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, { error: 'must be sqlite:PATH or postgres://…' })
    .optional(),
  hashing: z
    .strictObject({
      memoryKiB: z.int().min(19_456).default(19_456),
      passes: z.int().min(2).default(2),
      atOnce: z.int().min(1).default(2),
      waiting: z.int().min(0).default(64),
    })
    .prefault({}),
  sessions: sessionSettings,
  policies: policySettings,
  applications: z.array(applicationSettings).default([]),
  methods: z.strictObject(methodSections).prefault({}),
  logLevel: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Settings = z.output<typeof settings>;
