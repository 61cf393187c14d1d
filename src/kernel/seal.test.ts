import { createSecretKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { systemChance } from './chance.ts';
import { type KeyRing, keyOf, mark, open, SealError, seal } from './seal.ts';

const ringOf = (active: string, ...ids: readonly string[]): KeyRing => ({
  active,
  keys: new Map(ids.map((id) => [id, createSecretKey(systemChance.bytes(32))])),
  lookup: systemChance.bytes(32),
});
const ring = ringOf('k1', 'k1', 'k2');
const place = { table: 'totp', column: 'secret', row: 'one' };

const flip = (part: string) =>
  Buffer.from(Buffer.from(part, 'base64url').map((byte) => byte ^ 1)).toString('base64url');

describe('a sealed value', () => {
  test('opens where it was put', () => {
    expect(open(ring, place, seal(ring, systemChance, place, 'a secret'))).toBe('a secret');
  });

  test.each([
    ['another row', { ...place, row: 'two' }],
    ['another column', { ...place, column: 'note' }],
    ['another table', { ...place, table: 'attempt' }],
  ])('stays shut in %s', (_, elsewhere) => {
    const sealed = seal(ring, systemChance, place, 'a secret');
    expect(() => open(ring, elsewhere, sealed)).toThrow(SealError);
  });

  test('stays shut when any part of it was changed', () => {
    const parts = seal(ring, systemChance, place, 'a secret').split('.');
    for (const at of [1, 2, 3]) {
      const flipped = parts.map((part, index) => (index === at ? flip(part) : part));
      expect(() => open(ring, place, flipped.join('.'))).toThrow(SealError);
    }
  });

  test('says which key it needs when the ring lacks it', () => {
    const sealed = seal(ring, systemChance, place, 'a secret');
    expect(() => open(ringOf('k2', 'k2'), place, sealed)).toThrow(/names the key k1/);
  });

  test('is sealed with the active key and opens when another has become active', () => {
    const sealed = seal(ring, systemChance, place, 'a secret');
    expect(keyOf(sealed)).toBe('k1');
    expect(open({ ...ring, active: 'k2' }, place, sealed)).toBe('a secret');
  });

  test('never looks the same twice', () => {
    expect(seal(ring, systemChance, place, 'a secret')).not.toBe(seal(ring, systemChance, place, 'a secret'));
  });
});

describe('a mark', () => {
  test('is found again by the same words, for the same purpose, under the same key', () => {
    expect(mark(ring, 'seed', 'a', 'b')).toBe(mark(ring, 'seed', 'a', 'b'));
    expect(mark(ring, 'csrf', 'a', 'b')).not.toBe(mark(ring, 'seed', 'a', 'b'));
    expect(mark(ringOf('k1', 'k1'), 'seed', 'a', 'b')).not.toBe(mark(ring, 'seed', 'a', 'b'));
  });

  test('tells words from where they are cut', () => {
    expect(mark(ring, 'seed', 'ab', 'c')).not.toBe(mark(ring, 'seed', 'a', 'bc'));
  });
});
