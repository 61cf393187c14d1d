import { z } from 'zod';
import { isNetwork } from '../../kernel/networks.ts';
import { condition } from './condition.ts';
import { offering } from './offering.ts';

const network = z.string().refine(isNetwork, { error: 'must be a network such as 10.0.0.0/8 or 2001:db8::/32' });

/** From the laxest to the strictest. */
export const requirements = ['sfa', 'mfa-if-owned', 'mfa', 'phr', 'phrh', 'deny'] as const;

const rule = z.strictObject({
  name: z.string().min(1).describe('What the rule is called where it is told why somebody was asked.'),
  /** All of what is named must hold; nothing named matches everybody. */
  when: z
    .strictObject({
      applications: z.array(z.string()).min(1).optional().describe('Ids of applications; any of them.'),
      groups: z.array(z.string()).min(1).optional().describe('Groups; any of them.'),
      people: z.array(z.string()).min(1).optional().describe('User names; any of them.'),
      networks: z.array(network).min(1).optional().describe('Where the person is; any of them.'),
    })
    .prefault({}),
  require: z
    .enum(requirements)
    .describe('One factor; two from whoever owns a second; two; phishing-resistant; in hardware; nobody.'),
  methods: z
    .strictObject({
      second: z.array(z.string()).optional().describe('Taken as second factor; the usual ones when left out.'),
      backup: z
        .array(z.string())
        .optional()
        .describe('Taken when nothing else is at hand; the usual ones when left out.'),
    })
    .prefault({}),
  countsForStepUp: z
    .array(z.string())
    .default([])
    .describe(
      'Methods sent over somebody else’s network, by mail or text message, that count where an application asks for more.',
    ),
  rememberDays: z
    .int()
    .min(0)
    .max(365)
    .optional()
    .describe('Days for which a person may keep a device from asking for the second factor that this rule asks for.'),
  passwordless: z
    .strictObject({
      methods: z.array(z.string()).min(1).describe('What may be asked instead of the password.'),
      when: condition.optional().describe('Who may: allOf, anyOf, group, network, application, owns (with traits).'),
    })
    .optional()
    .describe('A person may keep a browser from asking for the password, and is asked for one of these alone.'),
  passkeys: offering
    .extend({
      syncedAlone: z
        .enum(['phr', 'sfa'])
        .optional()
        .describe(
          'What a passkey is worth alone that is on many devices and told its person: two factors, resistant to phishing (`phr`), or one (`sfa`).',
        ),
    })
    .prefault({}),
  confirm: z
    .enum(['never', 'new-browser', 'each-sign-in'])
    .default('never')
    .describe(
      'Whoever comes on one factor is asked for a code besides, by what else they have, or by mail or text message. It raises no level; a passkey made on the way counts from then on.',
    ),
  confirmWhenDown: z
    .enum(['refuse', 'postpone'])
    .default('refuse')
    .describe('While that code cannot be sent: nobody passes, or it is asked next time, and no passkey is kept.'),
  primary: z
    .strictObject({
      methods: z.array(z.string()).min(1).describe('Best first: the first of these that somebody has is asked first.'),
      only: z.boolean().default(false).describe('Nothing else is offered beside it but what is for bad days.'),
    })
    .optional(),
  setUp: z
    .enum(['anytime', 'when-asked', 'never'])
    .default('anytime')
    .describe('May people set up, renew and remove what they sign in with? When it is asked for: on the way in alone.'),
  help: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .describe('What whoever can go no further reads: whom to call, where tokens are handed out.'),
});

/** An ordered list; the first rule that matches decides; the last matches everybody. */
export const policySettings = z
  .array(rule)
  .min(1)
  .refine((rules) => Object.keys(rules.at(-1)?.when ?? {}).length === 0, {
    error: 'the last rule must match everybody: leave its "when" out',
  })
  .prefault([{ name: 'everybody', require: 'mfa-if-owned' }]);

export type Rule = z.output<typeof rule>;
