import type { JSX } from 'preact';
import type { Brand } from './brand.ts';
import type { Frame } from './document.tsx';
import { languages } from './language.ts';
import { words } from './words.ts';

const links = ['help', 'imprint', 'privacy'] as const;

/** Under every page: the same one in another language, and what the house says of itself. */
export const Foot = ({ frame: { here, language: spoken, brand } }: { frame: Frame }): JSX.Element => (
  <footer class="foot">
    {languages
      .filter((language) => here !== '' && language !== spoken)
      .map((language) => (
        <a
          key={language}
          href={`/language/${language}?from=${encodeURIComponent(here)}`}
          lang={language}
          hreflang={language}
        >
          {words[language].itself}
        </a>
      ))}
    {linksOf(brand).map(({ name, href }) => (
      <a key={name} href={href} rel="noreferrer">
        {words[spoken].links[name]}
      </a>
    ))}
  </footer>
);

const linksOf = (brand: Brand) =>
  links.flatMap((name) => {
    const href = brand[name];
    return href === undefined ? [] : [{ name, href }];
  });
