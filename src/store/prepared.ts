import type { Compilable, CompiledQuery } from 'kysely';
import type { Handle } from './database.ts';

/**
 * A read that many requests make: its text is made once for each database, since making it costs as much as asking. What
 * is given may be nothing but a value, and stands where its place was.
 */
export function prepared<Given extends readonly (string | number)[], Row>(
  query: (handle: Handle, ...given: Given) => Compilable<Row>,
): (handle: Handle, ...given: Given) => Promise<Row[]> {
  const texts = new WeakMap<object, CompiledQuery<Row>>();
  const places = Array.from({ length: query.length - 1 }, (_, at) => `\0${at}`);
  return async (handle, ...given) => {
    const { adapter } = handle.getExecutor();
    const text = texts.get(adapter) ?? query(handle, ...(places as unknown as Given)).compile();
    texts.set(adapter, text);
    const parameters = text.parameters.map((one) => given[places.indexOf(one as string)] ?? one);
    return (await handle.executeQuery<Row>({ ...text, parameters })).rows;
  };
}
