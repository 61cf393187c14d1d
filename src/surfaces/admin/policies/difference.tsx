import { diffLines } from 'diff';
import type { JSX } from 'preact';
import type { Language } from '../../../ui/language.ts';
import { words } from './draft-words.ts';

/** What one text says that the other does not, line by line; said by a sign and a word too, not by colour alone. */
export function Difference({
  before,
  after,
  language,
}: {
  before: string;
  after: string;
  language: Language;
}): JSX.Element {
  const say = words[language];
  const parts = diffLines(before, after);
  if (parts.every(({ added, removed }) => !added && !removed)) return <p class="nothing soft">{say.none}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it by keys
    <section class="difference" tabIndex={0} aria-label={say.changes}>
      <pre>{parts.flatMap((part) => linesOf(part.value).map((line) => lineOf(line, part, say)))}</pre>
    </section>
  );
}

const lineOf = (
  line: string,
  { added, removed }: { added: boolean; removed: boolean },
  say: { added: string; removed: string },
): JSX.Element | string => {
  if (!added && !removed) return `  ${line}\n`;
  const Tag = added ? 'ins' : 'del';
  return (
    <Tag>
      <span class="unseen">{added ? say.added : say.removed}: </span>
      {added ? '+' : '-'} {line}
    </Tag>
  );
};

const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');
