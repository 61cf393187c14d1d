import { z } from 'zod';

/** What a person is called to an application: the formats of SAML Core 8.3, by what we put into them. */
export const nameIds = ['persistent', 'transient', 'email', 'username'] as const;

/** What of a person is released, by the scope that opens it. */
export const releasable = {
  profile: ['username', 'name'],
  email: ['email'],
  groups: ['groups'],
} as const;

const attribute = z.enum(['username', 'name', 'email', 'groups']);

/** A SAML service provider: who it is stands in its metadata, or here. */
export const samlSettings = (url: z.ZodURL) =>
  z
    .strictObject({
      metadataFile: z
        .string()
        .optional()
        .describe('Its metadata (XML): its entityID, where answers go, what it signs and encrypts with.'),
      entityId: z.string().min(1).max(1024).optional().describe('Its entityID, where there is no metadata.'),
      assertionConsumerUrls: z
        .array(url)
        .default([])
        .describe('Where answers may go, compared letter by letter; the first where a request names none.'),
      certificateFiles: z
        .array(z.string())
        .default([])
        .describe('PEM files: certificates of the keys that it signs requests with, besides those of its metadata.'),
      signedRequests: z.boolean().default(false).describe('A request that is not signed is refused.'),
      nameId: z
        .enum(nameIds)
        .default('persistent')
        .describe('What it calls a person: `persistent` is another random name at each application, and stays.'),
      attributeNames: z
        .partialRecord(attribute, z.string().min(1).max(256))
        .default({})
        .describe(
          'What it calls an attribute, where it is not by `urn:oid:`. Which are released follows from `scopes`.',
        ),
      encrypted: z.boolean().default(false).describe('Assertions are encrypted with the key of its metadata.'),
      unsolicited: z
        .boolean()
        .default(false)
        .describe('People may set out from us, at `/saml/start/ID`: it takes answers that it did not ask for.'),
      unsolicitedTo: z
        .string()
        .max(80)
        .default('')
        .describe('The RelayState that goes with those, as the application understands it.'),
    })
    .refine((given) => given.metadataFile !== undefined || given.entityId !== undefined, {
      error: 'must have metadata or an entityId',
    })
    .refine((given) => given.metadataFile === undefined || given.entityId === undefined, {
      error: 'has metadata: its entityId stands there',
      path: ['entityId'],
    })
    .refine((given) => given.metadataFile !== undefined || given.assertionConsumerUrls.length > 0, {
      error: 'must say where answers go, where there is no metadata',
      path: ['assertionConsumerUrls'],
    })
    .refine((given) => given.metadataFile === undefined || given.assertionConsumerUrls.length === 0, {
      error: 'has metadata: where answers go stands there',
      path: ['assertionConsumerUrls'],
    });

export type SamlSettings = z.output<ReturnType<typeof samlSettings>>;
export type Released = z.output<typeof attribute>;
