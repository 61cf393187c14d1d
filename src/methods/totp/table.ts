import { cellsOf, separatorIn } from '../../kernel/csv.ts';
import { type Pattern, usual } from '../../otp/codes.ts';
import { shared } from '../../otp/realms.ts';
import { type Key, keyIn } from './rules.ts';

/** A line of a table of PINs: whose, with which key, and where it is taken; or why it is none. */
export type Row =
  | { readonly line: number; readonly user: string; readonly key: Key; readonly realm: string }
  | { readonly line: number; readonly user: string; readonly why: string };

const columns = ['user', 'key', 'realm', 'digits', 'period', 'algorithm'] as const;
type Cells = Readonly<Record<(typeof columns)[number], string>>;

/** CSV whose first line names `user` and `key`, and what else there is of `realm`, `digits`, `period`, `algorithm`. */
export function readPins(text: string): readonly Row[] | string {
  const [first = '', ...lines] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const separator = separatorIn(first);
  const names = (cellsOf(first, separator) ?? []).map((name) => name.toLowerCase());
  if (!names.includes('user') || !names.includes('key')) return 'the first line names no columns "user" and "key"';
  return lines.flatMap((line, at): readonly Row[] => {
    if (line.trim() === '') return [];
    const cells = cellsOf(line, separator);
    if (cells === null) return [{ line: at + 2, user: '', why: 'a quotation mark is not closed' }];
    const said = columns.map((column) => [column, cells[names.indexOf(column)] ?? '']);
    return [rowOf(at + 2, Object.fromEntries(said) as Cells)];
  });
}

function rowOf(line: number, { user, key, realm, ...how }: Cells): Row {
  const pattern = patternIn(how);
  if (user === '') return { line, user, why: 'nobody is named' };
  if (typeof pattern === 'string') return { line, user, why: pattern };
  const read = keyIn(key, pattern);
  if (read === null) return { line, user, why: 'the key is no Base32 or hexadecimal of 16 bytes or more' };
  return { line, user, key: read, realm: realm === '' ? shared : realm };
}

/** What is left out is as authenticator apps have it. */
function patternIn({ digits, period, algorithm }: Pick<Cells, 'digits' | 'period' | 'algorithm'>): Pattern | string {
  const hash = algorithm.toUpperCase().replace(/^(HMAC)?-?SHA-?/, 'SHA') || usual.algorithm;
  const seconds = Number(period || usual.period);
  const length = Number(digits || usual.digits);
  if (hash !== 'SHA1' && hash !== 'SHA256' && hash !== 'SHA512')
    return `the algorithm is ${algorithm}; known are SHA1, SHA256 and SHA512`;
  if (seconds !== 30 && seconds !== 60) return `a PIN lasts ${period} s; known are 30 and 60`;
  if (length !== 6 && length !== 8) return `it shows ${digits} digits; known are 6 and 8`;
  return { algorithm: hash, digits: length, period: seconds };
}
