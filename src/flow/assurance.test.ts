import { describe, expect, test } from 'vitest';
import { hours, type Instant, minutes, shift } from '../kernel/clock.ts';
import { acrOf, amrOf, type Evidence, levelOf, levelOfAcr, type Proof, provenAt, youngEnough } from './assurance.ts';

const now = 1_000_000_000_000 as Instant;
const old = shift(now, -hours(20));
const nothing = { phishingResistant: false, hardware: false, recovery: false };
const password: Evidence = { ...nothing, kinds: ['knowledge'], amr: ['pwd'] };
const app: Evidence = { ...nothing, kinds: ['possession'], amr: ['otp'] };
const savedCode: Evidence = { ...nothing, kinds: ['possession'], recovery: true, amr: ['otp'] };
const touch: Evidence = { ...nothing, kinds: ['possession'], phishingResistant: true, amr: ['hwk'] };
const passkey: Evidence = { ...touch, kinds: ['possession', 'inherence'], amr: ['swk', 'user'] };
const key: Evidence = { ...touch, hardware: true };

const given = (evidence: Evidence, at: Instant): Proof => ({
  ...evidence,
  method: evidence.amr.join(),
  credential: 'one',
  at,
});
const namesOf = (proofs: readonly Proof[]) => proofs.map(({ method }) => method);

describe('what answers are worth', () => {
  // biome-ignore format: a row each
  test.each([
    ['nothing',                                  [],                0],
    ['an answer that proves nothing',            [{ ...app, kinds: [] }], 0],
    ['a password',                               [password],        1],
    ['a password, twice',                        [password, password], 1],
    ['two things one has',                       [app, savedCode],  1],
    ['a password and a code from the app',       [password, app],   2],
    ['a password and a saved code',              [password, savedCode], 2],
    ['a passkey touched without PIN or finger',  [touch],           1],
    ['a passkey with them',                      [passkey],         3],
    ['a password and a touch',                   [password, touch], 3],
    ['a password and a hardware key',            [password, key],   4],
  ] as const)('%s', (_, proofs, level) => expect(levelOf(proofs)).toBe(level));
});

describe('what is young enough', () => {
  const since = shift(now, -minutes(5));

  test('whoever asks for no age gets everything', () => {
    expect(youngEnough([given(password, old), given(app, old)], null)).toHaveLength(2);
  });
  test('nothing counts where nothing is young', () => {
    expect(youngEnough([given(password, old), given(app, old)], since)).toEqual([]);
  });
  test('a young password does not refresh an old code', () => {
    expect(namesOf(youngEnough([given(password, now), given(app, old)], since))).toEqual(['pwd']);
  });
  test('a young code does not refresh an old passkey', () => {
    expect(namesOf(youngEnough([given(passkey, old), given(app, now)], since))).toEqual(['otp']);
  });
  test('an old password stands beside a young code', () => {
    expect(levelOf(youngEnough([given(password, old), given(app, now)], since))).toBe(2);
  });
  test('a proof is young at the very moment', () => {
    expect(youngEnough([given(app, since)], since)).toHaveLength(1);
  });
});

describe('when it was proven', () => {
  test('a password alone: when it was last typed', () => {
    expect(provenAt([given(password, old), given(password, now)])).toBe(now);
  });
  test('two factors: when the second was, however old the password', () => {
    expect(provenAt([given(password, old), given(app, now)])).toBe(now);
  });
  test("a password typed today does not make yesterday's code younger", () => {
    expect(provenAt([given(password, now), given(app, old)])).toBe(old);
  });
  test("a code typed today does not make yesterday's passkey younger", () => {
    expect(provenAt([given(passkey, old), given(password, old), given(app, now)])).toBe(old);
  });
});

describe('what relying parties are told', () => {
  test('each level has its name, and each name its level', () => {
    for (const level of [1, 2, 3, 4] as const) expect(levelOfAcr(acrOf[level])).toBe(level);
    expect(levelOfAcr('urn:somebody:else')).toBeNull();
  });
  test('every method used, and "mfa" only for factors of two kinds', () => {
    expect(amrOf([password, app])).toEqual(['mfa', 'otp', 'pwd']);
    expect(amrOf([app, savedCode])).toEqual(['otp']);
    expect(amrOf([passkey])).toEqual(['mfa', 'swk', 'user']);
  });
});
