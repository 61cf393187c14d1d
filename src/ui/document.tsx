import type { ComponentChildren, JSX } from 'preact';
import type { Assets } from './assets.ts';
import type { Brand } from './brand.ts';
import type { Language } from './language.ts';

/** What every page needs to be one. */
export interface Frame {
  readonly language: Language;
  /** Of the one script that may run; empty where none may. */
  readonly nonce: string;
  readonly assets: Assets;
  readonly brand: Brand;
  /** Where this page is, for the links that change its language; empty where there are none. */
  readonly here: string;
  /** A module this page runs besides the common one. */
  readonly script?: string;
  /** Seconds until it is looked at again, where somebody elsewhere is waited for. */
  readonly again?: number;
}

export const Document = ({
  frame,
  title,
  children,
}: {
  frame: Frame;
  title: string;
  children: ComponentChildren;
}): JSX.Element => (
  <html lang={frame.language} dir="ltr">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#f4f3ee" media="(prefers-color-scheme: light)" />
      <meta name="theme-color" content="#101214" media="(prefers-color-scheme: dark)" />
      <title>{`${title} - ${frame.brand.name}`}</title>
      <link rel="icon" href={frame.assets.href('mark.svg')} type="image/svg+xml" />
      <link rel="stylesheet" href={frame.assets.href('styles.css')} />
      {frame.brand.accent !== undefined && <link rel="stylesheet" href={frame.assets.href('accent.css')} />}
      {frame.again !== undefined && (
        <noscript>
          <meta http-equiv="refresh" content={String(frame.again)} />
        </noscript>
      )}
      {scriptsOf(frame).map((name) => (
        <script key={name} type="module" src={frame.assets.href(name)} nonce={frame.nonce} />
      ))}
    </head>
    <body>{children}</body>
  </html>
);

const scriptsOf = ({ nonce, script }: Frame): readonly string[] =>
  nonce === '' ? [] : ['enhance.browser.js', ...(script === undefined ? [] : [script])];
