import { type Instant, never } from '../../kernel/clock.ts';
import { type AskedLevel, type Level, levelOf, youngEnough } from '../assurance.ts';
import type { Facts } from '../facts.ts';
import { gather, type Role, type Situation } from '../gather.ts';
import { type Attempt, sessionOf } from '../journeys/attempt.ts';
import { situationOf } from '../journeys/situation.ts';
import type { Flow } from '../journeys/walk.ts';
import type { World } from '../journeys/world.ts';

/** What could go wrong between the world and the table. The journeys must notice each. */
export interface GatherMutant {
  readonly name: string;
  readonly read?: Flow['read'];
  readonly gather?: Flow['gather'];
}

/** A fact that is another one than it should be. */
const says = (name: string, change: (facts: Facts, s: Situation) => Partial<Facts>): GatherMutant => ({
  name,
  gather: (s) => {
    const facts = gather(s);
    return { ...facts, ...change(facts, s) };
  },
});

/** A condition dropped: the same as gathering it from another situation. */
const reads = (name: string, change: (s: Situation) => Partial<Situation>): GatherMutant => ({
  name,
  gather: (s) => gather({ ...s, ...change(s) }),
});

const asking = (s: Situation, demand: Partial<Situation['demand']>) => ({ demand: { ...s.demand, ...demand } });
const roles = (s: Situation, change: (role: Role) => Role) => ({
  methods: s.methods.map((method) => ({ ...method, role: change(method.role) })),
});
const best = (s: Situation, ids: readonly string[]) =>
  s.methods.filter(({ id }) => ids.includes(id)).map((m) => m.best);
const weaker = (level: Level) => Math.max(1, level - 1) as AskedLevel;
const stronger = (level: Level) => Math.min(4, level + 1) as AskedLevel;
const described = (s: Situation) => s.owns.filter((id) => s.methods.some((method) => method.id === id));

// biome-ignore format: a mutant a line
export const gatherMutants: readonly GatherMutant[] = [
  // A fact is wrong
  says('everybody is somebody',                      () => ({ identified: true })),
  says('nobody is anybody',                          () => ({ identified: false })),
  says('a name is a proof',                          () => ({ met: true })),
  says('no proof makes known',                       () => ({ met: false })),
  says('less is required',                           (f) => ({ required: weaker(f.required) })),
  says('more is required',                           (f) => ({ required: stronger(f.required) })),
  says('a request passes for the policy',            () => ({ demandedBy: 'policy' })),
  says('the policy passes for a request',            () => ({ demandedBy: 'request' })),
  says('all is reached',                             (f) => ({ reached: f.required })),
  says('nothing is reached',                         () => ({ reached: 0 })),
  says('old proofs reach as far as young ones',      (_, s) => ({ reached: levelOf(s.proofs) })),
  says('a second factor counts without a first',     (f, s) => ({ reached: Math.max(f.reached, s.demand.withoutRecovery ? 0 : levelOf(youngEnough(s.proofs, s.demand.notBefore))) as Level })),
  says('nothing is owned',                           () => ({ owned: 0 })),
  says('everything is owned',                        () => ({ owned: 4 })),
  says('only what is allowed here is owned',         (_, s) => ({ owned: levelOf(best(s, s.owns.filter((id) => s.methods.some((m) => m.id === id && m.role !== 'off' && !m.beside)))) })),
  says('nobody is denied',                           () => ({ denied: false })),
  says('everybody is denied',                        () => ({ denied: true })),
  says('nobody is blocked',                          () => ({ blocked: false })),
  says('everybody is blocked',                       () => ({ blocked: true })),
  says('no way is found',                            () => ({ usable: [] })),
  says('the last way is forgotten',                  (f) => ({ usable: f.usable.slice(0, -1) })),
  says('everything owned is a way',                  (f, s) => (f.met ? { usable: s.owns } : {})),
  says('every method is a way',                      (f, s) => (f.met ? { usable: s.methods.map(({ id }) => id) } : {})),
  says('what is owned shows before the first proof', (f, s) => (f.met ? {} : { usable: f.usable.filter((id) => s.owns.includes(id)) })),
  says('no spare is found',                          () => ({ spare: [] })),
  says('a spare is a way like any other',            (f) => ({ usable: [...f.usable, ...f.spare], spare: [] })),
  says('a spare comes first',                        (f) => ({ usable: [...f.spare, ...f.usable], spare: [] })),
  says('everybody is welcomed back',                 (f) => ({ returning: f.returning ?? 'passkey' })),
  says('nobody is welcomed back',                    () => ({ returning: null })),
  says('nothing is offered',                         () => ({ offers: [] })),
  says('everything is offered, answered or not',     (f, s) => ({ offers: f.met && s.demand.by === 'policy' ? ['passkey', 'passwordless'] : [] })),
  says('things are offered on the way to more',      (_, s) => ({ offers: s.offers })),
  says('nothing is preferred',                       () => ({ preferred: null })),
  says('nothing is chosen',                          () => ({ chosen: null })),
  says('nobody asks for another way',                () => ({ choosing: false })),
  says('everybody asks for another way',             () => ({ choosing: true })),
  says('everything is fresh',                        () => ({ fresh: true })),
  says('nothing is fresh',                           () => ({ fresh: false })),
  says('one young proof makes all fresh',            (_, s) => ({ fresh: s.proofs.some(({ at }) => at >= s.freshSince) })),
  says('nothing may be set up',                      () => ({ mayEnrol: [] })),
  says('anything may be set up',                     (_, s) => ({ mayEnrol: s.methods.filter(({ role, id }) => role !== 'off' && !s.owns.includes(id)).map(({ id }) => id) })),
  says('what is owned may be set up again',          (f, s) => ({ mayEnrol: [...s.owns, ...f.mayEnrol] })),
  says('what does not help may be set up',           (f, s) => ({ mayEnrol: f.mayEnrol.length > 0 ? s.methods.filter(({ id, inline }) => inline && !s.owns.includes(id)).map(({ id }) => id) : [] })),
  says('nothing is wanted',                          () => ({ wanted: null })),
  says('what is wanted stays wanted',                (_, s) => ({ wanted: s.wanted })),
  says('no code besides is asked',                   () => ({ confirm: null })),
  says('a code besides is asked by what is not owned', (f, s) => ({ confirm: f.confirm && { by: s.methods.filter(({ best }) => best.relayed).map(({ id }) => id), anew: false } })),
  says('no code besides can be set up',              (f) => ({ confirm: f.confirm && { ...f.confirm, by: f.confirm.anew ? [] : f.confirm.by } })),
  reads('a code besides is always asked',            () => ({ confirms: true })),
  says('nothing is due',                             () => ({ duties: [] })),
  says('codes are always due',                       () => ({ duties: ['keep-backup-codes'] })),

  // A condition is forgotten
  reads('the request wants no young proofs',         (s) => asking(s, { notBefore: null })),
  reads('the request wants young proofs always',     (s) => asking(s, { notBefore: s.freshSince })),
  reads('a saved code takes methods away',           (s) => asking(s, { withoutRecovery: false })),
  reads('a saved code never counts',                 (s) => asking(s, { withoutRecovery: true })),
  reads('what a request asks is set up',             (s) => asking(s, { by: 'policy' })),
  reads('what the policy asks is not set up',        (s) => asking(s, { by: 'request' })),
  reads('an application takes what stands in',       (s) => asking(s, { strict: false })),
  reads('the policy takes nothing that stands in',   (s) => asking(s, { strict: true })),
  reads('what is off is on',                         (s) => roles(s, (role) => (role === 'off' ? 'second' : role))),
  reads('what is off is unheard of',                 (s) => ({ ...s, methods: s.methods.filter(({ role }) => role !== 'off'), owns: described({ ...s, methods: s.methods.filter(({ role }) => role !== 'off') }) })),
  reads('what is unheard of is not owned',           (s) => ({ owns: described(s) })),
  reads('codes are a second factor like any other',  (s) => roles(s, (role) => (role === 'backup' ? 'second' : role))),
  reads('a second factor may come first',            (s) => roles(s, (role) => (role === 'second' ? 'first' : role))),
  reads('nothing is set up inline',                  (s) => ({ methods: s.methods.map((method) => ({ ...method, inline: false })) })),
  reads('everything is set up inline',               (s) => ({ methods: s.methods.map((method) => ({ ...method, inline: true })) })),
  reads('every answer is as good as it gets',        (s) => ({ proofs: s.proofs.map((proof) => ({ ...proof, ...best(s, [proof.method])[0] })) })),
  reads('what is made beside counts like all else',  (s) => ({ methods: s.methods.map((method) => ({ ...method, beside: false })) })),
  reads('all is made beside',                        (s) => ({ methods: s.methods.map((method) => ({ ...method, beside: true })) })),
  reads('what is set up was there before',           () => ({ made: [] })),
  reads('the latest proof is forgotten',             (s) => ({ proofs: s.proofs.slice(0, -1) })),
  reads('fresh since ever',                          () => ({ freshSince: 0 as Instant })),
  reads('never fresh',                               () => ({ freshSince: never })),

  // Whoever reads the world reads it wrong
  { name: 'T28: whoever is signed in here is whoever signs in', read: (world: World, at: Attempt) => ({ ...situationOf(world, at), proofs: [...situationOf(world, at).proofs, ...(at.session === null || at.who === null ? [] : sessionOf(world, at.session))] }) },
  { name: 'the session is forgotten', read: (world: World, at: Attempt) => situationOf(world, { ...at, session: null }) },
];
