import { z } from 'zod';
import type { Route } from '../../http/route.ts';
import { type Call, defineCall, type IdentityHouse } from './call.ts';
import { config } from './config.ts';
import {
  listCredentials,
  removeMail,
  removePhone,
  startMail,
  startPhone,
  verifyMail,
  verifyPhone,
} from './credentials.ts';
import { listTrusted, removeTrusted } from './devices.ts';
import { Refused } from './errors.ts';
import { logout } from './logout.ts';
import { revoke, token, userinfo } from './oauth.ts';
import { comeForSession, passwordLogin } from './password-login.ts';
import { preflight, speak } from './speak.ts';
import { passwordlessStart, passwordlessVerify, stepUp } from './step-up.ts';

/** What else the vendor's client can ask for. */
const unserved = defineCall({
  input: z.looseObject({}),
  who: async () => {
    throw new Refused('unserved', 'not served here: docs/identity-api.md says what is');
  },
  answer: async () => ({}),
});

// biome-ignore format: a table reads in columns
const calls: readonly (readonly [Route['method'], string, Call])[] = [
  ['GET',    '/config',                             config],
  ['POST',   '/password/login',                     passwordLogin],
  ['POST',   '/mfa/stepup',                         stepUp],
  ['POST',   '/passwordless/start',                 passwordlessStart],
  ['POST',   '/passwordless/verify',                passwordlessVerify],
  ['GET',    '/mfa/credentials',                    listCredentials],
  ['POST',   '/mfa/credentials/emails',             startMail],
  ['POST',   '/mfa/credentials/emails/verify',      verifyMail],
  ['DELETE', '/mfa/credentials/emails',             removeMail],
  ['POST',   '/mfa/credentials/phone-numbers',      startPhone],
  ['POST',   '/mfa/credentials/phone-numbers/verify', verifyPhone],
  ['DELETE', '/mfa/credentials/phone-numbers',      removePhone],
  ['GET',    '/mfa/trusteddevices',                 listTrusted],
  ['DELETE', '/mfa/trusteddevices/:device',         removeTrusted],
  ['POST',   '/oauth/token',                        token],
  ['POST',   '/oauth/revoke',                       revoke],
  ['GET',    '/userinfo',                           userinfo],
  ['GET',    '/*',                                  unserved],
  ['POST',   '/*',                                  unserved],
  ['DELETE', '/*',                                  unserved],
];

/** What applications ask for people in pages of their own (`docs/adr/0029`): where scripts ask, and where browsers go. */
export const identityRoutes = (house: IdentityHouse): readonly Route[] => [
  ...calls.map(([method, path, call]) => speak(house, method, `/identity/v1${path}`, call)),
  preflight(house, '/identity/v1/*'),
  comeForSession(house),
  logout(house),
];
