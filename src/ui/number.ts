import { inEveryLanguage, type Language } from './language.ts';

const locales = inEveryLanguage({ en: 'en-GB', de: 'de-DE' });

/** Making a formatter costs a hundred times what using it does, so each is made once. */
const made = new Map<string, Intl.NumberFormat>();

function formatter(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([language, options]);
  const format = made.get(key) ?? new Intl.NumberFormat(locales[language], options);
  made.set(key, format);
  return format;
}

/** "1,204,000". */
export const numberIn = (language: Language, n: number): string => formatter(language, {}).format(n);

/** "1.2m", for the edge of a picture. */
export const roughlyIn = (language: Language, n: number): string =>
  formatter(language, { notation: 'compact', maximumFractionDigits: 1 }).format(n);

/** "€77.10". @param currency by ISO 4217 */
export const moneyIn = (language: Language, amount: number, currency: string): string =>
  formatter(language, { style: 'currency', currency }).format(amount);

/** "23%" of a hundred. What is little is not nothing, and what is nearly all is not all. @param share from 0 to 1 */
export function shareIn(language: Language, share: number): string {
  const said = (one: number, digits: number) =>
    formatter(language, { style: 'percent', maximumFractionDigits: digits }).format(one);
  if (share > 0 && share < 0.001) return `<${said(0.001, 1)}`;
  if (share > 0.999 && share < 1) return `>${said(0.999, 1)}`;
  const edge = (share > 0 && share < 0.01) || (share > 0.99 && share < 1);
  return said(share, edge ? 1 : 0);
}
