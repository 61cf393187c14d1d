import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import { findSessionById, type SessionId } from '../../core/sessions/store.ts';
import { minutes, seconds, shift } from '../../kernel/clock.ts';
import type { Gate } from '../../proving/gate.ts';
import { removeGround, stands } from './grounds.ts';
import { applicationOf, type OidcHouse } from './house.ts';
import { addRecord, consumeRecord, findRecord, removeByGrant, removeRecord, saveRecord } from './records.ts';
import { serves, serviceToken } from './services.ts';

/** Said to whoever uses what serves once a second time. */
const usedTwice: Readonly<Record<string, () => Error>> = {
  PushedAuthorizationRequest: () => new errors.InvalidRequestUri('request_uri was already used'),
};

/** An expired row is kept a little longer, so that it is refused as expired and, used twice, still revokes what it gave. */
const grace = minutes(10);

/** Where oidc-provider keeps its things: our database, durable before it goes on. One for each model. */
export const adapterFor =
  (house: Pick<OidcHouse, 'gate' | 'applications' | 'services'>) =>
  (model: string): Adapter => {
    const { gate } = house;
    /** What it rests on has ended: as if it had never been. */
    const isPast = async (id: string, { clientId }: AdapterPayload): Promise<boolean> => {
      if (model === serviceToken) return !(await serves(house, clientId));
      // The application is none any more (T34).
      if (clientId !== undefined && applicationOf(house, clientId) === undefined) return true;
      return model === 'Grant' && !(await stands(gate, id));
    };
    // Ours rules: there is no session of its own to keep (`docs/adr/0009`). It asks for one only by the id of ours.
    if (model === 'Session') return shadowAdapter(gate);
    return {
      async upsert(id, payload, expiresIn = 0) {
        const expiresAt = shift(gate.clock.now(), seconds(expiresIn) + grace);
        const record = { model, id, payload, expiresAt };
        const isFirst = await gate.database.transaction((tx) =>
          model === 'ReplayDetection' ? addRecord(tx, gate, record) : saveRecord(tx, gate, record).then(() => true),
        );
        // It looked, and there was none: of two that come at once, one comes second.
        if (!isFirst) throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
      },
      async find(id) {
        const kept = await findRecord(gate, model, id);
        if (kept === null || (await isPast(id, kept.payload))) return undefined;
        return kept.consumed ? { ...kept.payload, consumed: true } : kept.payload;
      },
      /** Of two that redeem the same at once, one comes second: then nothing that either got is worth anything. */
      async consume(id) {
        const first = await gate.database.transaction((tx) => consumeRecord(tx, model, id, gate.clock.now()));
        if (first) return;
        const grant = (await findRecord(gate, model, id))?.payload.grantId;
        if (grant !== undefined) await revoke(grant);
        throw usedTwice[model]?.() ?? new errors.InvalidGrant('already used');
      },
      async destroy(id) {
        await gate.database.transaction(async (tx) => {
          await removeRecord(tx, model, id);
          if (model === 'Grant') await removeGround(tx, id);
        });
      },
      revokeByGrantId: (grant) => gate.database.transaction((tx) => removeByGrant(tx, grant)),
      findByUid: async () => undefined,
      findByUserCode: async () => undefined,
    };

    async function revoke(grant: string): Promise<void> {
      await gate.database.transaction(async (tx) => {
        await removeByGrant(tx, grant);
        await removeRecord(tx, 'Grant', grant);
        await removeGround(tx, grant);
      });
    }
  };

function shadowAdapter(gate: Gate): Adapter {
  const nothing = async () => undefined;
  return {
    async findByUid(uid): Promise<AdapterPayload | undefined> {
      const { read } = gate.database;
      const { sessions } = await gate.policy(read);
      const session = await findSessionById(read, sessions, uid as SessionId, gate.clock.now());
      return session === null ? undefined : { uid, jti: uid, kind: 'Session', accountId: session.account };
    },
    upsert: nothing,
    find: nothing,
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
    findByUserCode: nothing,
  };
}
