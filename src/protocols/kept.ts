import type { Migration } from '../store/migrate.ts';
import type { AfterRestore } from '../store/restored.ts';
import type { SealedColumn } from '../store/sealed.ts';
import * as forwardAuth from './forward-auth/index.ts';
import * as oidc from './oidc/index.ts';
import * as radius from './radius/index.ts';

/** What is kept for those who speak to applications. */
export const migrations: readonly Migration[] = [oidc.migrations, forwardAuth.migrations, radius.migrations].flat();
export const sealed: readonly SealedColumn[] = [oidc.sealed, forwardAuth.sealed, radius.sealed].flat();
export const restored: readonly AfterRestore[] = [oidc.restored, forwardAuth.restored, radius.restored];
