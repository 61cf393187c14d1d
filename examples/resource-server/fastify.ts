import type { preHandlerAsyncHookHandler } from 'fastify';
import type { Asked, StepUp } from './step-up.ts';

/** `app.delete('/project', { preHandler: mustProve(stepUp, { acr: [mfa], maxAge: 300 }) }, …)` */
export const mustProve =
  (stepUp: StepUp, asked: Asked): preHandlerAsyncHookHandler =>
  async (request, reply) => {
    const refusal = await stepUp(request, asked);
    if (refusal !== null) return reply.code(refusal.status).headers(refusal.headers).send();
  };
