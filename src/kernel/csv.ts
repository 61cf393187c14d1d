/** As whoever wrote the first line does it. */
export const separatorIn = (line: string): string => (line.includes(';') ? ';' : ',');

/** One cell and what ends it: quoted, with quotation marks doubled, or plain. */
const cell = (separator: string): RegExp =>
  new RegExp(`\\s*(?:"((?:[^"]|"")*)"\\s*|([^"${separator}]*))(${separator}|$)`, 'y');

/** RFC 4180, without line breaks inside a cell; null when a quotation mark stands where none can. */
export function cellsOf(line: string, separator: string): readonly string[] | null {
  const cells: string[] = [];
  const next = cell(separator);
  for (let ended: string | undefined; ended !== ''; ) {
    const found = next.exec(line);
    if (found === null) return null;
    const [, quoted, plain = '', end] = found;
    cells.push(quoted === undefined ? plain.trim() : quoted.replaceAll('""', '"'));
    ended = end;
  }
  return cells;
}
