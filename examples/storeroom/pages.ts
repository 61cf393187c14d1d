import type { Verdict } from './one-pin.ts';

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const text = (value: string): string => value.replaceAll(/[&<>"]/g, (letter) => escaped[letter] ?? '');

const document = (body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Storeroom</title>
<link rel="stylesheet" href="/storeroom.css">
</head>
<body><main>${body}</main></body>
</html>`;

const told: Readonly<Record<Verdict['is'], (wait: number | null) => string>> = {
  yes: () => '',
  no: () => 'Name, password or PIN is not right.',
  unavailable: () => 'The PIN cannot be checked at the moment. Nobody is let in without it.',
  wait: (wait) =>
    wait === null
      ? 'Too many wrong PINs. Ask your help desk.'
      : `Too many wrong PINs. Wait ${Math.ceil(wait / 60)} minutes.`,
};

/** Its own form: everything on one page, as applications have it that know no sign-in server. */
export const signInPage = (verdict: Verdict | null, name: string): string =>
  document(`<h1>Storeroom</h1>
<p class="soft">Shelves and boxes, with a sign-in form of their own.</p>
${verdict === null ? '' : `<p class="told" role="alert">${told[verdict.is]('wait' in verdict ? verdict.wait : null)}</p>`}
<form method="post" action="/sign-in">
<label for="name">Name</label>
<input id="name" name="name" value="${text(name)}" autocomplete="username" required>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<label for="pin">PIN</label>
<input id="pin" name="pin" inputmode="numeric" autocomplete="one-time-code" maxlength="16" required>
<button>Sign in</button>
</form>`);

export const storePage = (name: string): string =>
  document(`<h1>Shelf 12</h1>
<p>Lamp oil, two coils of rope, and one lantern that ${text(name)} put back yesterday.</p>
<form method="post" action="/sign-out"><button class="quiet">Sign out</button></form>`);
