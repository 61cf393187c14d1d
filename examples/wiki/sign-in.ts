import { type Profile, SAML, type SamlConfig, ValidateInResponseTo } from '@node-saml/node-saml';

export interface Options {
  /** Where Sallyport is. */
  readonly issuer: string;
  /** What browsers call this application, and what it is called by its `entityID`: the same address. */
  readonly origin: string;
  readonly port: number;
}

/** Whom an answer is about, and how they proved it. */
export interface Person {
  readonly nameId: string;
  readonly name: string;
  readonly email: string;
  /** `AuthnContextClassRef` */
  readonly proven: string;
}

/** Two proofs of different kinds (REFEDS MFA Profile). */
export const mfa = 'https://refeds.org/profile/mfa';

export interface SignIn {
  /** @param why comes back with the answer */
  begin(why: 'read' | 'edit'): Promise<string>;
  /** @throws where it is no answer of Sallyport's to a question of ours */
  complete(form: Record<string, string>): Promise<Person>;
}

/** An ordinary service provider: what it knows of Sallyport is its metadata. */
export async function openSignIn({ issuer, origin }: Options): Promise<SignIn> {
  const metadata = `${issuer}/saml/metadata`;
  const idpCert = certificatesIn(await (await fetch(metadata)).text());
  const config: SamlConfig = {
    issuer: origin,
    callbackUrl: `${origin}/saml/acs`,
    entryPoint: `${issuer}/saml/sso`,
    idpCert,
    idpIssuer: metadata,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: true,
    validateInResponseTo: ValidateInResponseTo.always,
  };
  const reading = new SAML(config);
  // The same questions are remembered by both: an answer is to one of them.
  const { cacheProvider } = reading.options;
  const editing = new SAML({ ...config, cacheProvider, disableRequestedAuthnContext: false, authnContext: [mfa] });
  return {
    begin: (why) => (why === 'edit' ? editing : reading).getAuthorizeUrlAsync(why, undefined, {}),
    async complete(form) {
      const { profile } = await reading.validatePostResponseAsync(form);
      if (profile === null) throw new Error('nobody is in it');
      return personOf(profile);
    },
  };
}

/** Every key of the metadata: while one follows the other there are two. */
const certificatesIn = (metadata: string): string[] =>
  [...metadata.matchAll(/<md:KeyDescriptor.*?<ds:X509Certificate>([^<]+)</g)].map(
    ([, certificate]) => certificate ?? '',
  );

interface Told {
  readonly Assertion?: {
    readonly AuthnStatement?: readonly {
      readonly AuthnContext?: readonly { readonly AuthnContextClassRef?: readonly { readonly _?: string }[] }[];
    }[];
  };
}

function personOf(profile: Profile): Person {
  const { Assertion } = (profile.getAssertion?.() ?? {}) as Told;
  return {
    nameId: profile.nameID,
    name: String(profile['urn:oid:2.16.840.1.113730.3.1.241'] ?? ''),
    email: String(profile['urn:oid:0.9.2342.19200300.100.1.3'] ?? '—'),
    proven: Assertion?.AuthnStatement?.[0]?.AuthnContext?.[0]?.AuthnContextClassRef?.[0]?._ ?? '',
  };
}
