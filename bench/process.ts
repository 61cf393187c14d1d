import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A program, and where it answers. */
interface Server {
  readonly command: string;
  readonly args: readonly string[];
  readonly port: number;
}

const bareServer = `require('node:http').createServer((_, r) => r.end('ok')).listen(4791, '127.0.0.1')`;
const floorServer: Server = { command: 'node', args: ['-e', bareServer], port: 4791 };
/** As people start it. */
const ourServer = (): Server => ({
  command: 'bin/sallyport.mjs',
  args: ['serve', '--config', config(4790)],
  port: 4790,
});
/** The Node that measures is the one both run on. */
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env['PATH']}` };

/** A process of it, and how long it took until it answered. */
async function started({ command, args, port }: Server): Promise<{ child: ChildProcess; took: number }> {
  const start = performance.now();
  const child = spawn(command, args, { stdio: 'ignore', env });
  for (;;) {
    const ok = await fetch(`http://localhost:${port}/healthz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return { child, took: performance.now() - start };
    if (child.exitCode !== null) throw new Error('the server ended');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const ended = (child: ChildProcess) =>
  new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill();
  });

function config(port: number): string {
  const data = mkdtempSync(join(tmpdir(), 'sallyport-bench-'));
  const file = join(data, 'sallyport.yaml');
  writeFileSync(
    file,
    [
      `publicUrl: http://localhost:${port}`,
      `listen: { port: ${port} }`,
      'trustedProxies: [127.0.0.1]',
      `data: ${data}`,
      'logLevel: silent',
    ].join('\n'),
  );
  return file;
}

/** Resident memory in MB (proc(5), statm: pages of 4 KiB). */
const resident = ({ pid }: ChildProcess): number =>
  (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1e6;

export async function coldStart(): Promise<string> {
  const server = ourServer();
  const times: number[] = [];
  const floors: number[] = [];
  // The first start makes the keys, the schema, and what Node keeps of the code; it is not counted.
  for (let round = 0; round < 6; round++) {
    const ours = await started(server);
    await ended(ours.child);
    const floor = await started(floorServer);
    await ended(floor.child);
    if (round > 0) times.push(ours.took);
    if (round > 0) floors.push(floor.took);
  }
  const median = (list: number[]) => Math.round(list.sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0);
  return `${median(times)} : ${median(floors)}`;
}

export async function memory(): Promise<string> {
  const server = ourServer();
  // Not the first: see above.
  await ended((await started(server)).child);
  const ours = await started(server);
  const floor = await started(floorServer);
  const idle = [resident(ours.child), resident(floor.child)];
  await load(server, '/sign-in');
  await load(floorServer, '/');
  const after = [resident(ours.child), resident(floor.child)];
  await Promise.all([ended(ours.child), ended(floor.child)]);
  const show = (pair: number[]) => pair.map((mb) => mb.toFixed(0)).join(' : ');
  return `${show(idle)}, ${show(after)}`;
}

/** 20,000 sign-ins begun, 50 abreast, by newcomers from 200 networks behind a proxy: too few of each to be told to wait. */
async function load({ port }: Server, path: string): Promise<void> {
  let left = 20_000;
  const lane = async () => {
    while (left-- > 0) {
      const response = await fetch(`http://localhost:${port}${path}`, {
        redirect: 'manual',
        headers: { 'x-forwarded-for': `10.0.${left % 200}.1` },
      });
      if (response.status >= 400) throw new Error(`status ${response.status}`);
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: 50 }, lane));
}
