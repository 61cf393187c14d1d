import { pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { verify as verifyArgon2 } from '@node-rs/argon2';
import { verify as verifyBcrypt } from '@node-rs/bcrypt';

/**
 * Hashes that other systems made of passwords (`docs/adr/0035`). Each is bounded: what is compared at a stranger's wish must not
 * cost whatever a file says.
 */
interface Format {
  readonly looks: RegExp;
  /** @returns how to compare; null when it costs too much, or is too weak to be believed */
  read(found: RegExpExecArray): ((text: string) => Promise<boolean>) | null;
}

const within = (value: string | undefined, least: number, most: number): boolean =>
  Number(value) >= least && Number(value) <= most;

/** Base64 of any of its alphabets: `.` stands for `+` where passlib wrote it. */
const bytesOf = (text = ''): Buffer => Buffer.from(text.replaceAll('.', '+'), 'base64');
const same = (a: Buffer, b: Buffer): boolean => a.length === b.length && a.length >= 16 && timingSafeEqual(a, b);

const pbkdf2Of = promisify(pbkdf2);
const scryptOf = promisify<string, Buffer, number, object, Buffer>(scrypt);

const byPbkdf2 = (digest = '', rounds = '', salt: Buffer, key = ''): ReturnType<Format['read']> => {
  if (!within(rounds, 1000, 2_000_000) || bytesOf(key).length < 16) return null;
  const expected = bytesOf(key);
  return async (text) => same(await pbkdf2Of(text, salt, Number(rounds), expected.length, digest), expected);
};

const b64 = '([A-Za-z0-9+/.]+={0,2})';

// biome-ignore format: a table reads in columns
const formats: readonly Format[] = [
  { looks: /^\$argon2(?:id|i|d)\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$[^$]+\$[^$]+$/,
    read: ({ 0: phc, 1: m, 2: t, 3: p }) =>
      within(m, 8, 262_144) && within(t, 1, 10) && within(p, 1, 16) ? (text) => verifyArgon2(phc, text) : null },
  { looks: /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/,
    read: ({ 0: mcf, 1: cost }) => (within(cost, 4, 14) ? (text) => verifyBcrypt(text, mcf) : null) },
  // As PHC and passlib write it.
  { looks: new RegExp(`^\\$scrypt\\$ln=(\\d+),r=(\\d+),p=(\\d+)\\$${b64}\\$${b64}$`),
    read: ({ 1: ln, 2: r, 3: p, 4: salt, 5: key }) => byScrypt({ ln, r, p }, bytesOf(salt), bytesOf(key)) },
  { looks: new RegExp(`^\\$pbkdf2-(sha1|sha256|sha512)\\$(?:i=)?(\\d+)(?:,l=\\d+)?\\$${b64}\\$${b64}$`),
    read: ({ 1: digest, 2: rounds, 3: salt, 4: key }) => byPbkdf2(digest, rounds, bytesOf(salt), key) },
  // As Django writes it: the salt is text.
  { looks: new RegExp(`^pbkdf2_(sha1|sha256|sha512)\\$(\\d+)\\$([^$]+)\\$${b64}$`),
    read: ({ 1: digest, 2: rounds, 3: salt = '', 4: key }) => byPbkdf2(digest, rounds, Buffer.from(salt), key) },
];

function byScrypt(
  { ln, r, p }: Readonly<Record<'ln' | 'r' | 'p', string | undefined>>,
  salt: Buffer,
  expected: Buffer,
): ReturnType<Format['read']> {
  const memory = 128 * 2 ** Number(ln) * Number(r);
  if (!within(ln, 10, 20) || !within(r, 1, 32) || !within(p, 1, 16) || memory > 2 ** 27 || expected.length < 16)
    return null;
  const cost = { N: 2 ** Number(ln), r: Number(r), p: Number(p), maxmem: 2 * memory };
  return async (text) => same(await scryptOf(text, salt, expected.length, cost), expected);
}

/** How a password is compared with it; null when it is of no kind that is known here, or costs too much. */
export function readHash(written: string): ((text: string) => Promise<boolean>) | null {
  for (const { looks, read } of formats) {
    const found = looks.exec(written);
    if (found !== null) return read(found);
  }
  return null;
}
