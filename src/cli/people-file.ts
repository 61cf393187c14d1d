import { z } from 'zod';
import { isMailAddress, isUsername, namesOf } from '../core/accounts/names.ts';
import { cellsOf, separatorIn } from '../kernel/csv.ts';
import { readHash } from '../kernel/foreign-hash.ts';

/** Somebody in a file, and where they stand in it. */
export interface Listed {
  readonly at: string;
  readonly username: string;
  readonly email: string | null;
  readonly name: string;
  readonly groups: readonly string[];
  readonly disabled: boolean;
  readonly hash: string | null;
}

export interface Read {
  readonly people: readonly Listed[];
  /** One sentence for each row that will not do. */
  readonly mistakes: readonly string[];
}

const optional = z.string().transform((text) => (text === '' ? undefined : text));

const person = z.strictObject({
  username: z.string().refine(isUsername, { error: 'has 1 to 64 characters and no spaces' }),
  email: optional.pipe(z.string().refine(isMailAddress, { error: 'is no mail address' }).optional()).optional(),
  name: optional.pipe(z.string().max(200).optional()).optional(),
  groups: z.array(z.string().min(1)).optional(),
  disabled: z.boolean().optional(),
  hash: optional
    .pipe(
      z
        .string()
        .refine((hash) => readHash(hash) !== null, { error: 'is no hash of a kind that is taken: docs/importing.md' })
        .optional(),
    )
    .optional(),
});
const columns = Object.keys(person.shape);

/** A row, as far as it was read: its values, or what is wrong with it. */
type Row = readonly [at: string, values: unknown];

/** A file that ends in `.json` is a list of objects; any other is CSV whose first line names the columns. */
export function readPeople(file: string, text: string): Read {
  const rows = file.endsWith('.json') ? rowsOfJson(text) : rowsOfCsv(text);
  if (typeof rows === 'string') return { people: [], mistakes: [rows] };
  const people: Listed[] = [];
  const mistakes: string[] = [];
  const taken = new Map<string, string>();
  for (const [at, values] of rows) {
    const read = person.safeParse(values, { error: () => 'is not as it should be' });
    if (!read.success) {
      mistakes.push(
        `${at}: ${read.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`.trim()).join('; ')}`,
      );
      continue;
    }
    const one = listed(at, read.data);
    const twice = namesOf(one).find((name) => taken.has(name));
    if (twice !== undefined) mistakes.push(`${at}: ${twice} stands in ${taken.get(twice)} too`);
    for (const name of namesOf(one)) taken.set(name, at);
    people.push(one);
  }
  return { people, mistakes };
}

const listed = (at: string, { username, email, name, groups, disabled, hash }: z.output<typeof person>): Listed => ({
  at,
  username,
  email: email ?? null,
  name: name ?? username,
  groups: [...new Set(groups)],
  disabled: disabled ?? false,
  hash: hash ?? null,
});

function rowsOfJson(text: string): readonly Row[] | string {
  try {
    const rows: unknown = JSON.parse(text);
    return Array.isArray(rows) ? rows.map((values, at) => [`row ${at + 1}`, values]) : 'it is no list of people';
  } catch {
    return 'it is no JSON';
  }
}

function rowsOfCsv(text: string): readonly Row[] | string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const separator = separatorIn(lines[0] ?? '');
  const named = cellsOf(lines[0] ?? '', separator)?.map((cell) => cell.toLowerCase()) ?? [];
  const unknown = named.find((name) => !columns.includes(name));
  if (unknown !== undefined || !named.includes('username'))
    return `line 1: it names the columns, username among ${columns.join(', ')}${unknown === undefined ? '' : `; ${unknown} is none of them`}`;
  return lines.flatMap((line, at): readonly Row[] => {
    if (at === 0 || line.trim() === '') return [];
    const cells = cellsOf(line, separator);
    const where = `line ${at + 1}`;
    // As a list of cells it is no person, and is told so.
    if (cells === null || cells.length !== named.length) return [[where, cells]];
    return [[where, Object.fromEntries(named.map((name, place) => [name, asMeant(name, cells[place] ?? '')]))]];
  });
}

/** A cell is text: several groups stand in one, with `|` between them, and yes is `true` or `1`. */
function asMeant(column: string, cell: string): unknown {
  if (column === 'groups') return cell.split('|').filter((group) => group !== '');
  if (column !== 'disabled') return cell;
  return ['true', '1'].includes(cell.toLowerCase()) || (['', 'false', '0'].includes(cell.toLowerCase()) ? false : cell);
}
