import { z } from 'zod';
import { hashOf } from '../../kernel/ids.ts';
import { browserIn, browserNames, systemIn, systemNames } from '../../ui/agent.ts';
import { type About, condition, holds } from './condition.ts';

/**
 * Whom a passkey is offered, so that a house can begin with some. What a browser says of itself is good enough here: an
 * offer opens nothing.
 */
export const offering = z.strictObject({
  offer: z.boolean().optional().describe('Offers a passkey after a sign-in without one.'),
  when: condition.optional().describe('To whom: allOf, anyOf, group, network, application, owns (with traits).'),
  percent: z
    .int()
    .min(0)
    .max(100)
    .optional()
    .describe('To so many of a hundred people: always the same ones, and more of them as it grows.'),
  browsers: z.array(z.enum(browserNames)).min(1).optional().describe('In these browsers, as they call themselves.'),
  systems: z.array(z.enum(systemNames)).min(1).optional().describe('On these systems.'),
  upgrade: z
    .boolean()
    .optional()
    .describe(
      'Where a passkey is offered, a browser that filled in the password may make it by itself (conditional create).',
    ),
});

export type Offering = z.output<typeof offering>;

/** Who stands there, by what. */
export interface Somebody extends About {
  readonly account: string;
  readonly agent: string;
}

/** The first says yes, and none of the others no. */
export const offersPasskey = (rules: readonly Offering[], somebody: Somebody): boolean =>
  rules[0]?.offer === true && rules.every((rule) => saysNothingAgainst(rule, somebody));

/** Likewise. */
export const upgradesPasskey = (rules: readonly Offering[]): boolean =>
  rules[0]?.upgrade === true && rules.every(({ upgrade }) => upgrade !== false);

const saysNothingAgainst = ({ offer, when, percent, browsers, systems }: Offering, somebody: Somebody): boolean =>
  offer !== false &&
  (when === undefined || holds(when, somebody)) &&
  (percent === undefined || shareOf(somebody.account) < percent) &&
  (browsers === undefined || browsers.some((name) => name === browserIn(somebody.agent))) &&
  (systems === undefined || systems.some((name) => name === systemIn(somebody.agent)));

/** Among a hundred, the same place every time. */
const shareOf = (account: string): number => Buffer.from(hashOf(account), 'base64url').readUInt32BE(0) % 100;
