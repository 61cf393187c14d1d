import { type AskedLevel, type Level, levelOfName } from '../../flow/assurance.ts';
import type { Demand, Role } from '../../flow/gather.ts';
import { insideAny, isAddress } from '../../kernel/networks.ts';
import { canonical } from '../accounts/canonical.ts';
import type { Ask } from '../attempts/store.ts';
import { type About, holds } from './condition.ts';
import type { Offering } from './offering.ts';
import { type Rule, requirements } from './settings.ts';

export interface Circumstances {
  readonly application: string | null;
  /** Null: nobody that we know. */
  readonly username: string | null;
  readonly groups: readonly string[];
  readonly address: string;
}

/** What the policy says of somebody here: one rule asks, and all that match say together what is taken. */
export interface Ruling
  extends Pick<
    Rule,
    'name' | 'require' | 'countsForStepUp' | 'confirm' | 'confirmWhenDown' | 'primary' | 'setUp' | 'help'
  > {
  /** The names of the other rules that say something of what is taken, for one of this person's groups. */
  readonly beside: readonly string[];
  /** Whole days; none: no device is remembered. */
  readonly rememberDays: number;
  /** The rules that say which methods are taken: each one can say no. */
  readonly taking: readonly Rule[];
  /** The rules that say who may go on without a password: each one can say no. */
  readonly sparing: readonly Rule[];
  /** What the rules say of offering a passkey to whoever has none in their browser: each one can say no. */
  readonly offering: readonly Offering[];
  /** A synced passkey is one factor, whatever unlocked it. */
  readonly distrustsSynced: boolean;
}

/**
 * The first rule that matches asks. Of what is taken and remembered, the strictest counts of all rules for groups that this
 * person is in: being in one more never opens anything. Where somebody's address cannot be read, any network may be theirs:
 * then the strictest asks of all rules down to the first that matches wherever they are.
 */
export function rulingFor(rules: readonly Rule[], at: Circumstances): Ruling {
  const matching = rules.filter((rule) => matches(rule, at));
  const certain = matching.findIndex(({ when }) => when.networks === undefined || isAddress(at.address));
  const [first] = matching.slice(0, certain + 1).sort((a, b) => strictness(b) - strictness(a));
  if (first === undefined) throw new Error('the last rule matches everybody');
  const narrowing = matching.filter((rule) => rule !== first && rule.when.groups !== undefined);
  const days = narrowing.map(({ rememberDays }) => rememberDays).filter((some) => some !== undefined);
  return {
    ...first,
    beside: narrowing.map(({ name }) => name),
    rememberDays: Math.min(first.rememberDays ?? 0, ...days),
    taking: [first, ...narrowing.filter(({ methods }) => methods.second !== undefined || methods.backup !== undefined)],
    sparing: [first, ...narrowing.filter(({ passwordless }) => passwordless !== undefined)],
    offering: [first, ...narrowing].map(({ passkeys }) => passkeys),
    distrustsSynced: [first, ...narrowing].some(({ passkeys }) => passkeys.syncedAlone === 'sfa'),
  };
}

const strictness = ({ require }: Rule): number => requirements.indexOf(require);

/** What a rule needs to know of a method. */
export interface Nature {
  readonly id: string;
  readonly role: Exclude<Role, 'off'>;
  readonly onlyWhereNamed?: true;
}

/** As what a method is taken: off where any of the rules does not take it. */
export function roleUnder({ taking }: Ruling, method: Nature): Role {
  const roles = taking.map((rule) => roleIn(rule, method));
  return roles.includes('off') ? 'off' : (roles[0] ?? 'off');
}

function roleIn({ methods: { second, backup } }: Rule, { id, role, onlyWhereNamed }: Nature): Role {
  if (role === 'first') return 'first';
  if (second?.includes(id)) return 'second';
  if (backup?.includes(id)) return 'backup';
  if (onlyWhereNamed || (role === 'second' ? second : backup) !== undefined) return 'off';
  return role;
}

/** May somebody go on by this method alone, in a browser they keep for it (P-8, P-9)? */
export const maySkipPassword = ({ sparing }: Ruling, method: string, about: About): boolean =>
  sparing.every(
    ({ passwordless }) =>
      passwordless?.methods.includes(method) && (passwordless.when === undefined || holds(passwordless.when, about)),
  );

/** By which methods there is anything to go on with at all, whoever may. */
export const namesInstead = ({ sparing }: Ruling, method: string): boolean =>
  sparing.every(({ passwordless }) => passwordless?.methods.includes(method));

/** What the policy says of somebody wherever they may go: at no application, and at each that a rule names. */
export const rulingsAnywhere = (rules: readonly Rule[], at: Omit<Circumstances, 'application'>): readonly Ruling[] =>
  [null, ...rules.flatMap(({ when }) => when.applications ?? [])].map((application) =>
    rulingFor(rules, { ...at, application }),
  );

/** On a person's own pages all is taken that is taken at any application they may go to. */
export function roleAnywhere(rulings: readonly Ruling[], method: Nature): Role {
  const roles = rulings.map((ruling) => roleUnder(ruling, method));
  return roles.find((role) => role === 'second') ?? roles.find((role) => role !== 'off') ?? 'off';
}

function matches({ when }: Rule, { application, username, groups, address }: Circumstances): boolean {
  const called = username === null ? null : canonical(username);
  return (
    (when.people === undefined || when.people.some((name) => canonical(name) === called)) &&
    (when.applications === undefined || (application !== null && when.applications.includes(application))) &&
    (when.groups === undefined || when.groups.some((group) => groups.includes(group))) &&
    (when.networks === undefined || !isAddress(address) || insideAny(when.networks, address))
  );
}

/** What policy and request ask together: the higher of both, and whose it is. @param owned what the person's methods are worth */
export function demandOf(require: Ruling['require'], ask: Ask, owned: Level): Demand {
  const best = Math.max(1, owned) as AskedLevel;
  const byPolicy =
    require === 'deny' ? 1 : require === 'mfa-if-owned' ? (Math.min(best, 2) as 1 | 2) : levelOfName[require];
  const byRequest = ask.level === 'owned' ? best : (ask.level ?? 0);
  const requests = ask.notBefore !== null || byRequest >= byPolicy;
  return {
    level: Math.max(byPolicy, byRequest) as AskedLevel,
    by: requests ? 'request' : 'policy',
    strict: requests && ask.level !== 'owned',
    notBefore: ask.notBefore,
    withoutRecovery: ask.withoutRecovery,
    denied: require === 'deny',
  };
}
