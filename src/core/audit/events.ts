import type { IconName } from '../../ui/icons.tsx';

/** How grave it is, as those who watch from elsewhere want it told (RFC 5424, 6.2.1). */
export type Level = 'info' | 'notice' | 'warning';

interface Row {
  readonly level: Level;
  /** The picture beside it on the pages of whom it is about; what has none is for those alone who may read the log. */
  readonly owner?: IconName;
}

/** What may be written down. A closed list: a new event is a decision, and a row with words in every language beside it. */
export const events = {
  'proof.begun': { level: 'info' },
  'proof.accepted': { level: 'info' },
  'proof.refused': { level: 'notice', owner: 'warning' },
  'proof.replayed': { level: 'warning' },
  'proof.blocked': { level: 'warning', owner: 'warning' },
  // What happens to a sign-in without a password, under the names the field knows it by.
  RequestUnsupported: { level: 'info' },
  ReselectFlow: { level: 'info' },
  IdentitySwitch: { level: 'notice', owner: 'person' },
  InvalidCredentials: { level: 'notice' },
  'passwordless.opted-in': { level: 'notice', owner: 'window' },
  'passwordless.opted-out': { level: 'info', owner: 'window' },
  'passwordless.cleared': { level: 'info', owner: 'window' },
  'guessing.spread': { level: 'warning' },
  'session.started': { level: 'info', owner: 'person' },
  'session.raised': { level: 'info', owner: 'key' },
  'session.ended': { level: 'info', owner: 'person' },
  'method.added': { level: 'notice', owner: 'key' },
  'method.removed': { level: 'notice', owner: 'key' },
  'method.kept-up': { level: 'notice' },
  'account.added': { level: 'notice' },
  'account.disabled': { level: 'warning', owner: 'warning' },
  'account.enabled': { level: 'warning', owner: 'key' },
  'account.reset': { level: 'warning', owner: 'warning' },
  'account.rescued': { level: 'warning', owner: 'warning' },
  'account.unlocked': { level: 'notice', owner: 'key' },
  'account.erased': { level: 'warning' },
  'account.reported': { level: 'warning', owner: 'warning' },
  'role.changed': { level: 'warning', owner: 'people' },
  'link.given': { level: 'warning', owner: 'warning' },
  'pin.registered': { level: 'warning', owner: 'key' },
  'temporary-code.given': { level: 'warning', owner: 'warning' },
  'temporary-code.used': { level: 'warning', owner: 'warning' },
  'temporary-code.stopped': { level: 'warning', owner: 'key' },
  'change.confirmed': { level: 'info' },
  'address.changed': { level: 'notice', owner: 'mail' },
  'address.restored': { level: 'warning', owner: 'mail' },
  'device.forgotten': { level: 'info', owner: 'screen' },
  'recovery.proven': { level: 'notice', owner: 'warning' },
  'recovery.waits': { level: 'warning', owner: 'warning' },
  'recovery.stopped': { level: 'notice', owner: 'key' },
  'consent.given': { level: 'info', owner: 'window' },
  'consent.withdrawn': { level: 'info', owner: 'window' },
  'database.restored': { level: 'warning' },
  'log.cut': { level: 'notice' },
  'policy.changed': { level: 'warning' },
  'policy.names-shown': { level: 'notice' },
  'api-token.added': { level: 'warning' },
  'api-token.removed': { level: 'notice' },
  'keys.rotated': { level: 'notice' },
} as const satisfies Record<string, Row>;

export type Event = keyof typeof events;

export const rowOf = (event: Event): Row => events[event];
