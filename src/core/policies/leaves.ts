/** Every value of a document by its path, as text: a list is one value. */
export function leavesOf(value: object, above = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(value).flatMap(([name, one]: readonly [string, unknown]): (readonly [string, string])[] => {
      const path = above === '' ? name : `${above}.${name}`;
      if (one === undefined) return [];
      return typeof one === 'object' && one !== null && !Array.isArray(one)
        ? [...leavesOf(one, path)]
        : [[path, typeof one === 'string' ? one : JSON.stringify(one)]];
    }),
  );
}
