import { z } from 'zod';
import { type ConsentId, listConsents } from '../../core/applications/consents.ts';
import { type House, visitOf } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { withdraw } from '../../proving/acts.ts';
import { noFields, rowId } from '../fields.ts';
import { applicationsPage } from './applications.tsx';
import { sceneOf, signedIn } from './scene.ts';

/** What applications that are not ours may know, for the person it is about to see and to take back. */
export function applicationRoutes(house: House): readonly Route[] {
  const { gate, applications } = house;
  return [
    defineRoute({
      method: 'GET',
      path: '/account/applications',
      binding: 'session',
      async answer(asked) {
        const consents = await listConsents(gate.database.read, signedIn(asked).account);
        const told = { language: asked.language, now: gate.clock.now() };
        const page = applicationsPage(sceneOf(house, asked, '/account/applications'), consents, applications, told);
        return { is: 'page', page };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/account/applications/:consent/withdraw',
      binding: 'session',
      params: z.strictObject({ consent: rowId }),
      form: noFields,
      async answer(asked) {
        const visit = await visitOf(house, asked);
        if (!(await withdraw(gate, signedIn(asked), asked.params.consent as ConsentId, visit)))
          throw new Problem('not-found', 'not theirs, or withdrawn already');
        return { is: 'redirect', to: '/account/applications' };
      },
    }),
  ];
}
