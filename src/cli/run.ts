import { Command } from 'commander';
import { demo } from './demo.ts';
import { serve } from './serve.ts';

/** The command line: one file a command. */
export async function run(words: readonly string[]): Promise<void> {
  const program = new Command('sallyport').description('A self-hosted sign-in server.');
  program.command('serve').description('serve people').option('-c, --config <file>', 'a YAML file').action(serve);
  program.command('demo').description('serve on this machine with demo accounts and a demo application').action(demo);
  await program.parseAsync([...words], { from: 'user' });
}
