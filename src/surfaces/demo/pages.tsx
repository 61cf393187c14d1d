import type { JSX } from 'preact';
import type { Frame } from '../../ui/document.tsx';
import { Shell } from '../../ui/shell.tsx';
import { words } from './words.ts';

interface DemoCode {
  readonly username: string;
  readonly code: string;
  readonly secondsLeft: number;
}

interface DemoMessage {
  readonly when: string;
  readonly channel: string;
  readonly recipient: string;
  readonly subject: string;
  readonly body: string;
}

/** What a phone and a mailbox would show. */
export function outboxPage(
  frame: Frame,
  { codes, messages }: { codes: readonly DemoCode[]; messages: readonly DemoMessage[] },
): JSX.Element {
  const say = words[frame.language];
  const places = [
    { href: '/demo/outbox', name: say.places.outbox, icon: 'list' as const },
    { href: '/account', name: say.places.account, icon: 'person' as const },
  ];
  return (
    <Shell frame={frame} title={say.title} lead={say.lead} label={say.label} places={places}>
      <section class="stack">
        <h2>{say.codes}</h2>
        <ul class="ways">
          {codes.map(({ username, code, secondsLeft }) => (
            <li key={username} class="way">
              <span>
                <b>
                  <bdi>{username}</bdi>
                </b>
                <span class="soft small">{say.left(secondsLeft)}</span>
              </span>
              <bdi class="secret" dir="ltr">
                {code.slice(0, 3)} {code.slice(3)}
              </bdi>
            </li>
          ))}
        </ul>
      </section>
      <section class="stack">
        <h2>{say.messages}</h2>
        {messages.length === 0 && <p class="soft">{say.none}</p>}
        <ul class="ways">
          {messages.map(({ when, channel, recipient, subject, body }, index) => (
            <li key={index} class="way">
              <article>
                <b>{subject}</b>
                <p class="soft small">
                  {channel} {say.to(recipient)} · {when}
                </p>
                {body
                  .trim()
                  .split('\n\n')
                  .map((paragraph) => (
                    <p key={paragraph}>{paragraph}</p>
                  ))}
              </article>
            </li>
          ))}
        </ul>
      </section>
    </Shell>
  );
}
