import { renderToString } from 'preact-render-to-string';
import type { Letter } from '../../../store/outbox.ts';
import { languageOf } from '../../../ui/language.ts';
import type { MailSettings } from './settings.ts';

/** A letter in a house's own words: its subject among others, and below what it says who writes. */
export const inFrame = (letter: Letter, { subject, closing }: MailSettings['words']): Letter => ({
  ...letter,
  subject: subject.replace('{subject}', () => letter.subject),
  small: [...(letter.small ?? []), ...closing[languageOf([letter.language])]],
});

/** What a mail says as plain text. */
export function textOf({ paragraphs, code, link, small = [] }: Letter): string {
  const parts = [...paragraphs, code && `    ${code}`, link && `${link.words}\n${link.to}`, ...small];
  return `${parts.filter((part) => part !== undefined).join('\n\n')}\n`;
}

// Mail programs know no variables and few selectors: each colour by name, the dark ones in one rule (as src/ui/styles/tokens.css).
const sheet = `
body { margin: 0; background: #f4f3ee; color: #1b1d20; font: 16px/1.5 system-ui, -apple-system, Segoe UI, Roboto, sans-serif; }
.ground { width: 100%; background: #f4f3ee; border-spacing: 0; }
.ground td { padding: 32px 16px; }
.card { width: 100%; max-width: 480px; background: #ffffff; border: 1px solid #dedbd3; border-radius: 16px; border-spacing: 0; text-align: left; }
.card td { padding: 32px; }
h1 { margin: 0 0 16px; font-size: 20px; line-height: 1.3; }
p { margin: 0 0 16px; }
.code { margin: 24px 0; padding: 16px; background: #f4f3ee; border-radius: 10px; font: 600 28px/1.2 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 4px; text-align: center; }
a { color: #14614f; overflow-wrap: anywhere; }
.small { color: #565a60; font-size: 14px; }
.house { margin: 24px 0 0; padding-top: 16px; border-top: 1px solid #dedbd3; color: #565a60; font-size: 14px; }
@media (prefers-color-scheme: dark) {
  body, .ground { background: #101214; color: #edebe6; }
  .card { background: #181b1e; border-color: #2e3338; color: #edebe6; }
  .code { background: #101214; }
  a { color: #6fd3b4; }
  .small, .house { color: #a9adb3; border-color: #2e3338; }
}`;

/** The same as HTML: nothing is fetched from anywhere, nobody sees that it was opened. @param house who writes */
export function htmlOf({ language, subject, paragraphs, code, link, small = [] }: Letter, house: string): string {
  const page = (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>{subject}</title>
        <style>{sheet}</style>
      </head>
      <body>
        <table role="presentation" class="ground">
          <tr>
            <td align="center">
              <table role="presentation" class="card">
                <tr>
                  <td>
                    <h1>{subject}</h1>
                    {paragraphs.map((paragraph) => (
                      <p key={paragraph}>{paragraph}</p>
                    ))}
                    {code !== undefined && <p class="code">{code}</p>}
                    {link !== undefined && (
                      <p>
                        <a href={link.to}>{link.words}</a>
                      </p>
                    )}
                    {small.map((sentence) => (
                      <p key={sentence} class="small">
                        {sentence}
                      </p>
                    ))}
                    <p class="house">{house}</p>
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  );
  return `<!doctype html>${renderToString(page)}`;
}
