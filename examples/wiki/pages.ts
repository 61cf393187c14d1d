import type { Person } from './sign-in.ts';

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (value: string): string => value.replaceAll(/[&<>"]/g, (letter) => escaped[letter] ?? '');

const document = (body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Wiki</title>
<link rel="stylesheet" href="/wiki.css">
</head>
<body><main>${body}</main></body>
</html>`;

const button = (action: string, label: string): string =>
  `<form method="post" action="${action}"><button>${label}</button></form>`;

export const welcomePage = (told: string): string =>
  document(`<h1>Wiki</h1>
<p class="soft">Pages that everybody writes, for whoever Sallyport knows.</p>
${told === '' ? '' : `<p class="told" role="alert">${text(told)}</p>`}
${button('/sign-in', 'Sign in')}`);

/** What the assertion says, as it came. */
export const wikiPage = ({ name, email, nameId, proven }: Person, told: string): string =>
  document(`<h1>The handbook</h1>
${told === '' ? '' : `<p role="status">${text(told)}</p>`}
<dl>
<dt>Name</dt><dd id="name">${text(name)}</dd>
<dt>Email</dt><dd>${text(email)}</dd>
<dt>NameID</dt><dd id="name-id"><code>${text(nameId)}</code></dd>
<dt>Proven</dt><dd id="proven"><code>${text(proven)}</code></dd>
</dl>
<p class="soft">To change it, two proofs are asked for.</p>
${button('/edit', 'Edit the page')}
${button('/sign-out', 'Sign out here')}`);
