import { z } from 'zod';
import { findProofTicket, type ProofTicketId } from '../../core/proof-tickets/store.ts';
import { frameOf, type House } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { rowId } from '../fields.ts';
import { signedIn } from '../portal/scene.ts';
import { goOnPage } from './page.tsx';

/** Back from a proof that was asked for one change: it is named, and waits for one press. */
export function stepUpRoutes(house: House): readonly Route[] {
  return [
    defineRoute({
      method: 'GET',
      path: '/step-up/:ticket',
      binding: 'session',
      params: z.strictObject({ ticket: rowId }),
      async answer(asked) {
        const id = asked.params.ticket as ProofTicketId;
        const ticket = await findProofTicket(house.gate.database.read, house.gate, id, signedIn(asked).id);
        if (ticket === null) return { is: 'redirect', to: '/account' };
        const { change, given, spent } = ticket;
        if (!given || spent) return { is: 'redirect', to: spent ? change.done : change.from };
        return { is: 'page', page: goOnPage(frameOf(house, asked, asked.path), asked.csrf, change) };
      },
    }),
  ];
}
