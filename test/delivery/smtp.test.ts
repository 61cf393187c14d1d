import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import type { Mail } from '../../src/core/delivery/courier.ts';
import { htmlOf } from '../../src/core/delivery/mail/letter.tsx';
import { mailSettings } from '../../src/core/delivery/mail/settings.ts';
import { openSmtp } from '../../src/core/delivery/mail/smtp.ts';
import type { Letter } from '../../src/store/outbox.ts';
import { makeAuthority } from '../support/authority.ts';

const authority = makeAuthority();
const letter: Letter = {
  language: 'en',
  subject: 'Your code',
  paragraphs: ['Hello Ann,', 'this is your code:'],
  code: '123456',
  small: ['You asked for this at 14:03 from Chrome on Windows. Not you?'],
};
const mail = (more: Partial<Mail> = {}): Mail =>
  ({ id: 'abc', account: 'ann', channel: 'mail', recipient: 'ann@example.org', letter, expiresAt: 0, ...more }) as Mail;

interface Taken {
  readonly to: readonly string[];
  readonly text: string;
  readonly secure: boolean;
  readonly user: unknown;
}
const opened: (() => void)[] = [];
afterEach(() => {
  for (const close of opened.splice(0)) close();
});

/** A mail server that takes everything, or refuses at one step. */
async function openServer(
  refuse: { at?: 'MAIL FROM' | 'RCPT TO' | 'DATA'; code?: number; port?: number; plain?: true } = {},
) {
  const taken: Taken[] = [];
  const refusal = (at: string) =>
    refuse.at === at
      ? Object.assign(new Error('5.1.1 <ann@example.org> is not here'), { responseCode: refuse.code })
      : null;
  const server = new SMTPServer({
    ...authority.pem,
    ...(refuse.plain && { disabledCommands: ['STARTTLS'] }),
    authOptional: true,
    logger: false,
    onAuth: ({ username, password }, _, done) =>
      username === 'post' && password === 'right' ? done(null, { user: username }) : done(new Error('no')),
    onMailFrom: (_, __, done) => done(refusal('MAIL FROM')),
    onRcptTo: (_, __, done) => done(refusal('RCPT TO')),
    onData(stream, session, done) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString('utf8');
      });
      stream.on('end', () => {
        const failure = refusal('DATA');
        const { envelope, secure, user } = session;
        if (failure === null) taken.push({ to: envelope.rcptTo.map(({ address }) => address), text, secure, user });
        done(failure);
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(refuse.port ?? 0, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => server.close(resolve));
  opened.push(() => void close());
  return { port: (server.server.address() as AddressInfo).port, taken, close };
}

const courier = (port: number, more: Record<string, unknown> = {}, network = {}) =>
  openSmtp(
    mailSettings.parse({
      host: 'localhost',
      port,
      from: 'Sallyport <no-reply@example.org>',
      ca: authority.ca,
      ...more,
    }),
    new URL('https://sallyport.example.org'),
    network,
  );

describe('mail', () => {
  test('goes by STARTTLS with a password, as text and as HTML, under the name of its row', async () => {
    const { port, taken } = await openServer();
    expect(await courier(port, { user: 'post', password: 'right', replyTo: 'help@example.org' })(mail())).toEqual({
      is: 'sent',
    });
    expect(taken).toEqual([expect.objectContaining({ to: ['ann@example.org'], secure: true, user: 'post' })]);
    const text = taken[0]?.text ?? '';
    for (const line of [
      /^Message-ID: <abc@sallyport.example.org>$/m,
      /^From: Sallyport <no-reply@example.org>$/m,
      /^Reply-To: help@example.org$/m,
      /^Auto-Submitted: auto-generated$/m,
      /^Content-Type: multipart\/alternative/m,
      /^ {4}123456$/m,
      /<p class=(3D)?"code">123456<\/p>/,
      /14:03 from Chrome on/,
    ])
      expect(text.replaceAll('\r\n', '\n')).toMatch(line);
    expect(text).not.toMatch(/https?:|<img|<script/);
    expect(text.length).toBeLessThan(102 * 1024);
  });

  test('says in the words of the house who writes, in the language of the letter, and nothing in place of the letter', async () => {
    const { port, taken } = await openServer();
    const words = {
      subject: '[Example] {subject}',
      closing: { en: ['Your service desk, $& 4711'], de: ['Ihre Hilfe'] },
    };
    expect(await courier(port, { words })(mail())).toEqual({ is: 'sent' });
    const [{ text = '' } = {}] = taken;
    expect(text).toMatch(/^Subject: \[Example\] Your code$/m);
    expect(text).toMatch(/14:03 from Chrome on[\s\S]*Your service desk, \$& 4711/);
    expect(text).not.toContain('Ihre Hilfe');
    for (const subject of ['', 'Example', '{subject} {subject}', '{subject}\r\nBcc: eve@example.org'])
      expect(mailSettings.safeParse({ host: 'm', from: 'a@b', words: { subject } }).success).toBe(false);
  });

  test('a wrong password, a server without TLS, and a certificate of nobody known: nothing is sent, and all is down', async () => {
    const { port, taken } = await openServer();
    expect(await courier(port, { user: 'post', password: 'wrong' })(mail())).toMatchObject({
      is: 'down',
      why: expect.stringMatching(/^EAUTH 535/),
    });
    expect(await courier(port, { ca: undefined })(mail())).toMatchObject({
      is: 'down',
      why: expect.stringMatching(/^E\w+ .*certificate/),
    });
    expect(await courier(port, { ca: makeAuthority().ca })(mail())).toMatchObject({ is: 'down' });
    const plain = await openServer({ plain: true });
    expect(await courier(plain.port, { user: 'post', password: 'right' })(mail())).toMatchObject({ is: 'down' });
    expect([...taken, ...plain.taken]).toEqual([]);
  });

  test('the house’s own authority is believed for mail too', async () => {
    const { port, taken } = await openServer();
    expect(await courier(port, { ca: undefined }, { ca: authority.ca })(mail())).toEqual({ is: 'sent' });
    expect(taken).toHaveLength(1);
  });

  test('a server that is gone is down, and takes it when it is back', async () => {
    const server = await openServer();
    const send = courier(server.port);
    await server.close();
    expect(await send(mail())).toMatchObject({ is: 'down', why: expect.stringContaining('ECONNREFUSED') });
    const back = await openServer({ port: server.port });
    expect(await send(mail())).toEqual({ is: 'sent' });
    expect(back.taken).toHaveLength(1);
  });

  test.each([
    ['RCPT TO', 450, 'later'],
    ['RCPT TO', 550, 'refused'],
    ['DATA', 451, 'later'],
    ['DATA', 554, 'refused'],
    ['RCPT TO', 421, 'down'],
    ['MAIL FROM', 550, 'down'],
  ] as const)('refused at %s with %i it is %s, told by numbers alone', async (at, code, is) => {
    const { port, taken } = await openServer({ at, code });
    const outcome = await courier(port)(mail());
    expect(outcome).toEqual({ is, why: expect.stringContaining(`${code} 5.1.1`) });
    expect(JSON.stringify(outcome)).not.toContain('ann@');
    expect(taken).toEqual([]);
  });

  test('no subject makes a header, and no address makes two', async () => {
    const { port, taken } = await openServer();
    const send = courier(port);
    const subject = 'Hello\r\nBcc: eve@example.org\r\n\r\n<b>there';
    expect(await send(mail({ letter: { ...letter, subject } }))).toEqual({ is: 'sent' });
    expect(taken).toEqual([expect.objectContaining({ to: ['ann@example.org'] })]);
    expect(taken[0]?.text.split('\r\n\r\n')[0]).not.toMatch(/^Bcc/im);
    for (const recipient of [
      'ann@example.org, eve@example.org',
      'ann@example.org\r\nBcc: eve@example.org',
      'ann@example.org> SIZE=1\r\nRCPT TO:<eve@example.org',
      'Ann <ann@example.org>',
      'ann',
      '',
    ])
      expect(await send(mail({ recipient }))).toMatchObject({ is: 'refused' });
    expect(taken).toHaveLength(1);
  });

  test('what a letter says is text in its HTML', () => {
    const html = htmlOf({ ...letter, paragraphs: ['<script>alert(1)</script>'], subject: '<img src=x>' }, 'here');
    expect(html).toContain('&lt;script>alert(1)');
    expect(html).not.toMatch(/<img|<script/);
  });

  test('goes through the proxy where there is one, unless the server is reached straight', async () => {
    const { port, taken } = await openServer();
    const asked: unknown[] = [];
    const proxy = createServer().on('connect', (request, inside) => {
      asked.push(request.url);
      const outside = connect(port, '127.0.0.1', () => {
        inside.write('HTTP/1.1 200 OK\r\n\r\n');
        outside.pipe(inside).pipe(outside);
      });
      for (const end of [outside, inside]) end.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    opened.push(() => proxy.close());
    const network = { proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
    expect(await courier(port, {}, network)(mail())).toEqual({ is: 'sent' });
    expect(asked).toEqual([`localhost:${port}`]);
    await courier(port, {}, { ...network, noProxy: ['localhost'] })(mail());
    await courier(port, { proxy: 'none' }, network)(mail());
    expect(asked).toHaveLength(1);
    expect(taken).toHaveLength(3);
  });
});
