import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findProgram } from './programs.ts';

export interface Told {
  /** As it calls it: `Access-Accept`; null: it heard nothing. */
  readonly code: string | null;
  /** By name, as it writes them. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly output: string;
}

/** Debian's radclient (FreeRADIUS), which nobody here wrote: one request, and what it makes of the answer. */
export async function radclient(
  port: number,
  shared: string,
  attributes: Readonly<Record<string, string>>,
  kind: 'auth' | 'status' = 'auth',
): Promise<Told> {
  const program = findProgram('radclient');
  if (program === undefined) throw new Error('No radclient: on Debian, `apt-get install freeradius-utils`.');
  const child = spawn(program, ['-x', '-r', '1', '-t', '3', `127.0.0.1:${port}`, kind, shared]);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => {
      output += data;
    });
  child.stdin.end(
    Object.entries(attributes)
      .map(([name, value]) => `${name} = ${value}`)
      .join('\n'),
  );
  await once(child, 'close');
  const [, code = null, body = ''] = /^Received (\S+) [^\n]*\n((?:\t[^\n]*\n)*)/m.exec(output) ?? [];
  const lines = body.matchAll(/^\t(\S+) = "?(.*?)"?$/gm);
  return { code, output, attributes: Object.fromEntries([...lines].map(([, name, value]) => [name, value])) };
}
