import { z } from 'zod';
import { type Loaded, mistakesOf } from '../../config/load.ts';
import { supportSettings } from '../roles/settings.ts';
import { sessionSettings } from '../sessions/settings.ts';
import { guessingSettings } from '../throttle/settings.ts';
import { type Nameable, unknownNames } from './nameable.ts';
import { policySettings } from './settings.ts';

/** What is decided for everybody: sections of the configuration, by the same names, as one document that changes as a whole. */
export const policyDocument = z.strictObject({
  policies: policySettings.unwrap(),
  sessions: sessionSettings,
  guessing: guessingSettings,
  support: supportSettings,
});

export type Policy = z.output<typeof policyDocument>;

/** Reads what somebody wrote, or says all that is wrong with it. */
export function readPolicy(given: unknown, nameable: Nameable): Loaded<Policy> {
  const result = policyDocument.safeParse(given ?? {});
  if (!result.success) return { is: 'bad', mistakes: mistakesOf(result.error, 'the policy') };
  const mistakes = unknownNames(result.data.policies, nameable);
  return mistakes.length === 0 ? { is: 'good', config: result.data } : { is: 'bad', mistakes };
}
