/**
 * The walls of the house: who may know whom. `npm run check` fails when one is broken, and
 * test/architecture/walls.test.ts breaks each of them once to see that it holds.
 */
const wall = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

/** What tests bring along, wherever it lies: it may look behind every wall, and nothing shipped may lean on it. */
const tests = [
  '[.]test[.]tsx?$',
  '^(test|bench)/',
  '^src/flow/(journeys|laws/every-facts|mutants)/',
  '^src/methods/[^/]+/driver[.]ts$',
  '^src/methods/conformance[.]ts$',
];

/** The composition root and the command line: they know everyone. */
const top = ['^src/(app|main|tables)[.]tsx?$', '^src/cli/'];

const ours = '^(src|examples)/';
const crypto = '^(node:)?crypto$';

/** Each folder of src/ with those it may know, and why no more. */
const ground = ['kernel', 'store', 'ui', 'flow', 'otp'];
const house = ['config', 'core', ...ground];
const doors = ['house[.]ts', 'http', 'proving', 'methods', ...house];
const floors = [
  ['kernel', [], 'The kernel knows nothing of authentication.'],
  ['config', ['kernel'], 'Each owner hands in its own section.'],
  ['store', ['kernel'], 'Each owner brings its own tables.'],
  ['ui', ['kernel'], 'A component shows what it is given.'],
  ['flow', ['kernel'], 'The flow decides on facts it is given.'],
  ['otp', ground, 'What methods share knows none of them.'],
  ['methods', ground, 'A method answers one question; who asks, who shows it and what follows is not its business.'],
  ['core', ['config', ...ground], 'Accounts, sessions and policies are the same whatever proves who somebody is.'],
  ['http', house, 'A request is met the same way whatever is asked for.'],
  ['proving', ['methods', ...house], 'What follows from an answer does not depend on who asked.'],
  ['protocols', doors, 'What applications speak does not depend on what people see.'],
  ['surfaces', doors, 'What people see does not depend on what applications speak.'],
].map(([folder, may, because]) =>
  wall(
    `${folder}-looks-down-only`,
    because,
    { path: `^src/${folder}/`, pathNot: tests },
    { path: '^src/', pathNot: [`^src/(${[folder, ...may].join('|')})(/|$)`, ...top, ...tests] },
  ),
);

const walls = [
  ...floors,
  wall(
    'nobody-knows-the-top',
    'The composition root knows everyone; nobody knows it.',
    { path: ours, pathNot: [...top, ...tests] },
    { path: top },
  ),

  wall(
    'flow-is-pure',
    'The next step follows from the facts alone: no I/O, no package, not even Node.',
    { path: '^src/flow/', pathNot: tests },
    { pathNot: '^src/' },
  ),
  wall(
    'flow-lends-types-only',
    'A method says what it proved in the words of the flow; it does not run it.',
    { path: '^src/(methods|otp)/', pathNot: tests },
    { path: '^src/flow/', dependencyTypesNot: ['type-only'] },
  ),

  wall(
    'methods-are-strangers',
    'A method never knows another method.',
    { path: '^src/methods/([^/]+)/' },
    { path: '^src/methods/[^/]+/', pathNot: '^src/methods/$1/' },
  ),
  wall(
    'methods-have-one-door',
    'Only the registry opens a method.',
    { path: ours, pathNot: ['^src/methods/[^/]+/', '^src/methods/index[.]ts$', ...tests] },
    { path: '^src/methods/[^/]+/', pathNot: tests },
  ),
  wall(
    'registry-uses-the-door',
    'The registry opens a method by its index, a line each.',
    { path: '^src/methods/index[.]ts$' },
    { path: '^src/methods/[^/]+/', pathNot: ['/index[.]ts$', ...tests] },
  ),
  wall(
    'method-rules-are-pure',
    'The rules of a method are mathematics: instants, secrets and chance come in, a verdict goes out.',
    { path: '^src/methods/[^/]+/rules[.]ts$' },
    {
      pathNot: ['^src/(kernel/|otp/codes[.]ts$)', '(^|/)node_modules/(otpauth|libphonenumber-js)/', crypto, ...tests],
      dependencyTypesNot: ['type-only'],
    },
  ),

  wall(
    'drivers-in-store-only',
    'Only the store speaks to a database.',
    { path: ours, pathNot: '^src/store/' },
    { path: ['(^|/)node_modules/pg/', '^(node:)?sqlite$'] },
  ),
  wall(
    'examples-are-strangers',
    'The examples are ordinary applications: what they can do, anybody can.',
    { path: '^examples/' },
    { path: '^src/', pathNot: [...top, ...tests] },
  ),
  wall(
    'test-tools-in-tests',
    'Shipped code never leans on what only tests have.',
    { path: ours, pathNot: tests },
    { path: tests },
  ),
  wall(
    'shipped-packages-only',
    'What is installed without development packages must run.',
    { path: '^src/', pathNot: tests },
    { dependencyTypes: ['npm-dev', 'npm-no-pkg'], dependencyTypesNot: ['type-only'] },
  ),

  wall('no-cycles', 'Two modules that need each other are one module.', {}, { circular: true }),
  wall(
    'no-orphans',
    'A module that nobody imports is dead.',
    { orphan: true, path: '^src/', pathNot: [...tests, '[.]d[.]ts$', '[.]browser[.]ts$', '^src/main[.]ts$'] },
    {},
  ),
];

export default {
  forbidden: walls,
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    // Types are knowledge too: an import that disappears when built still counts.
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
};
