import type { RequestHandler } from 'express';
import type { Asked, StepUp } from './step-up.ts';

/** `app.delete('/project', mustProve(stepUp, { acr: [mfa], maxAge: 300 }), …)` */
export const mustProve =
  (stepUp: StepUp, asked: Asked): RequestHandler =>
  async (request, response, next) => {
    const refusal = await stepUp(request, asked);
    if (refusal === null) return next();
    response.status(refusal.status).set(refusal.headers).end();
  };
