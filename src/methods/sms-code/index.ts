import { byMessage } from '../../otp/by-message.ts';
import { askPage, confirmPage } from '../../otp/code-page.tsx';
import { defineMethod } from '../method.ts';
import smsCodeSql from './0001-sms-code.sql';
import { wherePage } from './pages.tsx';
import { maskNumber, originBound, reaches, readNumber, spaced } from './rules.ts';
import { smsCodeSettings } from './settings.ts';
import { pages, texts, words } from './words.ts';

const receives = {
  kinds: ['possession'],
  phishingResistant: false,
  hardware: false,
  recovery: false,
  amr: ['sms'],
  relayed: true,
} as const;

/** A code sent to a phone: whoever has the number has it. */
export const method = defineMethod({
  id: 'sms-code',
  role: 'second',
  onlyWhereNamed: true,
  reliesOn: 'sms',
  one: true,
  hangsOn: 'phone',
  icon: 'message',
  words,
  settings: smsCodeSettings,
  migrations: [{ name: 'sms-code/0001', sql: smsCodeSql }],
  sealed: [{ table: 'sms_code', column: 'recipient', key: 'id' }],

  open(means, settings) {
    const { countries, codeMinutes } = settings;
    return byMessage(means, {
      method: 'sms-code',
      channel: 'sms',
      evidence: receives,
      ...settings,
      unasked: true,
      fields: ['country', 'number'],
      read: ({ country = '', number = '' }) => readNumber(number, country, settings),
      reaches: (number) => reaches(number, settings),
      mask: maskNumber,
      write({ account, recipient, purpose, code, language }) {
        const text = `${texts[language][purpose](code, codeMinutes)}\n\n${originBound(means.publicUrl.hostname, code)}`;
        return { account, channel: 'sms', recipient, text };
      },
      ask: (masked, waiting) => askPage(pages, masked, waiting),
      where: ({ country = '', number = '' }, taken) => wherePage(countries, { country, number }, taken),
      confirm: (number, waiting) => confirmPage(pages, spaced(number), waiting),
    });
  },
});
