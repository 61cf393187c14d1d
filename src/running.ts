import type { Running } from './house.ts';
import type { SendLimit } from './otp/send-limits.ts';
import type { Settings } from './settings.ts';

/** What whoever looks after people may read of the configuration: who is reached, how often, and no secret. */
export const runningOf = ({ mail, sms, directory, audit, tls, methods, realms }: Settings): Running => ({
  mail:
    mail === undefined
      ? null
      : { server: `${mail.host}:${mail.port}`, from: mail.from, tls: mail.tls, words: mail.words },
  sms: sms?.provider ?? null,
  directory: directory?.servers ?? [],
  streams: audit.streams.map(({ name, to }) => ({ name, to })),
  certificate: tls?.certificate ?? null,
  realms,
  sends: Object.entries(methods).flatMap(([method, section]) => {
    const limits = limitsIn(section);
    return limits === null ? [] : [{ method, ...limits }];
  }),
});

/** What methods that send say of themselves: each section is its own, and the field has one name. */
function limitsIn(section: unknown): { limits: readonly SendLimit[]; daily: number } | null {
  if (typeof section !== 'object' || section === null || !('sendLimits' in section)) return null;
  const { sendLimits, dailyCeiling } = section as { sendLimits: readonly SendLimit[]; dailyCeiling: number };
  return { limits: sendLimits, daily: dailyCeiling };
}
