import { randomUUID } from 'node:crypto';

/** Where a PIN is asked about, and by which token. */
export interface Asked {
  readonly sallyport: string;
  readonly token: string;
}

export type Verdict =
  | { readonly is: 'yes' | 'no' | 'unavailable' }
  /** Too many wrong ones. @param wait seconds; null: until somebody unlocks them */
  | { readonly is: 'wait'; readonly wait: number | null };

/**
 * All that an application has to do to take one PIN with others: ask whether it is this person's, now. Whatever is not a plain
 * yes is no. The question has a name, so that asking it again after a broken connection is no second try.
 */
export async function isRight({ sallyport, token }: Asked, user: string, otp: string): Promise<Verdict> {
  const question = JSON.stringify({ user, otp, transaction: randomUUID() });
  const ask = () =>
    fetch(`${sallyport}/api/v1/otp/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: question,
      signal: AbortSignal.timeout(5000),
    });
  const response = await ask()
    .catch(ask)
    .catch(() => null);
  if (response === null) return { is: 'unavailable' };
  if (response.status === 429) return { is: 'wait', wait: Number(response.headers.get('retry-after')) || null };
  if (response.status === 400) return { is: 'no' };
  if (!response.ok) return { is: 'unavailable' };
  const { valid } = (await response.json()) as { valid: unknown };
  return { is: valid === true ? 'yes' : 'no' };
}
