import type { IconName } from '../../ui/icons.tsx';

/** How grave it is, as those who watch from elsewhere want it told (RFC 5424, 6.2.1). */
export type Level = 'info' | 'notice' | 'warning';

/** What it has to do with: so the log is searched, and so the words of the search are put together. */
export const kinds = ['proofs', 'sessions', 'passwordless', 'ways', 'applications', 'accounts', 'house'] as const;
export type Kind = (typeof kinds)[number];

interface Row {
  readonly kind: Kind;
  readonly level: Level;
  /** The picture beside it on the pages of whom it is about; what has none is for those alone who may read the log. */
  readonly owner?: IconName;
  /** Whoever runs the house is to see it in the morning. */
  readonly alarm?: true;
}

/** What may be written down. A closed list: a new event is a decision, and a row with words in every language beside it. */
export const events = {
  'proof.begun': { kind: 'proofs', level: 'info' },
  'proof.accepted': { kind: 'proofs', level: 'info' },
  'proof.refused': { kind: 'proofs', level: 'notice', owner: 'warning' },
  'proof.replayed': { kind: 'proofs', level: 'warning' },
  'proof.blocked': { kind: 'proofs', level: 'warning', owner: 'warning', alarm: true },
  // What happens to a sign-in without a password, under the names the field knows it by.
  RequestUnsupported: { kind: 'passwordless', level: 'info' },
  ReselectFlow: { kind: 'passwordless', level: 'info' },
  IdentitySwitch: { kind: 'passwordless', level: 'notice', owner: 'person' },
  InvalidCredentials: { kind: 'passwordless', level: 'notice' },
  'passwordless.opted-in': { kind: 'passwordless', level: 'notice', owner: 'window' },
  'passwordless.opted-out': { kind: 'passwordless', level: 'info', owner: 'window' },
  'passwordless.cleared': { kind: 'passwordless', level: 'info', owner: 'window' },
  'guessing.spread': { kind: 'proofs', level: 'warning', alarm: true },
  'session.started': { kind: 'sessions', level: 'info', owner: 'person' },
  'session.raised': { kind: 'sessions', level: 'info', owner: 'key' },
  'access.given': { kind: 'sessions', level: 'info', owner: 'person' },
  'session.ended': { kind: 'sessions', level: 'info', owner: 'person' },
  'method.added': { kind: 'ways', level: 'notice', owner: 'key' },
  'method.removed': { kind: 'ways', level: 'notice', owner: 'key' },
  'method.kept-up': { kind: 'ways', level: 'notice' },
  'account.added': { kind: 'accounts', level: 'notice' },
  'account.changed': { kind: 'accounts', level: 'notice' },
  'account.handed-over': { kind: 'accounts', level: 'warning' },
  'account.taken-back': { kind: 'accounts', level: 'notice' },
  'account.disabled': { kind: 'accounts', level: 'warning', owner: 'warning' },
  'account.enabled': { kind: 'accounts', level: 'warning', owner: 'key' },
  'account.reset': { kind: 'accounts', level: 'warning', owner: 'warning' },
  'account.rescued': { kind: 'accounts', level: 'warning', owner: 'warning', alarm: true },
  'account.unlocked': { kind: 'accounts', level: 'notice', owner: 'key' },
  'account.erased': { kind: 'accounts', level: 'warning' },
  'account.reported': { kind: 'accounts', level: 'warning', owner: 'warning', alarm: true },
  'role.changed': { kind: 'accounts', level: 'warning', owner: 'people' },
  'link.given': { kind: 'accounts', level: 'warning', owner: 'warning' },
  'temporary-code.given': { kind: 'accounts', level: 'warning', owner: 'warning' },
  'temporary-code.used': { kind: 'accounts', level: 'warning', owner: 'warning' },
  'temporary-code.stopped': { kind: 'accounts', level: 'warning', owner: 'key', alarm: true },
  'pin.registered': { kind: 'accounts', level: 'warning', owner: 'key' },
  'change.confirmed': { kind: 'ways', level: 'info' },
  'address.changed': { kind: 'ways', level: 'notice', owner: 'mail' },
  'address.restored': { kind: 'ways', level: 'warning', owner: 'mail', alarm: true },
  'device.forgotten': { kind: 'sessions', level: 'info', owner: 'screen' },
  'recovery.proven': { kind: 'ways', level: 'notice', owner: 'warning' },
  'recovery.waits': { kind: 'ways', level: 'warning', owner: 'warning' },
  'recovery.stopped': { kind: 'ways', level: 'notice', owner: 'key', alarm: true },
  'group.added': { kind: 'accounts', level: 'notice' },
  'group.changed': { kind: 'accounts', level: 'notice' },
  'group.removed': { kind: 'accounts', level: 'notice' },
  'consent.given': { kind: 'applications', level: 'info', owner: 'window' },
  'form.sent-on': { kind: 'applications', level: 'info', owner: 'window' },
  'service.given': { kind: 'applications', level: 'info' },
  'service.refused': { kind: 'applications', level: 'warning' },
  'saml.refused': { kind: 'applications', level: 'warning' },
  'consent.withdrawn': { kind: 'applications', level: 'info', owner: 'window' },
  'database.restored': { kind: 'house', level: 'warning', alarm: true },
  'log.cut': { kind: 'house', level: 'notice' },
  'log.read': { kind: 'house', level: 'notice' },
  'log.exported': { kind: 'house', level: 'warning' },
  'people.read': { kind: 'house', level: 'notice' },
  'people.exported': { kind: 'house', level: 'warning' },
  'policy.changed': { kind: 'house', level: 'warning' },
  'policy.names-shown': { kind: 'house', level: 'notice' },
  'program.refused': { kind: 'house', level: 'warning' },
  'api-token.added': { kind: 'house', level: 'warning' },
  'api-token.removed': { kind: 'house', level: 'notice' },
  'keys.rotated': { kind: 'house', level: 'notice' },
  'saml-key.added': { kind: 'house', level: 'notice' },
} as const satisfies Record<string, Row>;

export type Event = keyof typeof events;

export const rowOf = (event: Event): Row => events[event];

const all = Object.keys(events) as readonly Event[];
export const isEvent = (text: string): text is Event => Object.hasOwn(events, text);

/** All of one kind, in the order of the table. */
export const eventsOf = (kind: Kind): readonly Event[] => all.filter((event) => rowOf(event).kind === kind);

/** What whoever runs the house looks at first, in the order of the table. */
export const alarms: readonly Event[] = all.filter((event) => rowOf(event).alarm === true);
