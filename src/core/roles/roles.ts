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
  | 'prepare-browser'
  | 'add'
  | 'draft-policy'
  | 'change-policy'
  | 'name-people';

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
    'prepare-browser',
    'add',
    'draft-policy',
    'change-policy',
    'name-people',
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
  ],
  'help-desk': ['look', 'unlock', 'give-code'],
  auditor: ['look', 'draft-policy'],
} as const satisfies Record<string, readonly Act[]>;

export type Role = keyof typeof table;
export const roles = Object.keys(table) as readonly Role[];

/** Whose are the only hands that may touch whoever has a role. */
export const keeper: Role = 'system-administrator';

/** What not even those hands do to whoever has a role: it would let somebody else in as them. */
const neverToThose: readonly Act[] = ['prepare-browser', 'give-code', 'give-link'];

/** Nothing is done to anybody by these: they are seen, or written for oneself. */
export const onlyLooks = (act: Act | undefined): boolean => act === 'look' || act === 'draft-policy';

export const isRole = (text: string): text is Role => Object.hasOwn(table, text);

/** @param act none: a page that nobody gave a row to is nobody's */
export const may = (role: Role | null, act: Act | undefined): boolean =>
  role !== null && act !== undefined && (table[role] as readonly Act[]).includes(act);

interface Holder {
  readonly id: string;
  readonly role: Role | null;
}

/** May one do this to the other? Looking is free among those who may look; oneself one helps on one's own pages. */
export function mayDo(one: Holder, act: Act, other: Holder): boolean {
  if (!may(one.role, act)) return false;
  if (act === 'look') return true;
  if (one.id === other.id) return false;
  return other.role === null || (one.role === keeper && !neverToThose.includes(act));
}
