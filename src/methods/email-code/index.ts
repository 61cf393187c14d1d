import { maskAddress, readAddress } from '../../kernel/mail-address.ts';
import { byMessage } from '../../otp/by-message.ts';
import { askPage, confirmPage } from '../../otp/code-page.tsx';
import { hourIn, zoneIn } from '../../ui/moment.ts';
import { defineMethod } from '../method.ts';
import emailCodeSql from './0001-email-code.sql';
import { wherePage } from './pages.tsx';

import { emailCodeSettings } from './settings.ts';
import { letters, pages, words } from './words.ts';

const reads = {
  kinds: ['possession'],
  phishingResistant: false,
  hardware: false,
  recovery: false,
  // RFC 8176 has no word for mail: it is a password used once.
  amr: ['otp'],
  relayed: true,
} as const;

/** A code sent to a mailbox: whoever reads it there has it. */
export const method = defineMethod({
  id: 'email-code',
  role: 'second',
  onlyWhereNamed: true,
  reliesOn: 'mail',
  one: true,
  hangsOn: 'mailbox',
  icon: 'mail',
  words,
  settings: emailCodeSettings,
  migrations: [{ name: 'email-code/0001', sql: emailCodeSql }],
  sealed: [{ table: 'email_code', column: 'recipient', key: 'id' }],

  open(means, settings) {
    return byMessage(means, {
      method: 'email-code',
      channel: 'mail',
      evidence: reads,
      ...settings,
      fields: ['address'],
      read: ({ address = '' }) => readAddress(address),
      reaches: () => true,
      mask: maskAddress,
      write({ account, recipient, purpose, code, at, until, language }) {
        const hour = (moment: typeof at) => `${hourIn(language, moment)} ${zoneIn(language, moment)}`;
        const { subject, paragraphs, small } = letters[language][purpose];
        const said = { paragraphs: paragraphs(means.publicUrl.host, hour(until)), small: small(hour(at)) };
        return { account, channel: 'mail', recipient, letter: { language, subject, code, ...said } };
      },
      ask: (masked, waiting) => askPage(pages, masked, waiting),
      where: ({ address = '' }, taken) => wherePage(address, taken),
      confirm: (address, waiting) => confirmPage(pages, address, waiting),
    });
  },
});
