import { describe, expect, test } from 'vitest';
import { levelOf } from '../../flow/assurance.ts';
import {
  answerable,
  authorization,
  bestOf,
  duoName,
  encoded,
  evidenceOf,
  factors,
  numberIn,
  passcodeKind,
  roomFor,
  shownBy,
  usualFactors,
  within,
} from './rules.ts';

const usual = { allowedFactors: usualFactors, declaredMfa: false };
const everything = { allowedFactors: factors, declaredMfa: true };

describe('what a yes of Duo’s is worth', () => {
  test.each([
    ['duo_push', ['mca']],
    ['verified_duo_push', ['mca']],
    ['duo_mobile_passcode', ['otp']],
    ['hardware_token', ['otp']],
    ['phone_call', ['tel']],
    ['webauthn_security_key', ['hwk', 'pop']],
  ])('%s: a thing they have, %j', (factor, amr) => {
    expect(evidenceOf(factor, usual)).toMatchObject({ kinds: ['possession'], amr, phishingResistant: false });
  });

  test('a passcode by text message came over somebody else’s network', () => {
    expect(evidenceOf('sms_passcode', usual)).toMatchObject({ amr: ['sms'], relayed: true });
  });

  test.each(['bypass_user', 'bypass_code', 'remembered_device', 'trusted_network', 'allow_unenrolled_user'])(
    'T39: %s is not taken, and where it is, it proves nothing',
    (factor) => {
      expect(evidenceOf(factor, usual)).toBeNull();
      expect(evidenceOf(factor, everything)).toMatchObject({ kinds: [], amr: [], standsIn: true });
    },
  );

  test.each(['', 'a_factor_of_tomorrow', 'toString', '__proto__'])('nobody has heard of "%s"', (factor) => {
    expect(evidenceOf(factor, everything)).toBeNull();
  });

  test('alone it is one proof, and two only where the installation says what its tenant forces', () => {
    const level = (factor: string, declaredMfa: boolean) =>
      levelOf([evidenceOf(factor, { ...usual, declaredMfa })].filter((evidence) => evidence !== null));
    expect([level('duo_push', false), level('duo_push', true)]).toEqual([1, 2]);
    expect(level('duo_mobile_passcode', true)).toBe(1);
    expect(bestOf(usual).amr).toEqual(['mca']);
    expect(bestOf({ ...usual, allowedFactors: ['sms_passcode', 'bypass_user'] }).amr).toEqual(['sms']);
  });

  test('a reason that says nothing was shown counts, whatever the factor', () => {
    expect(shownBy('duo_push', 'user_approved')).toBe('duo_push');
    expect(shownBy('not_available', 'bypass_user')).toBe('bypass_user');
    expect(shownBy('duo_push', 'remembered_device')).toBe('remembered_device');
  });
});

test.each([
  ['123456', 'passcode'],
  ['12345678', 'passcode'],
  ['1234567', 'sms_passcode'],
  ['123456789', 'bypass_code'],
  ['ccccccfbrgbjnkrjevddrhteikvegkuihlndetbvvbjt', 'yubikey_passcode'],
  ['12345', null],
  ['１２３４５６', null],
  ['', null],
])('"%s" is read as %s', (code, kind) => {
  expect(passcodeKind(code)).toBe(kind);
});

test('the number to match stands in what Duo says', () => {
  expect(numberIn('Please enter verification code 708 into Duo Mobile...')).toBe('708');
  expect(numberIn('Pushed a login request to your phone...')).toBeNull();
});

test.each([' Ann', 'ANN', 'ａｎｎ', 'ann'])('"%s" is the same person to Duo', (username) => {
  expect(duoName(username)).toBe('ann');
});

describe('pushes', () => {
  const sent = (slot: number, sentAt: number, outstanding = false) => ({ slot, sentAt, outstanding });
  test('one at a time, as long as it may be answered', () => {
    expect(roomFor([], 0)).toEqual({ slot: 0 });
    expect(roomFor([sent(0, 0, true)], answerable - 1)).toEqual({ wait: 1 });
    expect(roomFor([sent(0, 0, true)], answerable)).toEqual({ slot: 1 });
    expect(roomFor([sent(0, 0)], 1)).toEqual({ slot: 1 });
  });
  test('three in any hour without a yes', () => {
    const three = [sent(0, 10), sent(1, 20), sent(2, 30)];
    expect(roomFor(three, 40)).toEqual({ wait: within - 30 });
    expect(roomFor(three, within + 10)).toEqual({ slot: 0 });
    expect(roomFor(three, within + 20)).toEqual({ slot: 0 });
  });
});

test('a call is signed over its date, method, host, path and sorted parameters', () => {
  const params = { username: 'root', realname: 'First Last', a1: '*', a: "!'()" };
  expect(encoded(params)).toBe('a=%21%27%28%29&a1=%2A&realname=First%20Last&username=root');
  const call = {
    method: 'POST',
    host: 'API.example',
    path: '/x',
    params,
    date: 'Tue, 21 Aug 2012 17:29:18 -0000',
  } as const;
  const signed = authorization(call, { id: 'ID', secret: 'secret' });
  expect(Buffer.from(signed.slice('Basic '.length), 'base64').toString()).toMatch(/^ID:[0-9a-f]{128}$/);
  expect(authorization({ ...call, host: 'api.example' }, { id: 'ID', secret: 'secret' })).toBe(signed);
  for (const change of [{ date: '' }, { method: 'GET' }, { host: 'other' }, { path: '/y' }, { params: {} }] as const)
    expect(authorization({ ...call, ...change }, { id: 'ID', secret: 'secret' })).not.toBe(signed);
});
