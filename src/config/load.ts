import { readFileSync } from 'node:fs';
import { parse, YAMLParseError } from 'yaml';
import type { ZodError, ZodType } from 'zod';

export type Loaded<Config> =
  | { readonly is: 'good'; readonly config: Config }
  | { readonly is: 'bad'; readonly mistakes: readonly string[] };

/**
 * Reads a configuration: a YAML file, and over it the variables `SALLYPORT_*`, where `__` goes one level down and a name
 * that ends in `_FILE` names a file that holds the value. All mistakes are reported at once.
 */
export function loadConfig<Config>(
  schema: ZodType<Config>,
  file: string | null,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Loaded<Config> {
  try {
    const given = file === null ? {} : ((parse(readFileSync(file, 'utf8')) as unknown) ?? {});
    const result = schema.safeParse(overlaid(given as Tree, variables));
    if (result.success) return { is: 'good', config: result.data };
    return { is: 'bad', mistakes: mistakesOf(result.error, 'the file') };
  } catch (failure) {
    if (failure instanceof YAMLParseError)
      return { is: 'bad', mistakes: [`${file}: ${failure.message.split('\n')[0]}`] };
    if (failure instanceof Error && 'code' in failure) return { is: 'bad', mistakes: [failure.message] };
    throw failure;
  }
}

/** Each with where it stands. */
export const mistakesOf = ({ issues }: ZodError, whole: string): readonly string[] =>
  issues.map(({ path, message }) => `${path.join('.') || whole}: ${message}`);

type Tree = { [key: string]: unknown };
const prefix = 'SALLYPORT_';

function overlaid(given: Tree, variables: Readonly<Record<string, string | undefined>>): Tree {
  const config = structuredClone(given);
  for (const [name, value] of Object.entries(variables)) {
    if (!name.startsWith(prefix) || value === undefined) continue;
    const fromFile = name.endsWith('_FILE');
    const path = name
      .slice(prefix.length, fromFile ? -'_FILE'.length : undefined)
      .split('__')
      .map(camel);
    set(config, path, fromFile ? readFileSync(value, 'utf8').trimEnd() : (parse(value) as unknown));
  }
  return config;
}

const camel = (word: string): string =>
  word.toLowerCase().replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());

function set(tree: Tree, [head = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) tree[head] = value;
  else {
    const below = (typeof tree[head] === 'object' && tree[head] !== null ? tree[head] : {}) as Tree;
    tree[head] = below;
    set(below, rest, value);
  }
}
