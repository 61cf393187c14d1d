import { TOTP } from 'otpauth';
import { textOf } from '../../core/delivery/mail/letter.tsx';
import { listMessages } from '../../core/delivery/store.ts';
import { listDemoSecrets } from '../../core/demo/store.ts';
import { frameOf, type House } from '../../house.ts';
import { defineRoute, type Route } from '../../http/route.ts';
import { dateOf, seconds } from '../../kernel/clock.ts';
import { momentIn } from '../../ui/moment.ts';
import { outboxPage } from './pages.tsx';

const period = seconds(30);
const howMany = 50;

/** The pages of `sallyport demo`, and of nothing else: what is sent, and what the demo accounts' phones would show. */
export function demoRoutes(house: House): readonly Route[] {
  const { gate } = house;
  const { database, clock } = gate;

  async function codes() {
    const now = clock.now();
    const secondsLeft = Math.ceil((period - (now % period)) / 1000);
    const all = await listDemoSecrets(database.read, gate);
    return all.map(({ username, secret }) => ({
      username,
      code: new TOTP({ secret }).generate({ timestamp: now }),
      secondsLeft,
    }));
  }
  const messages = async () =>
    (await listMessages(gate, howMany)).map((message) => ({
      at: message.at,
      channel: message.channel,
      recipient: message.recipient,
      ...(message.channel === 'mail'
        ? { subject: message.letter.subject, body: textOf(message.letter) }
        : { subject: message.text.split('\n', 1)[0] ?? '', body: message.text }),
    }));

  return [
    defineRoute({
      method: 'GET',
      path: '/demo/outbox',
      binding: 'none',
      async answer(asked) {
        const told = (await messages()).map((message) => ({
          ...message,
          when: momentIn(asked.language, message.at, { now: clock.now() }),
        }));
        const frame = frameOf(house, asked, '/demo/outbox');
        return { is: 'page', page: outboxPage(frame, { codes: await codes(), messages: told }) };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/demo/outbox.json',
      binding: 'none',
      async answer() {
        const told = (await messages()).map(({ at, ...message }) => ({ ...message, at: dateOf(at).toISOString() }));
        return { is: 'json', body: { codes: await codes(), messages: told } };
      },
    }),
  ];
}
