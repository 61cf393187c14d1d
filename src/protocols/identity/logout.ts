import { z } from 'zod';
import type { House } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';

/** Signing out is asked about on a page of ours; where to afterwards is what an application has registered. */
export const logout = ({ applications }: House): Route =>
  defineRoute({
    method: 'GET',
    path: '/identity/v1/logout',
    binding: 'none',
    query: z.looseObject({ redirect_to: z.string().max(4096).optional() }),
    async answer({ query: { redirect_to: to } }) {
      const whose = applications.find(
        (one) => one.identity !== undefined && one.postLogoutRedirectUris.includes(to ?? ''),
      );
      const after = whose === undefined ? {} : { client_id: whose.id, post_logout_redirect_uri: to ?? '' };
      return { is: 'redirect', to: `/oauth/logout?${new URLSearchParams(after)}` };
    },
  });
