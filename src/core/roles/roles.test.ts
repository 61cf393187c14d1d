import { expect, test } from 'vitest';
import { isRole, may, mayDo, type Role, roles } from './roles.ts';

const someone = (id: string, role: Role | null = null) => ({ id, role });
const bob = someone('bob');

test('each role does what stands in its row, and looks where it does more', () => {
  const acts = [
    ...(['look', 'unlock', 'sign-out', 'disable', 'enable', 'reset', 'give-role', 'prepare-browser'] as const),
    ...(['draft-policy', 'change-policy', 'name-people', 'see-applications'] as const),
  ];
  const row = (role: Role) => acts.filter((act) => may({ role }, act));
  expect(Object.fromEntries(roles.map((role) => [role, row(role)]))).toEqual({
    'system-administrator': [...acts],
    administrator: [
      ...['look', 'unlock', 'sign-out', 'disable', 'enable', 'prepare-browser'],
      ...['draft-policy', 'name-people', 'see-applications'],
    ],
    'help-desk': ['look', 'unlock', 'see-applications'],
    auditor: ['look', 'draft-policy', 'see-applications'],
    'application-owner': ['see-applications'],
  });
});

test('whoever has no role does nothing, and what stands in no row is nobody’s', () => {
  expect(may({ role: null }, 'look')).toBe(false);
  for (const role of roles) expect(may({ role }, undefined)).toBe(false);
  for (const name of ['', 'root', 'toString', '__proto__', 'administrators']) expect(isRole(name)).toBe(false);
});

test('nobody does anything to themselves here', () => {
  for (const role of roles) {
    expect(mayDo(someone('ann', role), 'unlock', someone('ann', role))).toBe(false);
    expect(mayDo(someone('ann', role), 'look', someone('ann', role))).toBe(role !== 'application-owner');
  }
});

test('whoever has a role is touched by system administrators alone, and helped by nobody', () => {
  for (const role of roles) {
    for (const other of roles)
      expect(mayDo(someone('ann', role), 'unlock', someone('eve', other))).toBe(role === 'system-administrator');
    expect(mayDo(someone('ann', role), 'prepare-browser', someone('eve', 'auditor'))).toBe(false);
    expect(mayDo(someone('ann', role), 'unlock', bob)).toBe(may({ role }, 'unlock'));
  }
});

test('support functions are a system administrator’s, and an administrator’s where the house shares them', () => {
  const who = (shares: boolean) => roles.filter((role) => may({ role, shares }, 'register-pin'));
  expect([who(false), who(true)]).toEqual([['system-administrator'], ['system-administrator', 'administrator']]);
  for (const act of ['reset', 'give-role'] as const)
    expect(may({ role: 'administrator', shares: true }, act)).toBe(false);
  expect(mayDo({ ...someone('ann', 'administrator'), shares: true }, 'register-pin', bob)).toBe(true);
  for (const other of roles)
    expect(
      mayDo({ ...someone('ann', 'system-administrator'), shares: true }, 'register-pin', someone('eve', other)),
    ).toBe(false);
});
