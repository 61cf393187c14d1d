import {
  type Errand,
  easy,
  type House,
  lax,
  mute,
  type Session,
  silent,
  strict,
  today,
  tomorrow,
  type World,
  writing,
} from './world.ts';

const signIn: Errand = {
  name: 'sign in',
  level: 1,
  by: 'policy',
  young: false,
  withoutRecovery: false,
  deniesAnna: false,
  wanted: null,
  preferred: null,
  returning: null,
  offers: [],
  confirms: false,
};
const errand = (name: string, change: Partial<Errand>): Errand => ({ ...signIn, name, ...change });

const asked = ([1, 2, 3] as const).flatMap((level) =>
  (['policy', 'request'] as const).flatMap((by) =>
    (level === 3 ? [false] : [false, true]).map((young) =>
      errand(`${by} wants ${level}${young ? ' now' : ''}`, { level, by, young }),
    ),
  ),
);
const change = { level: 'owned', by: 'request', young: true } as const;

/** What people come for. */
const errands: readonly Errand[] = [
  ...asked,
  errand('policy wants 4', { level: 4 }),
  errand('denied', { level: 2, deniesAnna: true }),
  errand('denied on request', { by: 'request', deniesAnna: true }),
  errand('the app was used last', { level: 2, preferred: 'totp' }),
  errand('backup codes were used last', { level: 2, by: 'request', young: true, preferred: 'codes' }),
  errand('come back to a browser of her own', { level: 2, returning: 'passkey' }),
  errand('be offered what is easier', { offers: ['passkey', 'passwordless'] }),
  errand('be offered what is easier, for two factors', { level: 2, offers: ['passkey', 'passwordless'] }),
  errand('ask for more where something is offered', { level: 2, by: 'request', offers: ['passkey', 'passwordless'] }),
  errand('confirm by a code', { confirms: true }),
  errand('be offered what is easier, and confirm', { confirms: true, offers: ['passkey'] }),
  errand('confirm where two factors are asked', { level: 2, confirms: true }),
  errand('add an app', { ...change, wanted: 'totp' }),
  errand('add a passkey', { ...change, wanted: 'passkey' }),
  // Whoever opens this page forgot to ask for more: the flow itself must not.
  errand('add an app, asked carelessly', { wanted: 'totp' }),
  errand('add a passkey, asked carelessly', { level: 2, wanted: 'passkey' }),
  errand('take a method away', { ...change, withoutRecovery: true }),
];

const sessions: readonly Session[] = [
  { of: null, age: 'old', proofs: 'password' },
  { of: 'anna', age: 'old', proofs: 'password' },
  { of: 'anna', age: 'old', proofs: 'everything' },
  { of: 'anna', age: 'young', proofs: 'password' },
  { of: 'anna', age: 'late', proofs: 'everything' },
  { of: 'anna', age: 'young', proofs: 'everything' },
  { of: 'ben', age: 'young', proofs: 'everything' },
];

const accounts: readonly (readonly [House, string])[] = [
  [today, 'password'],
  [today, 'password totp'],
  [today, 'password codes'],
  [today, 'password totp codes'],
  [tomorrow, 'password'],
  [tomorrow, 'password totp'],
  [tomorrow, 'password passkey'],
  [tomorrow, 'password totp passkey'],
  [tomorrow, 'password passkey codes'],
  [tomorrow, 'password totp passkey codes'],
  [tomorrow, 'password totp key codes'],
  [tomorrow, 'passkey'],
  [easy, 'password'],
  [easy, 'password ease'],
  [easy, 'password totp codes'],
  [easy, 'password totp ease codes'],
  [writing, 'password'],
  [writing, 'password mail'],
  [writing, 'password totp'],
  [mute, 'password'],
  [strict, 'password totp'],
  [strict, 'password passkey codes'],
  [silent, 'password totp'],
  [lax, 'password pets'],
  [lax, 'password pets codes'],
  [lax, 'password totp pets codes'],
];

/** In an order that mixes them: the first hundred have a little of everything. */
export function worlds(): readonly World[] {
  const all = accounts.flatMap(([house, list]) =>
    errands
      .filter((errand) => concerns(errand, house, list))
      .flatMap((errand) =>
        sessions.flatMap((session) => inside({ house, errand, session, owns: list.split(' '), lastCode: false })),
      ),
  );
  const stride = 1597;
  return all.map((_, i) => all[(i * stride) % all.length]).filter((world) => world !== undefined);
}

/** What is easier is offered where passkeys are made or owned: elsewhere it is one question more, and the same one. */
const concerns = ({ returning, offers, confirms }: Errand, house: House, owns: string): boolean =>
  confirms === (house === writing || house === mute) &&
  (confirms || (returning === null && offers.length === 0) || house === easy || owns.endsWith('passkey codes'));

/** A session rests on what one owns; the last code matters where codes are used. */
function inside(world: World): readonly World[] {
  const { errand, session, owns } = world;
  if (session.of === 'anna' && session.proofs === 'password' && !owns.includes('password')) return [];
  const spends = owns.includes('codes') && errand.level === 2;
  return spends ? [world, { ...world, lastCode: true }] : [world];
}

export const nameOf = ({ house, errand, session, owns, lastCode }: World): string => {
  const before = session.of === null ? 'nobody' : `${session.of} (${session.age} ${session.proofs})`;
  return `${house.name}: Anna owns ${owns.join('+')}${lastCode ? ' (last code)' : ''}; ${errand.name}; signed in: ${before}`;
};
