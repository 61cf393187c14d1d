import { z } from 'zod';
import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { verifyPin } from '../../proving/one-pin.ts';
import { callerIn } from './caller.ts';

/** For applications with a form of their own: is this person's code right, now (`docs/one-pin.md`)? */
export const otpRoutes = ({ gate }: House): readonly Route[] => [
  defineRoute({
    method: 'POST',
    path: '/api/v1/otp/verify',
    binding: 'bearer',
    scope: 'otp:verify',
    doc: {
      summary: 'Is this code this person’s, now? Each serves once.',
      answers: z.strictObject({ valid: z.boolean() }),
      refuses: ['suspended', 'directory-down'],
    },
    form: z.strictObject({
      user: z.string().trim().min(1).max(254).describe('User name or address.'),
      otp: z.string().min(1).max(64).describe('As it was typed.'),
      transaction: z
        .string()
        .min(8)
        .max(64)
        .optional()
        .describe('What you call this question: asked again it has the same answer.'),
    }),
    async answer(asked) {
      const caller = callerIn(asked);
      const { user, otp, transaction = null } = asked.form;
      const verdict = await verifyPin(gate, {
        caller: caller.name,
        realm: caller.realm,
        address: asked.address,
        user,
        otp,
        transaction,
      });
      if (verdict.is === 'another') throw new Problem('bad-request', 'the transaction was another question');
      if (verdict.is === 'answered') return { is: 'json', body: { valid: verdict.valid } };
      throw new Problem('suspended', `${caller.name}: too many wrong ones`, [], verdict.wait);
    },
  }),
];
