import { z } from 'zod';
import { findAccount } from '../../core/accounts/store.ts';
import { type ApiToken, findApiToken } from '../../core/api-tokens/store.ts';
import type { Plugin } from '../../core/plugins/settings.ts';
import { realmAt } from '../../core/realms/settings.ts';
import type { House } from '../../house.ts';
import type { Answer, Asked, Route } from '../../http/route.ts';
import { insideAny } from '../../kernel/networks.ts';
import { programBudget } from '../../proving/budgets.ts';
import { chargeAll } from '../../proving/charging.ts';
import { answerAny, ask, look, type Said } from '../../proving/dialogue.ts';
import type { Gate } from '../../proving/gate.ts';
import type { Asker } from '../../proving/heard.ts';
import { verifyPin } from '../../proving/one-pin.ts';
import { finish, lookAtSent, trigger } from '../../proving/triggered.ts';
import { accepted, challenged, nothingTriggered, polled, rejected, tokenGiven } from './shapes.ts';
import { speak, unauthenticated } from './speak.ts';
import { words } from './words.ts';

const user = z.string().trim().min(1).max(254);
const transaction = z.string().min(1).max(64);
const more = { realm: z.string().max(254).optional(), client: z.string().max(64).optional() };

/** Of somebody, or of whoever has the hardware token of this serial number. */
const checking = z
  .object({
    user: user.optional(),
    serial: user.optional(),
    pass: z.string().max(1024),
    transaction_id: transaction.optional(),
    ...more,
  })
  .refine((given) => (given.user === undefined) !== (given.serial === undefined), {
    error: 'give user or serial',
    path: ['user'],
  });
type Checking = z.output<typeof checking> & { readonly user: string };

/** The addresses that plugins for privacyIDEA call, where the settings name one of them (`docs/privacyidea.md`). */
export function privacyideaRoutes(house: House): readonly Route[] {
  if (house.plugins.length === 0) return [];
  const { gate } = house;

  /** By a token of a program's own, from where it may be used, made for this. */
  async function serving(asked: Pick<Asked, 'address'>, secret: string): Promise<ApiToken | null> {
    const token = await findApiToken(gate, secret);
    return token?.scopes.includes('otp:trigger') && insideAny(token.networks, asked.address) ? token : null;
  }

  const byPassword = async (client: Plugin, asker: Asker, input: Checking): Promise<Answer> => {
    const { user: name, pass, transaction_id: secret } = input;
    if (secret !== undefined) return said(client, await answerAny(gate, asker, { secret, name, text: pass }));
    const { password, code } = split(pass, client);
    if (password === '') return rejected(gate, words[client.language].rejected);
    return said(client, await ask(gate, asker, { name, password, code }));
  };

  const byCode = async (client: Plugin, asker: Asker, input: Checking): Promise<Answer> => {
    const { user: name, pass, transaction_id: secret } = input;
    const { address } = asker;
    if (secret !== undefined) return verdict(client, await finish(gate, asker, { secret, name, text: pass, address }));
    const realm = realmAt(gate.realms, asker.application.id);
    const question = { caller: asker.name, realm, address, user: name, otp: pass, transaction: null };
    const came = pass === '' ? null : await verifyPin(gate, question);
    return verdict(client, came?.is === 'answered' && came.valid);
  };

  const verdict = (client: Plugin, valid: boolean): Answer =>
    valid ? accepted(gate, client) : rejected(gate, words[client.language].rejected);

  function said(client: Plugin, came: Said): Answer {
    if (came.is === 'yes') return accepted(gate, client);
    if (came.is === 'more') {
      const shown = came.others.filter(({ kind, method }) => kind === 'code' && gate.methods.get(method)?.pin);
      return challenged(gate, client, { secret: came.secret, ways: [came.way, ...shown], value: false });
    }
    return rejected(gate, whyNot(client, came));
  }

  function whyNot({ language }: Plugin, { because, help }: Said & { is: 'no' }): string {
    const say = words[language];
    if (because === 'wrong') return say.rejected;
    return help ?? (because === 'elsewhere' ? say.elsewhere(gate.publicUrl.host) : say[because]);
  }

  return [
    speak(house, {
      method: 'POST',
      path: '/validate/check',
      input: checking,
      async answer({ input, client, asker }) {
        const named = { ...input, user: input.user ?? (await nameOfBearer(gate, input.serial ?? '')) };
        return (client.pass === 'password' ? byPassword : byCode)(client, asker, named);
      },
    }),

    speak(house, {
      method: 'POST',
      path: '/auth',
      input: z.object({ username: z.string().max(254), password: z.string().max(254), ...more }),
      async answer({ asked, input }) {
        const token = await serving(asked, input.password);
        if (token === null || token.name !== input.username) return unauthenticated();
        return tokenGiven(gate, { name: token.name, secret: input.password, expiresAt: token.expiresAt });
      },
    }),

    speak(house, {
      method: 'POST',
      path: '/validate/triggerchallenge',
      input: z.object({ user, ...more }),
      async answer({ asked, input, client, asker }) {
        // As it is, behind `Bearer`, or as the last part of what `/auth` gave.
        const [, secret = ''] = /^(?:Bearer )?(?:[\w-]+\.[\w-]+\.)?([\w-]{43})$/i.exec(asked.sender.shown ?? '') ?? [];
        const token = client.pass === 'code' ? await serving(asked, secret) : null;
        if (token === null) return unauthenticated();
        const charged = await chargeAll(gate, [programBudget(`token:${token.name}`, gate.clock.now())]);
        if (charged.blockedUntil !== null) return nothingTriggered(gate, words[client.language].nothing);
        const { secret: begun, ways } = await trigger(gate, asker, input.user);
        if (ways.length === 0) return nothingTriggered(gate, words[client.language].nothing);
        return challenged(gate, client, { secret: begun, ways, value: ways.length });
      },
    }),

    speak(house, {
      method: 'GET',
      path: '/validate/polltransaction',
      input: z.object({ transaction_id: transaction, ...more }),
      answer: async ({ input, client, asker }) =>
        polled(gate, await (client.pass === 'password' ? look : lookAtSent)(gate, asker, input.transaction_id)),
    }),
  ];
}

/** What nobody has has no name of anybody’s: it is asked about like any name. */
async function nameOfBearer({ methods, database: { read } }: Gate, serial: string): Promise<string> {
  for (const { bearerOf } of methods.values()) {
    const bearer = (await bearerOf?.(read, serial)) ?? null;
    const account = bearer === null ? null : await findAccount(read, bearer);
    if (account !== null) return account.username;
  }
  return `no token ${serial}`;
}

/** A password, and the code that is typed behind it. */
function split(pass: string, { codeDigits }: Plugin): { password: string; code: string | null } {
  const found = new RegExp(`^(.+?)(\\d{${codeDigits}})$`, 's').exec(pass);
  return { password: found?.[1] ?? pass, code: found?.[2] ?? null };
}
