export const subsets = (list: readonly string[]): readonly (readonly string[])[] => {
  let all: readonly (readonly string[])[] = [[]];
  for (const one of list) all = [...all, ...all.map((some) => [...some, one])];
  return all;
};
