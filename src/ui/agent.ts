/** The browsers and systems people know by name, the more particular before what they also claim to be. */
const browsers = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
] as const;
const systems = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
] as const;

const first = (table: readonly (readonly [RegExp, string])[], agent: string): string | undefined =>
  table.find(([pattern]) => pattern.test(agent))?.[1];

/** "Firefox, Windows": enough to tell one's own devices apart, never used to decide anything; empty for a stranger. */
export const agentIn = (agent: string): string =>
  [first(browsers, agent), first(systems, agent)].filter((part) => part !== undefined).join(', ');
