import * as accounts from './core/accounts/store.ts';
import * as addresses from './core/addresses/store.ts';
import * as apiTokens from './core/api-tokens/store.ts';
import * as consents from './core/applications/consents.ts';
import * as attempts from './core/attempts/store.ts';
import * as audit from './core/audit/store.ts';
import * as browsers from './core/browsers/store.ts';
import * as delivery from './core/delivery/store.ts';
import * as demo from './core/demo/store.ts';
import * as directory from './core/directory/store.ts';
import * as joining from './core/joining/store.ts';
import * as labels from './core/labels/store.ts';
import * as links from './core/links/store.ts';
import * as otpAnswers from './core/otp-answers/store.ts';
import * as policies from './core/policies/store.ts';
import * as proofTickets from './core/proof-tickets/store.ts';
import * as recovery from './core/recovery/store.ts';
import * as scim from './core/scim/store.ts';
import * as sessions from './core/sessions/store.ts';
import * as tallies from './core/tallies/store.ts';
import * as temporaryCodes from './core/temporary-codes/store.ts';
import * as throttle from './core/throttle/store.ts';
import * as registry from './methods/index.ts';
import * as replay from './otp/replay.ts';
import * as sends from './otp/sends.ts';
import * as forwardAuth from './protocols/forward-auth/index.ts';
import * as oidc from './protocols/oidc/index.ts';
import * as radius from './protocols/radius/index.ts';
import * as keys from './store/keys.ts';
import type { Migration } from './store/migrate.ts';
import type { AfterRestore } from './store/restored.ts';
import type { SealedColumn } from './store/sealed.ts';

const methods = Object.values(registry);
/** In this order: accounts first, since everything belongs to somebody. */
export const migrations: readonly Migration[] = [
  accounts.migrations,
  sessions.migrations,
  addresses.migrations,
  attempts.migrations,
  throttle.migrations,
  browsers.migrations,
  audit.migrations,
  delivery.migrations,
  links.migrations,
  labels.migrations,
  proofTickets.migrations,
  recovery.migrations,
  joining.migrations,
  directory.migrations,
  temporaryCodes.migrations,
  otpAnswers.migrations,
  policies.migrations,
  apiTokens.migrations,
  scim.migrations,
  tallies.migrations,
  demo.migrations,
  consents.migrations,
  oidc.migrations,
  forwardAuth.migrations,
  radius.migrations,
  replay.migrations,
  sends.migrations,
  keys.migrations,
  ...methods.map((method) => method.migrations),
].flat();

export const sealedColumns: readonly SealedColumn[] = [
  ...attempts.sealed,
  ...addresses.sealed,
  ...delivery.sealed,
  ...links.sealed,
  ...proofTickets.sealed,
  ...demo.sealed,
  ...oidc.sealed,
  ...forwardAuth.sealed,
  ...radius.sealed,
  ...methods.flatMap((method) => method.sealed),
];

/** What lives no longer once the database came back from a backup (`docs/adr/0020`). */
export const afterRestore: readonly AfterRestore[] = [
  sessions.restored,
  attempts.restored,
  browsers.restored,
  links.restored,
  proofTickets.restored,
  recovery.restored,
  joining.restored,
  directory.restored,
  temporaryCodes.restored,
  otpAnswers.restored,
  addresses.restored,
  delivery.restored,
  apiTokens.restored,
  oidc.restored,
  forwardAuth.restored,
  radius.restored,
  ...methods.flatMap(({ restored = [] }) => restored),
];
