import { frameOf, type House } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { auditRoutes } from './audit-routes.ts';
import { describe } from './openapi.ts';
import { otpRoutes } from './otp-routes.ts';
import { apiPage } from './page.tsx';
import { peopleRoutes } from './people-routes.ts';
import { policyRoutes } from './policy-routes.ts';

/** What programs call, and two addresses that tell them and their authors what there is. */
export function apiRoutes(house: House): readonly Route[] {
  const called = [...otpRoutes(house), ...peopleRoutes(house), ...policyRoutes(house), ...auditRoutes(house)];
  const described = describe(called, house.publicUrl);
  return [
    ...called,
    defineRoute({
      method: 'GET',
      path: '/openapi.json',
      binding: 'none',
      answer: async () => ({ is: 'json', body: described }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api',
      binding: 'none',
      answer: async (asked) => ({ is: 'page', page: apiPage(frameOf(house, asked, '/api'), described) }),
    }),
  ];
}
