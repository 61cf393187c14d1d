import { z } from 'zod';

/** What somebody knows about you, or asks you about over dinner, is no secret: hence `onlyWhereNamed`. */
export const questionSettings = z
  .strictObject({
    shortest: z
      .int()
      .min(3)
      .max(20)
      .default(4)
      .describe(
        'Characters an answer has at least. Taken only where a rule names `security-questions`: friends and search engines know such answers, so NIST SP 800-63B-4 (3.1.1.2) and OWASP ASVS 5.0 (6.4.2) advise against them. They stand in for a second factor, count as one, and answer no application that asks for more.',
      ),
  })
  .prefault({});
