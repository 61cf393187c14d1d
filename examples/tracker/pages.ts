import type { Session } from './sessions.ts';
import type { Person } from './sign-in.ts';

const escaped: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (value: string): string => value.replaceAll(/[&<>"']/g, (letter) => escaped[letter] ?? '');

const button = (action: string, label: string, kind = ''): string =>
  `<form method="post" action="${action}"><button class="${kind}">${label}</button></form>`;

const document = (body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tracker</title>
<link rel="stylesheet" href="/tracker.css">
</head>
<body><div class="page">${body}</div></body>
</html>`;

const header = (person: Person | null): string => `<header>
<a class="home" href="/"><span class="mark" aria-hidden="true">T</span> Tracker</a>
${person === null ? '' : `<nav><a href="/">Project</a><a href="/notes">Notes</a></nav>${button('/sign-out', 'Sign out', 'quiet')}`}
</header>`;

const told = ({ told: message }: Session): string =>
  message === null ? '' : `<p class="told" role="status">${text(message)}</p>`;

export const welcomePage = (session: Session | null): string =>
  document(`${header(null)}
<main class="card narrow">
${session === null ? '' : told(session)}
<h1>Keep track of your work</h1>
<p class="soft">A small application that lets Sallyport look after who you are.</p>
${button('/sign-in', 'Sign in')}
</main>`);

const names: Readonly<Record<string, string>> = {
  'https://refeds.org/profile/sfa': 'one proof',
  'https://refeds.org/profile/mfa': 'two proofs of different kinds',
  phr: 'two proofs, safe against phishing',
  phrh: 'two proofs, safe against phishing, in hardware',
};

/** What the ID token says, as it came. */
const proof = ({ name, email, acr, amr, authTime }: Person): string => `<section class="card">
<h2>Who you are</h2>
<p class="soft">What Sallyport told Tracker when you came.</p>
<dl>
<dt>Name</dt><dd id="name">${text(name)}</dd>
<dt>Email</dt><dd>${text(email ?? '—')}</dd>
<dt>Proven by <code>acr</code></dt><dd><code id="acr">${text(acr)}</code><span class="soft">${text(names[acr] ?? '')}</span></dd>
<dt>With <code>amr</code></dt><dd id="amr">${amr.map((one) => `<code>${text(one)}</code>`).join(' ')}</dd>
<dt>At <code>auth_time</code></dt><dd><time id="auth-time" datetime="${new Date(authTime * 1000).toISOString()}">${new Date(authTime * 1000).toUTCString()}</time></dd>
</dl>
</section>`;

export function projectPage(session: Session, person: Person, isThere: boolean): string {
  const project = isThere
    ? `<h1>Orchard</h1>
<p class="soft">Twelve tasks, three of them for you. Deleting it cannot be undone, so Tracker asks you to confirm that it is you.</p>
${button('/delete', 'Delete project', 'danger')}`
    : `<h1>No project</h1>
<p class="soft">Orchard is deleted.</p>
${button('/restore', 'Begin a new one', 'second')}`;
  return document(
    `${header(person)}<main>${told(session)}<section class="card">${project}</section>${proof(person)}</main>`,
  );
}

/** Needs somebody to be signed in, and no more than that. */
export const notesPage = (session: Session, person: Person): string =>
  document(`${header(person)}<main>${told(session)}<section class="card">
<h1>Notes</h1>
<p>Water the young trees on Monday. Ask ${text(person.name)} about the ladder.</p>
<p class="soft">For reading these it is enough that you are signed in.</p>
</section></main>`);
