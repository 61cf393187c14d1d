/** What somebody may do to other people's accounts, and to what is asked of all of them. */
export type Act =
  | 'look'
  | 'unlock'
  | 'sign-out'
  | 'disable'
  | 'enable'
  | 'reset'
  | 'give-role'
  | 'give-code'
  | 'give-link'
  | 'register-pin'
  | 'prepare-browser'
  | 'add'
  | 'draft-policy'
  | 'change-policy'
  | 'name-people'
  | 'see-settings'
  | 'see-applications';

/** Who runs the house, and what each may do: a row for each role, and nobody does what is not in theirs. */
const table = {
  'system-administrator': [
    'look',
    'unlock',
    'sign-out',
    'disable',
    'enable',
    'reset',
    'give-role',
    'give-code',
    'give-link',
    'register-pin',
    'prepare-browser',
    'add',
    'draft-policy',
    'change-policy',
    'name-people',
    'see-settings',
    'see-applications',
  ],
  administrator: [
    'look',
    'unlock',
    'sign-out',
    'disable',
    'enable',
    'give-code',
    'give-link',
    'prepare-browser',
    'add',
    'draft-policy',
    'name-people',
    'see-settings',
    'see-applications',
  ],
  'help-desk': ['look', 'unlock', 'give-code', 'see-applications'],
  auditor: ['look', 'draft-policy', 'see-settings', 'see-applications'],
  // Their own alone: the configuration says which those are (`core/applications/owners.ts`).
  'application-owner': ['see-applications'],
} as const satisfies Record<string, readonly Act[]>;

export type Role = keyof typeof table;
export const roles = Object.keys(table) as readonly Role[];

/** Support functions: an administrator's too, where the house shares them (S-5). */
const support: { readonly with: Role; readonly acts: readonly Act[] } = {
  with: 'administrator',
  acts: ['register-pin'],
};

/** Whose are the only hands that may touch whoever has a role. */
export const keeper: Role = 'system-administrator';

/** What not even those hands do to whoever has a role: it would let somebody else in as them. */
const neverToThose: readonly Act[] = ['prepare-browser', 'give-code', 'give-link', 'register-pin'];

export const isRole = (text: string): text is Role => Object.hasOwn(table, text);

interface Holder {
  readonly id: string;
  readonly role: Role | null;
}

/** Who does something. @param shares whether the house shares its support functions; left out: it does not */
export interface Actor extends Holder {
  readonly shares?: boolean;
}

/** @param act none: a page that nobody gave a row to is nobody's */
export function may({ role, shares = false }: Pick<Actor, 'role' | 'shares'>, act: Act | undefined): boolean {
  if (role === null || act === undefined) return false;
  return (
    (table[role] as readonly Act[]).includes(act) || (shares && role === support.with && support.acts.includes(act))
  );
}

/** May one do this to the other? Looking is free among those who may look; oneself one helps on one's own pages. */
export function mayDo(one: Actor, act: Act, other: Holder): boolean {
  if (!may(one, act)) return false;
  if (act === 'look') return true;
  if (one.id === other.id) return false;
  return other.role === null || (one.role === keeper && !neverToThose.includes(act));
}
