import type { JSX } from 'preact';
import { frameAtSite, frameOf, type House } from '../../house.ts';
import type { ProblemCode } from '../../http/problems.ts';
import { Card } from '../../ui/card.tsx';
import type { Language } from '../../ui/language.ts';
import { words } from './words.ts';

/** The page for a request that cannot go on: calm, exact, with a way on. */
export const problemPage =
  (house: House) =>
  (code: ProblemCode, language: Language, at: 'home' | 'site'): JSX.Element => {
    const { told, otherwise, on } = words[language];
    const { title, lead } = told[code] ?? otherwise;
    return (
      <Card
        frame={at === 'site' ? frameAtSite(house, { language }) : frameOf(house, { language, nonce: '' }, '/sign-in')}
        title={title}
        lead={lead}
        passage={0}
        towards={null}
      >
        <a class="button wide" href={at === 'site' ? '/' : '/sign-in'}>
          {on}
        </a>
      </Card>
    );
  };
