/** How far it has come: one line that is written over, for whoever looks on. */
export function progress(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${line}\x1b[K`);
}
