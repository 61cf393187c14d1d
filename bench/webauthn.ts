import { verify } from 'node:crypto';
import { Authenticator, pairFor, signAs } from '../test/support/authenticator.ts';
import { benchHouse } from './house.ts';
import { type Pair, pace, paired } from './measure.ts';

/** A key's answer read, looked up and weighed in every part, against the check of one bare signature of its kind (ES256). */
export async function keyChecks(): Promise<Pair> {
  const house = await benchHouse();
  const account = await house.person('person');
  const method = house.house.gate.methods.get('webauthn');
  if (method === undefined) throw new Error('no webauthn');
  const { ask, check, enrol, offer } = method;
  const subject = { account, name: 'person', memo: new Map<string, string>(), returnTo: '' };
  const key = new Authenticator('http://localhost:4000');
  const optionsFor = (page: string) => {
    const { challenge, userHandle } = JSON.parse(subject.memo.get(page) ?? '') as Record<string, string>;
    return { challenge: challenge ?? '', rp: { id: 'localhost' }, user: { id: userHandle ?? '' } };
  };
  await offer(subject);
  const enrolment = await enrol(subject, { kind: 'security-key', response: key.create(optionsFor('offer')) });
  if (enrolment.is !== 'ready') throw new Error('not set up');
  await house.house.gate.database.transaction((tx) => enrolment.save(tx, { at: house.clock.now(), level: 1 }));
  await ask(subject);
  const remembered = [...subject.memo];
  const response = key.get(optionsFor('ask'));

  const weigh = async () => {
    const outcome = await check({ ...subject, memo: new Map(remembered) }, { response });
    if (outcome.is !== 'proven') throw new Error('refused');
  };
  const data = Buffer.alloc(69, 1);
  const { publicKey, privateKey } = pairFor(-7);
  const signature = signAs(-7, data, privateKey);
  const bare = async () => {
    if (!verify('sha256', data, publicKey, signature)) throw new Error('refused');
  };
  const result = await paired(
    () => pace(weigh, 1, 1500),
    () => pace(bare, 1, 1500),
  );
  await house.close();
  return result;
}
