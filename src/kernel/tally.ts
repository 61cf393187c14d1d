/** Counts what happens, for whoever watches the server: by kind, never by person. */
export interface Tally {
  count(event: string, method: string): void;
  counts(): readonly { readonly event: string; readonly method: string; readonly times: number }[];
}

export function newTally(): Tally {
  const times = new Map<string, number>();
  return {
    count(event, method) {
      const key = `${event} ${method}`;
      times.set(key, (times.get(key) ?? 0) + 1);
    },
    counts: () =>
      [...times].map(([key, n]) => {
        const [event = '', method = ''] = key.split(' ');
        return { event, method, times: n };
      }),
  };
}
