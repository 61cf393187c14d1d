import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Asked, openStepUp, provenBy } from '../resource-server/step-up.ts';
import type { Projects } from './projects.ts';
import type { Options } from './sign-in.ts';

/** To delete something two proofs are asked for, of minutes ago (REFEDS MFA Profile; what is above it will do as well). */
const toDelete: Asked = { acr: ['https://refeds.org/profile/mfa', 'phr', 'phrh'], maxAge: 300 };

/** Tracker's API: `DELETE /api/project`. Its site is a client like any other, and has to bring a token that is enough. */
export function openApi(options: Options, projects: Projects) {
  const stepUp = openStepUp({ ...options, clients: [options.clientId] });
  return async ({ request, response }: { request: IncomingMessage; response: ServerResponse }): Promise<void> => {
    const refusal = await stepUp(request, toDelete);
    if (refusal !== null) return void response.writeHead(refusal.status, refusal.headers).end();
    projects.delete(provenBy(request)?.sub ?? '');
    response.writeHead(204).end();
  };
}
