import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { address } from './config/address.ts';
import { serviceSettings } from './core/applications/services.ts';
import { applicationSettings } from './core/applications/settings.ts';
import { auditSettings } from './core/audit/streams/settings.ts';
import { mailSettings } from './core/delivery/mail/settings.ts';
import { smsSettings } from './core/delivery/sms/index.ts';
import { directorySettings } from './core/directory/settings.ts';
import { joiningSettings } from './core/joining/settings.ts';
import { pluginSettings } from './core/plugins/settings.ts';
import { policySettings } from './core/policies/settings.ts';
import { realmSettings } from './core/realms/settings.ts';
import { recoverySettings } from './core/recovery/settings.ts';
import { supportSettings } from './core/roles/settings.ts';
import { sessionSettings } from './core/sessions/settings.ts';
import { siteSettings } from './core/sites/settings.ts';
import { guessingSettings } from './core/throttle/settings.ts';
import * as registry from './methods/index.ts';
import { radiusSettings } from './protocols/radius/settings.ts';
import { brandSettings } from './ui/brand.ts';

const methodSections = Object.fromEntries(Object.values(registry).map((method) => [method.id, method.settings]));

const addresses = z.string().refine((text) => ipaddr.isValid(text) || ipaddr.isValidCIDR(text), {
  error: 'must be an address or a network such as 10.0.0.0/8',
});
const port = z.int().min(0).max(65_535);

/** The whole configuration: each section belongs to whoever uses it. `docs/configuration.md` is made from it. */
export const settings = z.strictObject({
  publicUrl: address.describe('Where people reach Sallyport: the issuer for applications, and the only host answered.'),
  brand: brandSettings.describe('What the pages show of your house.'),
  listen: z
    .strictObject({
      host: z.string().default('127.0.0.1').describe('The address to listen at.'),
      port: port.default(4000).describe('The port to listen at.'),
    })
    .prefault({}),
  trustedProxies: z
    .array(addresses)
    .default([])
    .describe('Proxies whose X-Forwarded-* is believed: addresses or networks. Nobody else’s is.'),
  tls: z
    .strictObject({
      certificate: z
        .string()
        .describe('A PEM file: the certificate and the chain after it. Read again when it changes.'),
      key: z.string().describe('A PEM file: the private key.'),
    })
    .optional(),
  data: z.string().default('./data').describe('The folder of the key file, and of the database file if there is one.'),
  database: z
    .string()
    .regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/, { error: 'must be sqlite:PATH or postgres://…' })
    .optional()
    .describe('`sqlite:PATH` or `postgres://USER:PASSWORD@HOST/NAME`; `sallyport.db` in `data` when left out.'),
  network: z
    .strictObject({
      proxy: z
        .url({ protocol: /^https?$/ })
        .optional()
        .describe(
          'An HTTP proxy that everything we reach is reached through. `NODE_USE_ENV_PROXY=1` asks HTTPS_PROXY.',
        ),
      noProxy: z.array(z.string()).default([]).describe('Hosts reached without it; `.example.org` means all below.'),
      ca: z
        .string()
        .optional()
        .describe('A PEM file: authorities believed besides the system’s, wherever we connect to.'),
    })
    .prefault({}),
  mail: mailSettings.optional(),
  sms: smsSettings.optional(),
  directory: directorySettings.optional(),
  hashing: z
    .strictObject({
      memoryKiB: z.int().min(19_456).default(19_456).describe('Argon2id: memory for one hash.'),
      passes: z.int().min(2).default(2).describe('Argon2id: passes over it.'),
      atOnce: z.int().min(1).default(2).describe('Hashes made at the same time: one for each processor.'),
      waiting: z.int().min(0).default(64).describe('Hashes that may wait; whoever comes then is asked to come back.'),
    })
    .prefault({}),
  sessions: sessionSettings,
  guessing: guessingSettings.describe('When an account is locked, and when guessing at many raises an alarm.'),
  support: supportSettings.describe('Who else helps people.'),
  recovery: recoverySettings.describe('For whoever forgot their password.'),
  joining: joiningSettings.describe('For whoever has no account yet: docs/people.md.'),
  policies: policySettings.describe('An ordered list: the first rule that matches decides.'),
  applications: z.array(applicationSettings).default([]).describe('The OpenID Connect clients.'),
  services: serviceSettings.describe('Programs that act for nobody, and are given tokens of their own.'),
  sites: z
    .array(siteSettings)
    .default([])
    .describe('Applications that know nothing of us, behind one of `trustedProxies` that asks us.'),
  radius: radiusSettings
    .optional()
    .describe('VPNs and whatever else speaks RADIUS: docs/radius.md. Off, when left out.'),
  privacyidea: pluginSettings
    .optional()
    .describe('Plugins that were written for privacyIDEA: docs/privacyidea.md. Off, when left out.'),
  realms: realmSettings.describe('Applications that take PINs of their own: docs/one-pin.md.'),
  methods: z.strictObject(methodSections).prefault({}),
  audit: auditSettings.describe('The log of what happened: docs/audit.md.'),
  metrics: z
    .strictObject({
      token: z
        .string()
        .min(32, { error: 'must have at least 32 characters' })
        .optional()
        .describe('Opens `/metrics` to whoever sends it as a bearer token. Nobody, when left out.'),
      port: port
        .optional()
        .describe('Serves `/metrics` on a port of its own too, at `listen.host`, to whoever reaches it.'),
    })
    .prefault({}),
  logLevel: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('How much is written to standard output, as JSON lines.'),
});

export type Settings = z.output<typeof settings>;
