import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/max';

/** What may stand between the digits as people write them: no letters, no extension, no second number. */
const oneNumber = /^\s*\+?[0-9 ()./-]+$/;
/** Numbers that take messages; where nobody can tell, it is tried. */
const takesMessages = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE', undefined]);

const parse = (number: string, defaultCountry?: CountryCode) =>
  parsePhoneNumberFromString(number, { extract: false, ...(defaultCountry && { defaultCountry }) });

/** ISO 3166-1 alpha-2. */
export const isCountry = (code: string): code is CountryCode => (getCountries() as string[]).includes(code);

/** `+49` */
export const callingCode = (country: string): string =>
  isCountry(country) ? `+${getCountryCallingCode(country)}` : '';

/** Where text messages may go. */
export interface Reach {
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  /** Beginnings of numbers, in E.164, that get none. */
  readonly blockedPrefixes: readonly string[];
}

/**
 * What was typed as one number, in E.164; null when it is none, or none that messages may go to.
 * @param country whose it is when it is written without `+`
 */
export function readNumber(typed: string, country: string, reach: Reach): string | null {
  if (!isCountry(country) || !oneNumber.test(typed)) return null;
  const number = parse(typed, country)?.number ?? '';
  return reaches(number, reach) ? number : null;
}

/** Do messages go to this number, in E.164, as things are set up now? */
export function reaches(number: string, { countries, blockedPrefixes }: Reach): boolean {
  const parsed = parse(number);
  if (!parsed?.isValid() || !takesMessages.has(parsed.getType())) return false;
  return countries.includes(parsed.country ?? '') && !blockedPrefixes.some((prefix) => number.startsWith(prefix));
}

/** `+49 1512 3456789` */
export const spaced = (number: string): string => parse(number)?.formatInternational() ?? number;

/** `+49 ••• 89`: enough to tell one's own phone, not enough to learn another's. */
export const maskNumber = (number: string): string =>
  `+${parse(number)?.countryCallingCode ?? ''} ••• ${number.slice(-2)}`;

/**
 * The last line of a message, by which a phone offers the code at this host and nowhere else (Web Platform Incubator
 * Community Group, "Origin-bound one-time codes delivered via SMS").
 */
export const originBound = (host: string, code: string): string => `@${host} #${code}`;
