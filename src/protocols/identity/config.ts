import { z } from 'zod';
import { byClient, defineCall } from './call.ts';

/** What the vendor's client asks before all else: it sends cookies where `sso`, and proves its codes where `is_public`. */
export const config = defineCall({
  input: z.object({ client_id: z.string() }),
  who: byClient,
  answer: async ({ publicUrl }, { asked, application }) => ({
    body: {
      client_id: application.id,
      domain: publicUrl.host,
      language: asked.language,
      scope: ['openid', ...application.scopes.filter((scope) => scope !== 'openid')].join(' '),
      sso: true,
      is_public: true,
      pkce_enforced: true,
      is_implicit_flow_forbidden: true,
    },
  }),
});
