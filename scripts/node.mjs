/** Which Node runs Sallyport, whatever Node was at hand to start it. Runs on old Nodes, with nothing installed. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';

const oldest = [24, 15];

/** Whether the Node that reads this line will do. */
export const isNewEnough = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
};

/** The Node that came with the packages, else the running one; where neither will do, says what to install and ends. */
export function findNode() {
  try {
    const home = createRequire(import.meta.url).resolve(`node-${process.platform}-${process.arch}/package.json`);
    return join(dirname(home), 'bin', 'node');
  } catch {
    if (isNewEnough()) return process.execPath;
    const platform = `${process.platform}-${process.arch}`;
    console.error(`Sallyport needs Node ${oldest.join('.')} or newer, and brings none along for ${platform}.`);
    console.error(
      `This is Node ${process.versions.node}. Install Node 24 LTS from https://nodejs.org and start again.`,
    );
    process.exit(1);
  }
}

/** For what lives shortly, V8 would take 134 MB under load; in 17 the same is done, for some 3 % more of the processor's time. */
export const sparing = ['--max-semi-space-size=8'];

/** Runs a program in our place: it has our terminal and gets our signals. Its exit code comes back. */
export function run(program, args, env = process.env) {
  const child = spawn(program, args, { stdio: 'inherit', env });
  // A terminal sends Ctrl-C to both of us already; sent twice it would read as impatience.
  const pass = (signal) => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, pass);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}
