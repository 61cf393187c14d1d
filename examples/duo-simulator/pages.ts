import { type Answer, type Switch, switches, type Tenant, type Transaction, type User } from './tenant.ts';

const escaped: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (value: string): string => value.replaceAll(/[&<>"']/g, (letter) => escaped[letter] ?? '');

const form = (action: string, fields: Readonly<Record<string, string>>, inside: string, kind = ''): string =>
  `<form method="post" action="${action}" class="${kind}">${Object.entries(fields)
    .map(([name, value]) => `<input type="hidden" name="${name}" value="${text(value)}">`)
    .join('')}${inside}</form>`;
const button = (name: string, value: string, label: string, kind = ''): string =>
  `<button name="${name}" value="${value}" class="${kind}">${label}</button>`;

const document = (title: string, body: string, head = ''): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="stylesheet" href="/phones.css">
${head}
</head>
<body>${body}</body>
</html>`;

/** Everybody's phone, and how Duo behaves today. */
export const phonePage = (tenant: Tenant): string =>
  document(
    'Duo simulator',
    `<main data-version="${tenant.version}">
<header><h1>Duo simulator</h1><p class="soft">What the phones of the demonstration show. Nothing here is Duo’s: it only speaks like it.</p></header>
<section class="phones" aria-label="Phones">${tenant.users.map((user) => phone(tenant, user)).join('') || '<p class="soft">Nobody has a phone here yet. Register one on Sallyport’s page.</p>'}</section>
<section class="card"><h2>What happens at Duo</h2>${form('/switches', {}, `${rows(tenant)}<button class="second start">Set</button>`)}</section>
</main>`,
    '<script src="/phones.js" defer></script>',
  );

const rows = ({ on }: Tenant): string =>
  Object.entries(switches)
    .map(
      ([name, what]) =>
        `<label class="check"><input type="checkbox" name="${name}"${on.has(name as Switch) ? ' checked' : ''}> ${what}</label>`,
    )
    .join('');

function phone(tenant: Tenant, user: User): string {
  const head = `<h2>${text(user.name)}</h2>`;
  if (!user.active)
    return `<article class="phone">${head}<p class="soft">This phone is not registered yet.</p>${form('/activate', { activation: user.activation }, '<button>Register this phone</button>')}</article>`;
  const pending = tenant.pending(user);
  const texts = user.texts.map((code) => `<code>${code}</code>`).join(' ');
  return `<article class="phone">${head}
${pending.map((one) => request(one)).join('') || '<p class="soft quiet">Nothing to answer.</p>'}
<dl><dt>Passcode</dt><dd><code class="passcode">${user.passcode.slice(0, 3)} ${user.passcode.slice(3)}</code></dd>
${texts === '' ? '' : `<dt>Text message</dt><dd class="texts">${texts}</dd>`}
<dt>Bypass code</dt><dd><code>${user.bypassCode}</code></dd></dl>
</article>`;
}

const kinds = { push: 'Are you logging in to', phone: 'A call from', sms: '' } as const;

/** What is asked, for what, from where, when: whoever looks can tell whether it is theirs. */
function request({ id, application, place, at, number, factor }: Transaction): string {
  const when = new Date(at);
  const typed =
    number === null
      ? ''
      : '<label>The number on your screen <input name="number" inputmode="numeric" autocomplete="off" required></label>';
  return form(
    '/answer',
    { id },
    `<p>${kinds[factor]} <b>${text(application)}</b>?</p>
<p class="soft">${place === '' ? '' : `from ${text(place)}, `}<time datetime="${when.toISOString()}">${when.toISOString().slice(11, 19)} UTC</time></p>
${typed}
<div class="bar">${button('answer', 'allow', 'Approve')}<button name="answer" value="deny" class="second" formnovalidate>Deny</button></div>
<button name="answer" value="fraud" class="plain" formnovalidate>This wasn’t me</button>`,
    'request',
  );
}

/** The link in the QR code was followed. */
export const activatePage = (user: User): string =>
  document(
    'Register this phone',
    `<main><section class="card narrow"><h1>Register this phone</h1>
<p class="soft">Duo Mobile will answer for <b>${text(user.name)}</b> from now on.</p>
${form('/activate', { activation: user.activation }, '<button>Register this phone</button>')}</section></main>`,
  );

interface Prompted {
  readonly id: string;
  readonly user: User;
  readonly transaction: Transaction | null;
}

const told: Readonly<Record<Answer, string>> = {
  waiting: 'Look at your phone and approve.',
  allow: '',
  sent: 'Passcodes are on their way to your phone.',
  deny: 'That was not approved. Try again.',
  fraud: 'It was reported that this was not you.',
  timeout: 'Nobody answered. Try again.',
};

/** The Universal Prompt: Duo's own page, where a person picks how they prove it. */
export function promptPage({ id, user, transaction }: Prompted, answer: Answer | null): string {
  const number = transaction?.number ?? null;
  const waits = answer === 'waiting';
  const message = answer === null ? '' : `<p role="status">${told[answer]}</p>`;
  const shown = waits && number !== null ? `<p class="number">${number}</p>` : '';
  const ways = user.active
    ? `<div class="stack">${button('factor', 'push', 'Duo Push')}${button('factor', 'phone', 'Call my phone', 'second')}</div>
<label>Passcode <input name="passcode" inputmode="numeric" autocomplete="one-time-code"></label>
${button('factor', 'passcode', 'Verify', 'second')}`
    : `<p class="soft">You have no phone at Duo yet.</p>${button('factor', 'register', 'Register a phone')}`;
  return document(
    'Duo',
    `<main><section class="card narrow"><h1>${waits ? 'Check for a Duo Push' : 'Check how you log in'}</h1>
<p class="soft">Sallyport asks that you are <b>${text(user.name)}</b>.</p>${message}${shown}
${form('/oauth/v1/prompt', { id }, `${waits ? '' : ways}${button('factor', 'cancel', 'Cancel', 'plain')}`, 'stack')}</section></main>`,
    waits ? `<meta http-equiv="refresh" content="1;url=/oauth/v1/prompt?id=${id}">` : '',
  );
}
