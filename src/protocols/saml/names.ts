/** The names that SAML 2.0 gives to things; each section is said where it is used. */

export const ns = {
  protocol: 'urn:oasis:names:tc:SAML:2.0:protocol',
  assertion: 'urn:oasis:names:tc:SAML:2.0:assertion',
  metadata: 'urn:oasis:names:tc:SAML:2.0:metadata',
  signature: 'http://www.w3.org/2000/09/xmldsig#',
} as const;

/** Bindings, 3. */
export const bindings = {
  redirect: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect',
  post: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST',
} as const;

/** What a NameID is (Core 8.3), by what we put into it. */
export const formatOf = {
  persistent: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  transient: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient',
  email: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
  username: 'urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified',
} as const;

const status = (name: string) => `urn:oasis:names:tc:SAML:2.0:status:${name}`;

/** How an answer says no: whose doing it is, and why (Core 3.2.2.2). */
export const refusals = {
  'no-passive': [status('Responder'), status('NoPassive')],
  'no-class': [status('Responder'), status('NoAuthnContext')],
  'not-proven': [status('Responder'), status('AuthnFailed')],
  denied: [status('Responder'), status('RequestDenied')],
  'no-such-name': [status('Requester'), status('InvalidNameIDPolicy')],
  'somebody-else': [status('Requester'), status('UnknownPrincipal')],
} as const;

export type Refusal = keyof typeof refusals;
export const success = status('Success');

/** What signatures are made and taken by; SHA-1 is not among them, whoever asks. */
export const algorithms = {
  rsaSha256: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  rsaSha512: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512',
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
  exclusive: 'http://www.w3.org/2001/10/xml-exc-c14n#',
  enveloped: 'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
} as const;
