import { z } from 'zod';
import { type Policy, policyDocument, readPolicy } from '../../core/policies/document.ts';
import { findLatest, findVersion, listVersions, type Version } from '../../core/policies/store.ts';
import type { House } from '../../house.ts';
import { Problem } from '../../http/problems.ts';
import { type Answer, type Asked, defineRoute, type Route } from '../../http/route.ts';
import { dateOf } from '../../kernel/clock.ts';
import { applyPolicy, weighPolicy } from '../../proving/policies.ts';
import { callerIn } from './caller.ts';

/** Whatever it is, the policy's own schema reads it: all that is wrong with it is said at once. */
const document = z.looseObject({});

const moment = z.iso.datetime();
const version = z.strictObject({ version: z.int(), at: moment, author: z.string() });
const weighed = z.strictObject({ warnings: z.array(z.string()) });

/** The policy for programs: what the command line does, by the same rules. Its version is its entity tag (RFC 9110, 8.8.3). */
export function policyRoutes({ gate, nameable }: House): readonly Route[] {
  const { read } = gate.database;
  const tagOf = (version: number) => `"${version}"`;
  const told = ({ version, at, author }: Version) => ({ version, at: dateOf(at).toISOString(), author });

  function readable(given: unknown): Policy {
    const found = readPolicy(given, nameable);
    if (found.is === 'bad') throw new Problem('policy-refused', 'it cannot be read', found.mistakes);
    return found.config;
  }

  /** The version that whoever changes it has seen: without one, a change could undo another unseen (RFC 6585, 3). */
  function seen({ ifMatch }: Asked): number {
    if (ifMatch === null) throw new Problem('precondition-required');
    const number = /^"(\d{1,9})"$/.exec(ifMatch)?.[1];
    if (number === undefined) throw new Problem('precondition-failed', 'no such tag');
    return Number(number);
  }

  return [
    defineRoute({
      method: 'GET',
      path: '/api/v1/policy',
      binding: 'bearer',
      scope: 'policy:read',
      doc: {
        summary: 'The policy in force. Version 0 is the configuration file’s.',
        answers: z.strictObject({
          version: z.int(),
          at: moment.nullable(),
          author: z.string().nullable(),
          policy: policyDocument,
        }),
        versioned: 'read',
      },
      async answer() {
        const version = await findLatest(read);
        const found = version === 0 ? null : await findVersion(read, version);
        const whose = found === null ? { version: 0, at: null, author: null } : told(found);
        const policy = found?.policy ?? (await gate.policy(read));
        return { is: 'json', body: { ...whose, policy }, tag: tagOf(version) };
      },
    }),
    defineRoute({
      method: 'PUT',
      path: '/api/v1/policy',
      binding: 'bearer',
      scope: 'policy:write',
      form: document,
      doc: {
        summary: 'Puts another policy in force, whole.',
        takes: policyDocument,
        answers: weighed.extend({ version: z.int() }),
        refuses: ['policy-refused', 'precondition-failed', 'precondition-required'],
        versioned: 'change',
      },
      async answer(asked): Promise<Answer> {
        const after = seen(asked);
        const { id: program, name } = callerIn(asked);
        const office = { actor: `token:${name}`, address: asked.address, program };
        const applied = await applyPolicy(gate, office, { policy: readable(asked.form), after });
        if (applied.is === 'refused') throw new Problem('policy-refused', 'it shuts out', applied.mistakes);
        if (applied.is === 'outrun') throw new Problem('precondition-failed', `it is ${applied.version}`);
        const { version, warnings } = applied;
        return { is: 'json', body: { version, warnings }, tag: tagOf(version) };
      },
    }),
    defineRoute({
      method: 'POST',
      path: '/api/v1/policy/check',
      binding: 'bearer',
      scope: 'policy:read',
      form: document,
      doc: {
        summary: 'Says what would be wrong with a policy; nothing is changed.',
        takes: policyDocument,
        answers: weighed,
        refuses: ['policy-refused'],
      },
      async answer({ form }) {
        const { mistakes, warnings } = await weighPolicy(read, gate, readable(form));
        if (mistakes.length > 0) throw new Problem('policy-refused', 'it shuts out', mistakes);
        return { is: 'json', body: { warnings } };
      },
    }),
    defineRoute({
      method: 'GET',
      path: '/api/v1/policy/history',
      binding: 'bearer',
      scope: 'policy:read',
      doc: {
        summary: 'The last hundred versions, the newest first.',
        answers: z.strictObject({ versions: z.array(version) }),
      },
      answer: async () => ({ is: 'json', body: { versions: (await listVersions(read, 100)).map(told) } }),
    }),
    defineRoute({
      method: 'GET',
      path: '/api/v1/policy/history/:version',
      binding: 'bearer',
      scope: 'policy:read',
      doc: {
        summary: 'One of them, whole.',
        answers: version.extend({ policy: policyDocument }),
        refuses: ['not-found'],
      },
      params: z.strictObject({ version: z.string().regex(/^[1-9]\d{0,8}$/) }),
      async answer({ params }) {
        const found = await findVersion(read, Number(params.version));
        if (found === null) throw new Problem('not-found', 'no such version');
        return { is: 'json', body: { ...told(found), policy: found.policy } };
      },
    }),
  ];
}
