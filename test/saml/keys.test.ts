import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { days } from '../../src/kernel/clock.ts';
import { rotateSamlKeys } from '../../src/protocols/saml/index.ts';
import { atOnce, rowsOf } from '../attacks/tools.ts';
import type { OidcSallyport } from '../oidc/support.ts';
import { kinds } from '../support/databases.ts';
import { signIn } from '../support/verbs.ts';
import { carriedBy, newSpKey, openSamlSallyport, providerFor, requestOf } from './support.ts';

describe.each(kinds)('the keys of SAML, on %s', (kind) => {
  let sallyport: OidcSallyport;
  beforeAll(async () => {
    sallyport = await openSamlSallyport(kind, await newSpKey());
    await sallyport.person('ann');
  });
  afterAll(() => sallyport.close());

  const metadata = async () => (await sallyport.browser().send('GET', '/saml/metadata')).body;
  /** The certificates that are shown, and the one that has signed. */
  async function shown(): Promise<{ signs: string; all: readonly string[] }> {
    const xml = await metadata();
    const [signs = '', ...all] = [...xml.matchAll(/<ds:X509Certificate>([^<]+)</g)].map(([, one]) => one ?? '');
    return { signs, all };
  }

  test('of many who ask first, one key comes', async () => {
    await atOnce(5, metadata);
    expect(await rowsOf(sallyport, 'saml_key')).toHaveLength(1);
    const { signs, all } = await shown();
    expect(all).toEqual([signs]);
  });

  test('what is kept of it signs nothing by itself', async () => {
    expect(JSON.stringify(await rowsOf(sallyport, 'saml_key'))).not.toContain('PRIVATE');
  });

  test('a new key is shown for a week before it signs, and the one before a day after', async () => {
    const before = await shown();
    await rotateSamlKeys(sallyport.house.gate);
    const published = await shown();
    expect(published.signs).toBe(before.signs);
    expect(published.all).toHaveLength(2);
    const next = published.all.find((one) => one !== before.signs) ?? '';

    // Whoever has read both reads what either signs.
    const provider = await providerFor(sallyport, 'wiki', { idpCert: [...published.all] });
    sallyport.pass(days(7) - 1000);
    expect((await shown()).signs).toBe(before.signs);
    sallyport.pass(1000);
    expect((await shown()).signs).toBe(next);
    expect((await shown()).all).toHaveLength(2);
    const browser = await signIn(sallyport.browser(), 'ann');
    await browser.visit(await requestOf(provider));
    expect((await provider.validatePostResponseAsync(carriedBy(browser).fields)).profile?.nameID).toBeTruthy();
    sallyport.pass(days(1));
    expect(await shown()).toEqual({ signs: next, all: [next] });
  });
});
