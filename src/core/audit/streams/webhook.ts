import { createHmac } from 'node:crypto';
import { secretOf } from '../../../config/secret.ts';
import { inSeconds } from '../../../kernel/clock.ts';
import type { Means } from '../../../store/means.ts';
import type { Told } from '../told.ts';
import type { Receiver } from './receiver.ts';
import { keyIn, type WebhookStream } from './settings.ts';

/** Signed as Standard Webhooks says: receivers have a library for it, in whatever language. */
export function openWebhook(settings: WebhookStream, { fetch, clock }: Pick<Means, 'fetch' | 'clock'>): Receiver {
  const key = keyIn(secretOf(settings.secret, settings.secretFile) ?? '');
  if (key === null)
    throw new Error(`the secret of the stream ${settings.name} must be whsec_ and 24 to 64 bytes in base64`);

  async function send(entry: Told): Promise<void> {
    const body = JSON.stringify({ type: entry.event, timestamp: entry.at, data: entry });
    const seconds = inSeconds(clock.now());
    const signature = createHmac('sha256', key ?? '')
      .update(`${entry.id}.${seconds}.${body}`)
      .digest('base64');
    const headers = {
      'content-type': 'application/json',
      'webhook-id': entry.id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': `v1,${signature}`,
    };
    const { status } = await fetch(settings.url, { method: 'POST', headers, body });
    if (status < 200 || status > 299) throw new Error(String(status));
  }

  // One after the other: nobody gets the second before they took the first.
  return {
    batch: 5,
    take: async (entries) => {
      for (const entry of entries) await send(entry);
    },
  };
}
