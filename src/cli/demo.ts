import { settings } from '../settings.ts';
import { demoRoutes } from '../surfaces/demo/routes.ts';
import { demoPassword, people, seedDemo } from './demo-accounts.ts';
import { start } from './start.ts';

/** A whole installation on this machine alone: accounts that everybody knows, mail that goes nowhere. */
export async function demo(): Promise<void> {
  const config = settings.parse({ publicUrl: 'http://localhost:4000', logLevel: 'warn' });
  await start(config, { prepare: ({ gate }) => seedDemo(gate), routes: demoRoutes });
  // The demo application belongs here: it is an ordinary one and knows no more of us than our address.
  console.log(greeting(config.publicUrl.origin));
}

const greeting = (origin: string): string =>
  [
    '',
    `Sallyport      ${origin}`,
    `Outbox         ${origin}/demo/outbox   mail, SMS and the codes of the demo accounts' apps`,
    '',
    `Accounts       password: ${demoPassword}`,
    ...people.map(({ username, has }) => `  ${username.padEnd(12)} ${has}`),
    '',
    'Ctrl-C stops it. Everything is kept in ./data; delete that folder to begin anew.',
    '',
  ].join('\n');
