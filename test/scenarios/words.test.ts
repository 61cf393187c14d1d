import { globSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { languages } from '../../src/ui/language.ts';

/** Stands for whatever a sentence is made with: a count, a name, a set of rules. */
const anything = Object.assign(new Number(7), { shortest: 15, longest: 256 });

/** Every text below a value, with the way to it; sentences that are functions are said once. */
function* textsIn(value: unknown, path: string): Generator<readonly [string, string]> {
  if (typeof value === 'string') yield [path, value];
  else if (typeof value === 'function') yield* textsIn(value(anything, anything), `${path}()`);
  else if (Array.isArray(value)) yield [path, value.join('')];
  else if (typeof value === 'object' && value !== null && !(value instanceof Number))
    for (const [key, inner] of Object.entries(value)) yield* textsIn(inner, `${path}.${key}`);
}

const files = globSync('src/**/words.ts').sort();

async function textsOf(file: string, language: string): Promise<(readonly [string, string])[]> {
  const all = Object.entries((await import(pathToFileURL(file).href)) as Record<string, unknown>);
  return all.flatMap(([name, inLanguages]) => [
    ...textsIn((inLanguages as Record<string, unknown>)[language] ?? {}, name),
  ]);
}

/** Words that are English and nothing else. */
const english = /\b(the|and|your|you|with|this|that|please|again|password|sign(ed)?|device|account)\b/i;
/** Words of the trade, which nobody has to know to sign in. */
const jargon = /\b(factors?|credentials?|tokens?|MFA|2FA|OTP|TOTP|authenticat(e|ion)|enrol\w*|Faktor\w*|Token)\b/i;

/** What the thing itself is called, on its box and by whoever hands it out; or by whoever writes programs, who alone read of it. */
const called: Readonly<Record<string, RegExp>> = {
  'src/methods/hardware-token/words.ts': /(hardware-)?tokens?/gi,
  'src/surfaces/api/words.ts': /tokens?/gi,
};

test('there are words', () => {
  expect(files.length).toBeGreaterThan(6);
});

describe.each(files)('%s', (file) => {
  test.each(languages)('in %s: says something, in clean letters, without jargon', async (language) => {
    const texts = await textsOf(file, language);
    expect(texts.length).toBeGreaterThan(0);
    const wrong = texts.filter(
      ([, text]) =>
        text.trim() === '' ||
        /['"]|\.\.\.|undefined|\[object/.test(text) ||
        jargon.test(text.replaceAll(called[file] ?? /^$/g, '')),
    );
    expect(wrong).toEqual([]);
  });

  test('the German is German', async () => {
    const wrong = (await textsOf(file, 'de')).filter(([, text]) => english.test(text) || /“[^”]*”|’/.test(text));
    expect(wrong).toEqual([]);
  });

  test('both say the same things', async () => {
    const paths = async (language: string) => (await textsOf(file, language)).map(([path]) => path);
    expect(await paths('de')).toEqual(await paths('en'));
  });
});
