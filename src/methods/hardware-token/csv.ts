import { cellsOf, separatorIn } from '../../kernel/csv.ts';
import { seedIn } from '../../otp/seeds.ts';
import { believe, type Row, type Told } from './seed.ts';

/** Names of columns, as makers and other servers call them. A column that is not here is not looked at. */
const columns: Readonly<Record<Exclude<keyof Told, 'seed'> | 'secret', readonly string[]>> = {
  serial: ['serial', 'serial number', 'serialnumber'],
  secret: ['secret', 'secret key', 'secretkey', 'seed'],
  kind: ['type', 'kind'],
  digits: ['digits', 'otplen'],
  period: ['period', 'time interval', 'timeinterval', 'timestep'],
  algorithm: ['algorithm', 'hash'],
  counter: ['counter'],
  drift: ['drift'],
};
type Column = keyof typeof columns;

/** The order of a file whose first line names nothing. */
const usual: readonly string[] = ['serial', 'secret', 'type', 'digits', 'period'];

/** @returns its rows, or why it is no such file */
export function readCsv(text: string): readonly Row[] | string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const separator = separatorIn(lines[0] ?? '');
  const first = cellsOf(lines[0] ?? '', separator) ?? [];
  const named = first.map((cell) => cell.toLowerCase());
  const hasNames = columns.secret.some((name) => named.includes(name));
  const places = placesIn(hasNames ? named : usual);
  if (places.serial < 0 || places.secret < 0) return 'the first line names no columns "serial" and "secret"';
  return lines.flatMap((line, at) => {
    if (line.trim() === '' || (hasNames && at === 0)) return [];
    const cells = cellsOf(line, separator);
    if (cells === null) return [{ line: at + 1, serial: '', why: 'a quotation mark is not closed' }];
    const said = (column: Column) => cells[places[column]] ?? '';
    return [
      believe(at + 1, {
        serial: said('serial'),
        seed: seedIn(said('secret')),
        kind: said('kind'),
        digits: said('digits'),
        period: said('period'),
        algorithm: said('algorithm'),
        counter: said('counter'),
        drift: said('drift'),
      }),
    ];
  });
}

function placesIn(names: readonly string[]): Readonly<Record<Column, number>> {
  const place = (column: Column) => names.findIndex((name) => columns[column].includes(name));
  return {
    serial: place('serial'),
    secret: place('secret'),
    kind: place('kind'),
    digits: place('digits'),
    period: place('period'),
    algorithm: place('algorithm'),
    counter: place('counter'),
    drift: place('drift'),
  };
}
