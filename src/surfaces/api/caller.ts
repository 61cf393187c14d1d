import type { ApiToken } from '../../core/api-tokens/store.ts';
import { Problem } from '../../http/problems.ts';
import type { Asked } from '../../http/route.ts';

/** The program that calls. @throws Problem where nobody looked for its token: that is a mistake of ours, and lets nobody in */
export function callerIn({ caller }: Pick<Asked, 'caller'>): ApiToken {
  if (caller === null) throw new Problem('token-required');
  return caller;
}
