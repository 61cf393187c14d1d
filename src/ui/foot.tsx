import type { JSX } from 'preact';
import type { Frame } from './document.tsx';
import { languages } from './language.ts';
import { words } from './words.ts';

/** Under every page: the same one in another language. */
export const Foot = ({ frame: { here, language: spoken } }: { frame: Frame }): JSX.Element => (
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
  </footer>
);
