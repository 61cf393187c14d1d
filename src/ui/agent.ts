/** The browsers and systems people know by name, the more particular before what they also claim to be. */
const browsers = {
  Edge: /Edg\//,
  Opera: /OPR\//,
  Firefox: /Firefox\//,
  Chrome: /Chrom(e|ium)\//,
  Safari: /Safari\//,
};
const systems = {
  iOS: /iPhone|iPad/,
  Android: /Android/,
  Windows: /Windows/,
  macOS: /Mac OS X/,
  Linux: /Linux/,
};

const namesIn = <Name extends string>(table: Record<Name, RegExp>) => Object.keys(table) as [Name, ...Name[]];

export const browserNames = namesIn(browsers);
export const systemNames = namesIn(systems);

const firstIn = (table: Record<string, RegExp>, agent: string): string | undefined =>
  Object.entries(table).find(([, pattern]) => pattern.test(agent))?.[0];

export const browserIn = (agent: string): string | undefined => firstIn(browsers, agent);
export const systemIn = (agent: string): string | undefined => firstIn(systems, agent);

/** "Firefox, Windows": enough to tell one's own devices apart, never used to let anybody in; empty for a stranger. */
export const agentIn = (agent: string): string =>
  [browserIn(agent), systemIn(agent)].filter((part) => part !== undefined).join(', ');

/** By what a browser calls itself, or by what is told of that (`agentIn`). */
export const isPhone = (agent: string): boolean => /iPhone|iPad|Android|iOS/.test(agent);
