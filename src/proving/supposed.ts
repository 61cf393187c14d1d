import type { Account } from '../core/accounts/store.ts';
import type { Where, Whom } from '../core/policies/places.ts';
import {
  demandOf,
  type Nature,
  type Ruling,
  roleAnywhere,
  rulingFor,
  rulingsAnywhere,
} from '../core/policies/policy.ts';
import type { Rule } from '../core/policies/settings.ts';
import { worthHere } from '../flow/assurance.ts';
import type { Role, Situation } from '../flow/gather.ts';
import type { Hands } from '../flow/way-in.ts';
import type { Instant } from '../kernel/clock.ts';
import type { Credential, CredentialId } from '../methods/method.ts';
import type { Gate } from './gate.ts';
import { countedAt, nothingMore, type Owned, whoseRules } from './owned.ts';
import { realmAmong } from './realms.ts';

/** As much of the gate as it takes. */
export type Gated = Pick<Gate, 'methods' | 'realms'>;

export interface Somebody {
  readonly account: Pick<Account, 'username' | 'groups' | 'role'>;
  readonly owned: readonly Owned[];
}

/** One that nobody has: as good as its method can be, and bound on two factors. */
export const imaginedOne = (at: Instant): Credential => ({
  id: 'imagined' as CredentialId,
  label: null,
  left: null,
  lastUsedAt: null,
  bound: { at, level: 2 },
});

/** Where somebody would stand, and what the rules make there of what they answer. */
export interface Supposed {
  readonly situation: Situation;
  readonly ruling: Ruling;
  /** Whose PINs are taken there. */
  readonly realm: string | undefined;
}

/** What they could answer there by so much of what they own. */
export const handsIn = ({ ruling, realm }: Supposed, left: readonly Owned[]): Hands =>
  new Map(
    countedAt(left, realm, ruling)
      .filter(({ foreign }) => !foreign)
      .map(({ id, best }) => [id, best]),
  );

/**
 * Where somebody would stand who came there in a browser that nobody knows, before anything is proven. It is asked about them, and
 * not by them: no device and no temporary code excuses anything.
 */
export function supposedAt(
  { methods, realms }: Gated,
  policies: readonly Rule[],
  { account, owned }: Somebody,
  where: Where,
): Supposed {
  const whom = whoseRules(account);
  const ruling = rulingFor(policies, { ...whom, ...where });
  const realm = realmAmong(
    { realms },
    where.application,
    owned.flatMap(({ has }) => has),
  );
  const all = countedAt(owned, realm, ruling);
  const counted = all.filter(({ foreign }) => !foreign);
  const mine = (id: string) => all.find((one) => one.id === id);
  const roleOf = rolesAt(policies, whom, where);
  // What may come first is what may for anybody.
  const roleFirst = rolesAt(policies, whoseRules(null), where);
  const situation: Situation = {
    identified: true,
    demand: demandOf(
      ruling.require,
      nothingMore,
      worthHere(counted.filter(({ beside }) => !beside).map(({ best }) => best)),
    ),
    methods: [...methods.values()].map((method) => {
      const { id, best, beside, foreign } = { beside: false, foreign: false, ...method, ...mine(method.id) };
      if (foreign) return { id, best, role: 'off', inline: false };
      const role = roleOf(method);
      const isFirst = role === 'second' && method.alone === 'anywhere' && roleFirst(method) !== 'off';
      const inline = role === 'second' && ruling.setUp !== 'never';
      return { id, best, role: isFirst ? 'first' : role, inline, ...(beside && { beside }) };
    }),
    owns: all.map(({ id }) => id),
    made: [],
    proofs: [],
    blocked: false,
    returning: null,
    offers: [],
    confirms: confirmsUnder(ruling),
    preferred: null,
    only: ruling.primary?.only === true ? (ruling.primary.methods.find(mine) ?? null) : null,
    chosen: null,
    choosing: false,
    wanted: null,
    freshSince: 0 as Instant,
  };
  return { situation, ruling, realm };
}

/** All that is said of somebody there. A person's own pages take what any application they may go to does. */
export const rulingsAt = (policies: readonly Rule[], whom: Whom, { application, address }: Where): readonly Ruling[] =>
  application === null
    ? rulingsAnywhere(policies, { ...whom, address })
    : [rulingFor(policies, { ...whom, application, address })];

function rolesAt(policies: readonly Rule[], whom: Whom, where: Where): (method: Nature) => Role {
  const rulings = rulingsAt(policies, whom, where);
  return (method) => roleAnywhere(rulings, method);
}

function confirmsUnder({ confirm, confirmWhenDown }: Ruling): Situation['confirms'] {
  if (confirm === 'never') return false;
  return confirmWhenDown === 'postpone' ? 'while-up' : true;
}
