import { Command } from 'commander';
import { SealError } from '../kernel/seal.ts';
import { NotTaken } from '../proving/set-up-for.ts';
import { DirectoryDown } from '../store/directory.ts';
import { MigrationError } from '../store/migrate.ts';
import { addToken, listTokens, revokeToken } from './api-token.ts';
import { applyArrangement, exportArrangement } from './arrangement.ts';
import { showCheckpoint, verifyAudit } from './audit.ts';
import { checkConfig } from './check-config.ts';
import { demo } from './demo.ts';
import { listDirectory } from './directory-list.ts';
import { addHostCommands } from './host-commands.ts';
import { rotateKeys } from './keys-rotate.ts';
import { rotateKeysForSaml } from './keys-rotate-saml.ts';
import { migrate } from './migrate.ts';
import { checkPolicy, exportPolicy, policyHistory, showPolicy, usePolicy } from './policy.ts';
import { rescue } from './rescue.ts';
import { restored } from './restored.ts';
import { makeSecret } from './secret.ts';
import { serve } from './serve.ts';
import { configOption, Refusal } from './settings.ts';
import { addUser } from './user-add.ts';
import { disableUser, enableUser, eraseUser, resetUser, roleOfUser, signOutUser, unlockUser } from './user-change.ts';
import { exportUser } from './user-export.ts';
import { handOverUser, takeBackUser } from './user-hand-over.ts';
import { importUsers } from './user-import.ts';
import { listUsers } from './user-list.ts';

/** The command line: one file a command. */
export async function run(words: readonly string[]): Promise<void> {
  // What is written here is nobody else's to read: the database, the keys.
  process.umask(0o077);
  const program = new Command('sallyport').description('A self-hosted sign-in server.');
  const command = (of: Command, name: string, about: string) =>
    of
      .command(name)
      .description(about)
      .option(...configOption);

  command(program, 'serve', 'serve people').action(serve);
  command(program, 'migrate', 'bring the database up to date').action(migrate);
  command(program, 'check-config', 'say what is wrong with the configuration, or what would be used').action(
    checkConfig,
  );
  command(program, 'restored', 'end what lives again in a database that came back from a backup').action(restored);
  command(program, 'rescue <name>', 'make a link that sets one way to sign in, once, within 15 minutes')
    .option('-m, --method <method>', 'the way to set', 'password')
    .action(rescue);
  program.command('secret').description('make a secret for an application, and its hash').action(makeSecret);
  program.command('demo').description('serve on this machine with demo accounts and a demo application').action(demo);

  const user = program.command('user').description('people and their accounts');
  command(user, 'add <name>', 'add somebody, with a link to choose a password')
    .option('--email <address>', 'where mail reaches them')
    .option('--name <name>', 'what the pages call them')
    .option('--group <group...>', 'groups they are in')
    .option('--role <role>', 'what they may do for others: docs/people.md')
    .option('--admin', 'they may do everything here: the role system-administrator')
    .option('--password-stdin', 'read their password from standard input instead')
    .action(addUser);
  command(user, 'import <file>', 'add people of another system, all or nobody: docs/importing.md')
    .option('--dry-run', 'say what is wrong, and add nobody')
    .action(importUsers);
  command(user, 'list', 'name, address, groups, ways to sign in, state, role').action(listUsers);
  command(user, 'reset <name>', 'take ways to sign in from somebody, and sign them out')
    .requiredOption('-m, --method <method>', 'which, or all but the password')
    .action(resetUser);
  command(user, 'disable <name>', 'keep somebody out, at once').action(disableUser);
  command(user, 'enable <name>', 'let somebody in again').action(enableUser);
  command(user, 'unlock <name>', 'forget their wrong answers').action(unlockUser);
  command(user, 'sign-out <name>', 'sign somebody out everywhere').action(signOutUser);
  command(user, 'hand-over <name>', 'let a program keep somebody by SCIM: docs/scim.md').action(handOverUser);
  command(user, 'take-back <name>', 'let no program keep somebody any more').action(takeBackUser);
  command(user, 'export <name>', 'all that is kept of somebody, as JSON').action(exportUser);
  command(user, 'erase <name>', 'remove somebody and all that is theirs, for good').action(eraseUser);
  command(user, 'role <name> <role>', 'give somebody a role, or take it: none').action(roleOfUser);

  const directory = program.command('directory').description('people who are kept elsewhere: docs/directory.md');
  command(directory, 'list', 'who would be let in, and who is somebody else here').action(listDirectory);

  const policy = program.command('policy').description('what is asked of whom: docs/policy.md');
  const number = ['-n, --number <version>', 'of an earlier version'] as const;
  command(policy, 'show', 'the policy in force, and whose it is')
    .option(...number)
    .action(showPolicy);
  command(policy, 'export', 'the same as a file that apply takes')
    .option(...number)
    .action(exportPolicy);
  command(policy, 'check <file>', 'say what is wrong with a policy, and change nothing').action(checkPolicy);
  command(policy, 'apply <file>', 'put a policy in force; servers may run meanwhile').action(usePolicy);
  command(policy, 'history', 'who put which version in force, and when').action(policyHistory);

  command(
    program,
    'export',
    'the policy, roles and groups that decide, as a file that apply takes: docs/arrangement.md',
  )
    .option('--group <name...>', 'groups besides those that rules name')
    .action(exportArrangement);
  command(program, 'apply <file>', 'make everything as it says, all of it or nothing; servers may run meanwhile')
    .option('--dry-run', 'say what would change, and change nothing')
    .option('--force', 'also what somebody else changed since the file was made')
    .option('--weaken', 'also where less is asked of somebody than before')
    .option('--reason <text>', 'why, for whoever reads the log')
    .action(applyArrangement);

  const token = program.command('api-token').description('what programs show to be let in to /api/v1');
  command(token, 'create <name>', 'make one, and show it once')
    .requiredOption('--scope <scopes>', 'what it is for: policy:read, policy:write, otp:verify, scim:read, scim:write')
    .requiredOption('--network <cidr...>', 'where it may be used from')
    .option('--expires <time>', 'how long it serves, up to 90d', '24h')
    .option('--realm <id>', 'whose PINs it asks about; left out: the ones that all applications share')
    .action(addToken);
  command(token, 'list', 'name, what for, from where, until when, last used').action(listTokens);
  command(token, 'revoke <name>', 'end one, at once').action(revokeToken);

  const audit = program.command('audit').description('the log of what happened: docs/audit.md');
  command(audit, 'verify', 'say whether an entry was changed, removed, moved or cut off')
    .option('--checkpoint <file>', 'one that was kept elsewhere')
    .action(verifyAudit);
  command(audit, 'checkpoint', 'how far the log goes, signed: to be kept elsewhere')
    .option('--key', 'the public key that signatures are checked with, instead')
    .action(showCheckpoint);

  const keys = program.command('keys').description('the keys that seal secrets');
  command(keys, 'rotate', 'seal everything with a new key; servers may run meanwhile').action(rotateKeys);
  command(keys, 'rotate-saml', 'another key for SAML, which signs in a week: docs/saml.md').action(rotateKeysForSaml);

  addHostCommands(program);

  try {
    await program.parseAsync([...words], { from: 'user' });
  } catch (failure) {
    const sentence = sentenceFor(failure);
    if (sentence === null) throw failure;
    console.error(sentence);
    process.exitCode = 1;
  }
}

/** What a person can do something about is told without a stack. */
function sentenceFor(failure: unknown): string | null {
  if (failure instanceof Refusal) return failure.message;
  if (failure instanceof NotTaken) return 'That password will not do: too short, too common, or too close to the name.';
  if (failure instanceof DirectoryDown) return `The directory does not answer: ${failure.message}.`;
  if (failure instanceof SealError || failure instanceof MigrationError) return `Not started: ${failure.message}.`;
  const { code, message } = failure as { code?: string; message?: string };
  if (code === 'EADDRINUSE') return `Not started: ${message}. Is another one running?`;
  return code === 'ECONNREFUSED' ? 'Not started: the database does not answer.' : null;
}
