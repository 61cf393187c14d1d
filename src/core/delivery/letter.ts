import type { Letter } from '../../store/outbox.ts';

/** What a mail says as plain text. */
export function textOf({ paragraphs, code, link, small = [] }: Letter): string {
  const parts = [...paragraphs, code && `    ${code}`, link && `${link.words}\n${link.to}`, ...small];
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}
