/** What stands beside a film, in `film.json`: enough to write the guide from. */
export interface Filmed {
  readonly title: string;
  readonly seconds: number;
  readonly bytes: number;
  readonly steps: readonly { readonly caption: string; readonly picture: string }[];
}

/** A film's folder: its title in small letters. */
export const nameOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[’']/g, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** The behaviour a title begins with, such as P-2, and the rest of it. */
export function numberOf(title: string): { readonly number: string; readonly title: string } {
  const [, number = '', rest = title] = /^([A-Z]-\d+) (.*)$/.exec(title) ?? [];
  return { number, title: rest };
}

const made = '<!-- Made by `npm run videos` from test/scenarios; not written by hand. -->';

/** The page of a behaviour is named by its number; what has none has a page by its own name. */
const pageOf = ({ title }: Filmed): string => `${nameOf(numberOf(title).number || title)}.md`;
const filmOf = ({ title }: Filmed): string => `films/${nameOf(title)}/film.webm`;
const lengthOf = ({ seconds }: Filmed): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** P-2 before P-10. */
const inOrder = (films: readonly Filmed[]): readonly Filmed[] =>
  films.toSorted((a, b) => a.title.localeCompare(b.title, 'en', { numeric: true }));

/** The list of all films, in Markdown. */
export const contentsOf = (films: readonly Filmed[]): string => `# What it does, shown

${made}

Each film was recorded by the test that proves what it shows. The link of a number leads to its steps, one by one.

| | what is shown | film |
|---|---|---|
${inOrder(films)
  .map((film) => {
    const { number, title } = numberOf(film.title);
    return `| [${number || 'steps'}](${pageOf(film)}) | ${title} | [${lengthOf(film)}](${filmOf(film)}) |`;
  })
  .join('\n')}
`;

/** A page for each behaviour: its steps, with a picture of each. @returns pages by the names of their files */
export function bookOf(films: readonly Filmed[]): ReadonlyMap<string, string> {
  const pages = Map.groupBy(inOrder(films), pageOf);
  return new Map([...pages].map(([page, shown]) => [page, `${made}\n\n${shown.map(chapterOf).join('\n')}`]));
}

const chapterOf = (film: Filmed): string => `# ${film.title}

[The film, ${lengthOf(film)}](${filmOf(film)})

${film.steps
  .map(
    ({ caption, picture }, at) => `${at + 1}. ${caption}\n\n   ![${caption}](films/${nameOf(film.title)}/${picture})\n`,
  )
  .join('\n')}`;

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (value: string): string => value.replaceAll(/[&<>"]/g, (letter) => escaped[letter] ?? '');

/** A page to watch them all on. @param tokens the project's colours, as CSS */
export const indexOf = (films: readonly Filmed[], tokens: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sallyport, shown</title>
<style>
${tokens}
body { margin: 0 auto; padding: 48px 16px; max-inline-size: 60rem; font: 1rem/1.5 var(--font); color: var(--ink); background: var(--ground); }
article { margin-block: 32px; padding: 24px; background: var(--card); border: 1px solid var(--line); border-radius: var(--round-card); }
h1, h2 { margin: 0 0 16px; line-height: 1.25; letter-spacing: -0.015em; }
h2 { font-size: 1.25rem; }
h2 b { margin-inline-end: 8px; color: var(--accent); }
video { display: block; inline-size: 100%; block-size: auto; border: 1px solid var(--line); border-radius: var(--round); }
summary { margin-block-start: 16px; min-block-size: var(--target); align-content: center; cursor: pointer; }
img { display: block; inline-size: 100%; block-size: auto; margin-block: 8px 24px; border: 1px solid var(--line); border-radius: var(--round); }
</style>
</head>
<body>
<h1>What it does, shown</h1>
${inOrder(films)
  .map((film) => articleOf(film))
  .join('\n')}
</body>
</html>
`;

function articleOf(film: Filmed): string {
  const { number, title } = numberOf(film.title);
  const folder = `films/${nameOf(film.title)}`;
  const steps = film.steps.map(
    ({ caption, picture }) => `<li>${text(caption)}<img src="${folder}/${picture}" alt="" loading="lazy"></li>`,
  );
  return `<article id="${nameOf(film.title)}">
<h2><b>${number}</b>${text(title)}</h2>
<video controls preload="none" width="1280" height="720" poster="${folder}/01.webp" src="${folder}/film.webm"></video>
<details><summary>${film.steps.length} steps, ${lengthOf(film)}</summary><ol>${steps.join('')}</ol></details>
</article>`;
}
