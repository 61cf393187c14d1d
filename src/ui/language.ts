export const languages = ['en', 'de'] as const;
export type Language = (typeof languages)[number];

/** The same words in every language: a missing one does not compile. */
export type InEveryLanguage<Words> = Readonly<Record<Language, Words>>;

export const inEveryLanguage = <Words>(words: Record<Language, Words>): InEveryLanguage<Words> => words;

/** The first of the wishes we speak (BCP 47, as in `ui_locales` and Accept-Language); English when we speak none. */
export function languageOf(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const primary = wish.trim().toLowerCase().split('-')[0];
    for (const language of languages) if (language === primary) return language;
  }
  return 'en';
}

/** Accept-Language as a list, most wanted first (RFC 9110, 12.5.4). */
export function wishesOf(header: string | undefined): readonly string[] {
  const weighed = (header ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().split(';');
    const q = parameters
      .map((parameter) => /^\s*q=([\d.]+)$/.exec(parameter)?.[1])
      .find((value) => value !== undefined);
    return { tag, weight: q === undefined ? 1 : Number(q) };
  });
  return weighed
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}
