import { readFileSync } from 'node:fs';

/** A secret given as it is, or as the file that holds it. @throws when the file cannot be read */
export const secretOf = (given: string | undefined, file: string | undefined): string | undefined =>
  given ?? (file === undefined ? undefined : readFileSync(file, 'utf8').trimEnd());

/** For a schema: not both. The file's name ends in `File`. */
export const oneSource = (name: string) => ({
  check: (section: Readonly<Record<string, unknown>>): boolean =>
    section[name] === undefined || section[`${name}File`] === undefined,
  error: `give ${name} or ${name}File, not both`,
});
