import { answerFrom, Tenant } from '../../examples/duo-simulator/server.ts';
import { newId } from '../../src/kernel/ids.ts';
import type { Fetch } from '../../src/kernel/network.ts';
import { saveEnrolled } from '../../src/methods/duo/store.ts';
import { setUpFor } from '../../src/proving/set-up-for.ts';
import { testClock } from './clock.ts';
import type { DatabaseKind } from './databases.ts';
import type { More } from './open.ts';
import { openSallyport, type Sallyport } from './sallyport.ts';

export const duoKeys = { integration: 'DIXXXXXXXXXXXXXXXXXX', secret: 'a-secret-key-of-exactly-forty-characters' };

export const duoSection = (more: object = {}, apiHost = '127.0.0.1:4003') => ({
  duo: { apiHost, integrationKey: duoKeys.integration, secretKey: duoKeys.secret, ...more },
});

/** A Sallyport whose network leads to the Duo simulator, and nowhere else. */
export interface DuoSallyport extends Sallyport {
  readonly tenant: Tenant;
}

/** @param between what stands between us and Duo @param config the other sections of the configuration */
export async function openWithDuo(
  kind: DatabaseKind,
  settings: object = {},
  between: (fetch: Fetch) => Fetch = (fetch) => fetch,
  { methods, ...config }: { readonly methods?: object; readonly [section: string]: unknown } = {},
): Promise<DuoSallyport> {
  const clock = testClock();
  const tenant = new Tenant(duoKeys, () => clock.now());
  tenant.longPoll = 0;
  const fetch = between((url, request) => answerFrom(tenant, new Request(url, request)));
  return {
    ...(await openSallyport(kind, { ...config, methods: { ...duoSection(settings), ...methods } }, { clock, fetch })),
    tenant,
  };
}

/** Somebody with a password and backup codes, whose phone Duo knows and so do we. */
export async function personWithDuo(
  sallyport: Pick<DuoSallyport, 'house' | 'person' | 'tenant'>,
  name: string,
  more: More = {},
): Promise<void> {
  const { gate } = sallyport.house;
  const account = await sallyport.person(name, more);
  sallyport.tenant.add(name, true);
  const saveCodes = await setUpFor(gate, { id: account, username: name }, 'backup-codes', () => ({ stored: 'yes' }));
  const bound = { at: gate.clock.now(), level: 1 } as const;
  await gate.database.transaction(async (tx) => {
    await saveEnrolled(tx, { id: newId(gate.chance), account, username: name, bound });
    await saveCodes(tx);
  });
}

/** Presses a button on the phone for whatever it shows now. @returns false when it shows nothing */
export function press(tenant: Tenant, name: string, answer: 'allow' | 'deny' | 'fraud', number?: string): boolean {
  const user = tenant.find(name);
  const [newest] = user === null ? [] : tenant.pending(user);
  return newest !== undefined && tenant.answer(newest, answer, number);
}
