import { createTransport } from 'nodemailer';
import { secretOf } from '../../../config/secret.ts';
import { seconds } from '../../../kernel/clock.ts';
import { authorities, isDirect, type Network } from '../../../kernel/network.ts';
import { type Couriers, type Mail, type Outcome, surprise } from '../courier.ts';
import { htmlOf, inFrame, textOf } from './letter.tsx';
import type { MailSettings } from './settings.ts';

/** One address and nothing that a header or an envelope could take for more (RFC 5321, 4.1.2, without its quoting). */
const address = /^[^\s@<>()[\],;:\\"\p{Cc}]+@[^\s@<>()[\],;:\\"\p{Cc}]+$/u;
const patience = seconds(10);

/** Brings mail to a server that passes it on. @param publicUrl whose mail it is */
export function openSmtp(settings: MailSettings, publicUrl: URL, network: Network): NonNullable<Couriers['mail']> {
  const { host, port, tls, user, from, replyTo } = settings;
  const proxy = proxyFor(settings, network);
  const transport = createTransport({
    host,
    port,
    name: publicUrl.hostname,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    tls: { ca: authorities(network.ca, settings.ca) },
    ...(user !== undefined && { auth: { user, pass: secretOf(settings.password, settings.passwordFile) ?? '' } }),
    ...(proxy !== undefined && { proxy }),
    dnsTimeout: patience,
    connectionTimeout: patience,
    greetingTimeout: patience,
    socketTimeout: patience,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  const written = ({ id, recipient, letter: said }: Mail) => {
    const letter = inFrame(said, settings.words);
    return {
      from,
      ...(replyTo !== undefined && { replyTo }),
      to: { name: '', address: recipient },
      subject: letter.subject.replaceAll(/\p{Cc}+/gu, ' '),
      text: textOf(letter),
      html: htmlOf(letter, publicUrl.host),
      messageId: `<${id}@${publicUrl.hostname}>`,
      // Nobody's holiday answers this (RFC 3834, 5).
      headers: { 'Auto-Submitted': 'auto-generated' },
    };
  };

  return async (mail) => {
    if (!address.test(mail.recipient)) return { is: 'refused', why: 'not an address' };
    try {
      await transport.sendMail(written(mail));
      return { is: 'sent' };
    } catch (failure) {
      return outcomeOf(failure as SmtpFailure);
    }
  };
}

function proxyFor({ host, proxy }: MailSettings, network: Network): string | undefined {
  if (proxy !== undefined) return proxy === 'none' ? undefined : proxy;
  return isDirect(host, network) ? undefined : network.proxy;
}

interface SmtpFailure {
  readonly code?: string;
  readonly message: string;
  /** What was said when it was refused. */
  readonly command?: string;
  readonly response?: string;
}

/** An answer of the server, with its enhanced status if it has one (RFC 3463). */
const answer = /(?:^|: )([245]\d\d)[ -](?:(\d\.\d{1,3}\.\d{1,3})\b)?/;
/** These are about the line, not about a person: their words say what to repair. */
const line = new Set(['ECONNECTION', 'ESOCKET', 'ETIMEDOUT', 'ETLS', 'EDNS', 'EPROXY']);
/** Refused here, it is the letter or its reader that is not taken; anywhere else, it is us. */
const aboutThisOne = new Set(['RCPT TO', 'DATA']);

/** RFC 5321, 4.2.1: 4xx is for now, 5xx for good. The text of an answer may name the reader: only its numbers are told. */
function outcomeOf(failure: SmtpFailure): Outcome {
  const { code = '', command = '', response, message } = failure;
  const [, status, enhanced] = answer.exec(response ?? message) ?? [];
  if (status === undefined) return line.has(code) ? { is: 'down', why: `${code} ${message}` } : surprise(failure);
  const why = [code, status, enhanced].filter((part) => part !== undefined).join(' ');
  if (!aboutThisOne.has(command) || status === '421') return { is: 'down', why };
  return { is: status < '5' ? 'later' : 'refused', why };
}
