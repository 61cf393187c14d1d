import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { hash as bcrypt } from '@node-rs/bcrypt';
import { expect, test } from 'vitest';
import { readHash } from './foreign-hash.ts';

/** Published by others: crypt_blowfish's own tests; RFC 7914, 11 and 12, as PHC writes them. */
const published: readonly (readonly [written: string, password: string])[] = [
  ['$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW', 'U*U'],
  [
    '$pbkdf2-sha256$i=80000,l=64$TmFDbA$TdzY9guYviGDDO5e8icB+WQaRBjQTAQUrv8Ih2s0q1ah1CWhIlgzVJrbhBtRybMXaicr3ruh0HhHj2Kzl/M8jQ',
    'Password',
  ],
  [
    `$scrypt$ln=14,r=8,p=1$${Buffer.from('SodiumChloride').toString('base64')}$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw`,
    'pleaseletmein',
  ],
];

const salt = Buffer.from('a salt of sixteen');
const b64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
const made: readonly (readonly [written: string, password: string])[] = [
  [`pbkdf2_sha256$1000$salty$${pbkdf2Sync('pass word', 'salty', 1000, 32, 'sha256').toString('base64')}`, 'pass word'],
  [`$pbkdf2-sha512$i=1000,l=64$${b64(salt)}$${b64(pbkdf2Sync('pass word', salt, 1000, 64, 'sha512'))}`, 'pass word'],
  [
    `$scrypt$ln=12,r=8,p=1$${b64(salt)}$${b64(scryptSync('pass word', salt, 32, { N: 4096, r: 8, p: 1 }))}`,
    'pass word',
  ],
];

test.each([...published, ...made])('%s is matched by its password, and by no other', async (written, password) => {
  const matches = readHash(written);
  expect(await matches?.(password)).toBe(true);
  expect(await matches?.(`${password} `)).toBe(false);
  expect(await matches?.('')).toBe(false);
});

test('a bcrypt hash that was made here is one', async () => {
  expect(await readHash(await bcrypt('pass word', 4))?.('pass word')).toBe(true);
});

test.each([
  ['$2b$15$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['$pbkdf2-sha256$99000000$0ZrzXitFSGltTQnBWOsdeA$Y11AchqV4b0sUisdZd0Xr97KWoymNE0LNNrnEgY4H9M'],
  ['$pbkdf2-sha256$6400$0ZrzXitFSGltTQnBWOsdeA$Y11A'],
  ['$scrypt$ln=24,r=8,p=1$c2FsdA$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI'],
  ['$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA'],
  ['5f4dcc3b5aa765d61d8327deb882cf99'],
  ['plaintext'],
  [''],
])('%s is none that is taken: it costs too much, or is too little', (written) => {
  expect(readHash(written)).toBeNull();
});
