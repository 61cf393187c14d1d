import { deflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { findAccount } from '../../core/accounts/store.ts';
import type { Session } from '../../core/sessions/store.ts';
import { frameOf, type House, visitOf } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { minutes, shift } from '../../kernel/clock.ts';
import { open, SealError, seal } from '../../kernel/seal.ts';
import { signOut } from '../../proving/acts.ts';
import { indexOf, refusedAnswer } from './answering.ts';
import { openSamlKeys } from './keys.ts';
import { type Message, messageInForm, messageInQuery } from './messages.ts';
import { addressOf, entityIdOf, paths } from './metadata.ts';
import { findPersistentName } from './name-ids.ts';
import { ns, refusals, success } from './names.ts';
import { carryPage } from './pages.tsx';
import type { Logout, Provider } from './providers.ts';
import { Refused } from './refused.ts';
import { moment, newMessageId, statusCode } from './responses.ts';
import { type Signer, signed, signedBeside } from './signing.ts';
import { readSpoken, type Spoken } from './spoken.ts';
import { childrenOf, escaped, onlyChild, tag, wordsIn } from './xml.ts';

/** What an application wants ended. Carried by the browser, sealed, from where no cookie came to where ours do (D36). */
const ending = z.object({
  application: z.string(),
  request: z.string(),
  indexes: z.array(z.string()),
  name: z.string(),
  relayState: z.string().nullable(),
  until: z.number(),
});
type Ending = z.output<typeof ending>;

const place = { table: 'saml', column: 'logout', row: '' };
const goOnPath = `${paths.slo}/go`;

/** Single logout on an application's word (Profiles 4.4): it ends our session, if that is the one it means. */
export function logoutRoutes(house: House, providers: readonly Provider[]): readonly Route[] {
  const { gate } = house;
  const { ring, chance, clock } = gate;

  /** Only what is signed: anybody else would sign people out by a link. */
  async function receive(asked: Asked, message: Message | null): Promise<Answer> {
    try {
      const expected = { name: 'LogoutRequest', destination: addressOf(house, 'slo'), now: clock.now() } as const;
      const spoken = readSpoken(message, providers, expected);
      const { application } = spoken.provider;
      if (!spoken.isSigned) throw new Refused('unsigned', application.id);
      if (answersAt(spoken.provider) === null) throw new Refused('unknown-consumer', application.id);
      const wish = readEnding(spoken, message?.relayState ?? null);
      const text = JSON.stringify({ ...wish, until: shift(clock.now(), minutes(5)) });
      return { is: 'redirect', to: `${goOnPath}?${new URLSearchParams({ end: seal(ring, chance, place, text) })}` };
    } catch (failure) {
      if (failure instanceof Refused) return refusedAnswer(house, asked, failure);
      throw failure;
    }
  }

  /** @throws Problem for what is not ours, or was kept for later */
  function read(sealed: string): Ending {
    try {
      const wish = ending.parse(JSON.parse(open(ring, place, sealed)));
      if (wish.until > clock.now()) return wish;
    } catch (failure) {
      if (!(failure instanceof SealError)) throw failure;
    }
    throw new Problem('attempt-gone', 'no sign-out that was asked for lately');
  }

  /** Is it the session that is here? By the index that it was told of, else by whose it is. */
  async function isMeant(session: Session, { application, indexes, name }: Ending): Promise<boolean> {
    if (indexes.length > 0) return indexes.includes(indexOf(gate, session.id, application));
    const { read: handle } = gate.database;
    const account = await findAccount(handle, session.account);
    const persistent = await findPersistentName(handle, session.account, application);
    return [persistent, account?.email, account?.username].includes(name);
  }

  return [
    defineRoute({
      method: 'GET',
      path: paths.slo,
      binding: 'none',
      answer: (asked) => receive(asked, messageInQuery(asked.rawQuery, 'SAMLRequest')),
    }),
    defineRoute({
      method: 'POST',
      path: paths.slo,
      binding: 'message',
      form: z.object({ SAMLRequest: z.string(), RelayState: z.string().optional() }),
      answer: (asked) => receive(asked, messageInForm(asked.form.SAMLRequest, asked.form.RelayState ?? null)),
    }),
    defineRoute({
      method: 'GET',
      path: goOnPath,
      binding: 'none',
      query: z.strictObject({ end: z.string().max(16_384) }),
      async answer(asked) {
        const wish = read(asked.query.end);
        const provider = providers.find(({ application }) => application.id === wish.application);
        const to = provider === undefined ? null : answersAt(provider);
        if (provider === undefined || to === null) throw new Problem('attempt-gone', 'the application is gone');
        const { session } = asked;
        const isOver = session === null || (await isMeant(session, wish));
        if (session !== null && isOver) await signOut(gate, session, 'here', await visitOf(house, asked));
        const answer = await answerTo(house, asked, { provider, to, wish, isOver });
        return isOver ? { ...answer, cookies: { session: null, attempt: null } } : answer;
      },
    }),
  ];
}

function readEnding({ root, provider }: Spoken, relayState: string | null): Omit<Ending, 'until'> {
  const name = wordsIn(onlyChild(root, ns.assertion, 'NameID'));
  if (name === null || name === '') throw new Refused('malformed', provider.application.id);
  return {
    application: provider.application.id,
    request: root.getAttribute('ID') ?? '',
    indexes: childrenOf(root, ns.protocol, 'SessionIndex').map((one) => wordsIn(one) ?? ''),
    name,
    relayState,
  };
}

/** By a form where it takes one: an address is only so long. */
const answersAt = ({ logouts }: Provider): Logout | null =>
  logouts.find(({ binding }) => binding === 'post') ?? logouts[0] ?? null;

async function answerTo(
  house: House,
  asked: Asked,
  { provider, to, wish, isOver }: { provider: Provider; to: Logout; wish: Ending; isOver: boolean },
): Promise<Answer> {
  const { signer } = await openSamlKeys(house.gate);
  const [whose, why] = refusals['somebody-else'];
  const response = tag(
    'samlp:LogoutResponse',
    {
      'xmlns:samlp': ns.protocol,
      'xmlns:saml': ns.assertion,
      ID: newMessageId(house.gate),
      Version: '2.0',
      IssueInstant: moment(house.gate.clock.now()),
      Destination: to.responseUrl,
      InResponseTo: wish.request,
    },
    tag('saml:Issuer', {}, escaped(entityIdOf(house))),
    tag('samlp:Status', {}, isOver ? statusCode(success) : statusCode(whose, statusCode(why))),
  );
  const relay = wish.relayState === null ? {} : { RelayState: wish.relayState };
  if (to.binding === 'redirect') return { is: 'redirect', to: inAddress(to.responseUrl, response, relay, signer) };
  const xml = signed(response, signer, 'after-issuer');
  const fields = { SAMLResponse: Buffer.from(xml).toString('base64'), ...relay };
  const { name: application } = provider.application;
  const page = carryPage(frameOf(house, asked, '/sign-in'), { to: to.responseUrl, application, fields });
  return { is: 'page', page, formTargets: [new URL(to.responseUrl).origin] };
}

/** Packed, and signed beside (Bindings 3.4.4.1). */
function inAddress(to: string, xml: string, relay: Record<string, string>, signer: Signer): string {
  const fields = { SAMLResponse: deflateRawSync(xml).toString('base64'), ...relay };
  const query = signedBeside(new URLSearchParams(fields).toString(), signer);
  return `${to}${to.includes('?') ? '&' : '?'}${query}`;
}
