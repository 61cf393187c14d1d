/**
 * Writes `docs/configuration.md` from the schema that reads the configuration, so that neither can say what the other
 * does not. With `--check` it writes nothing and fails when the page is old.
 */
import { exportsOf, keepPage } from './generated.mjs';

const { settings, z } = await exportsOf(
  "export { settings } from './src/settings.ts'; export { z } from 'zod';",
  'configuration',
);

const schema = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' });
const rows = [];
walk(schema, '');

const undescribed = rows.filter(({ about }) => about === '').map(({ name }) => name);
if (undescribed.length > 0) {
  console.error(`Nobody says what these are for: ${undescribed.join(', ')}. Add .describe() where they are declared.`);
  process.exitCode = 1;
}

const text = `# Configuration

<!-- Made by \`node scripts/configuration.mjs\` from the schema in src/settings.ts; not written by hand. -->

\`sallyport serve --config FILE\` reads a YAML file. Variables \`SALLYPORT_*\` stand over it: \`__\` goes one level down and
\`_\` joins words, so \`SALLYPORT_LISTEN__PORT=443\` is \`listen.port\`; one that ends in \`_FILE\` names a file that holds the
value, which is the place for secrets. All mistakes are named at once, and nothing starts while there is one;
\`sallyport check-config --config FILE\` says the same without starting, and what would be used.

| setting | type | when left out | what it is for |
|---|---|---|---|
${rows.map(({ name, type, otherwise, about }) => `| \`${name}\` | ${type} | ${otherwise} | ${about} |`).join('\n')}
`;

keepPage('docs/configuration.md', text, 'scripts/configuration.mjs');

/** One row for each value that can be given; lists of sections have a row of their own and one for each of their parts. */
function walk(node, name, optional = false) {
  const required = node.required ?? [];
  for (const [key, part] of Object.entries(node.properties ?? {})) {
    const path = name === '' ? key : `${name}.${key}`;
    if (part.properties !== undefined) walk(part, path, part.default === undefined);
    else if (part.oneOf !== undefined) walkKinds(part.oneOf, path);
    else addRow(path, part, otherwise(part, required.includes(key), optional));
  }
}

function addRow(name, part, otherwise) {
  rows.push({ name, type: typeOf(part), otherwise, about: part.description ?? '' });
  if (part.items?.type === 'object') walk(part.items, `${name}[]`);
}

/** One of several sections, told apart by one value of theirs: the rows of each say whose they are. */
function walkKinds(kinds, name) {
  for (const { properties, required } of kinds) {
    const [[key, { const: kind }], ...rest] = Object.entries(properties);
    const about = `Then \`${name}\` has the settings for \`${kind}\`, and no others.`;
    rows.push({ name: `${name}.${key}`, type: `\`${kind}\``, otherwise: 'nothing', about });
    walk({ properties: Object.fromEntries(rest), required }, name, true);
  }
}

function typeOf({ type, enum: words, items, minimum, maximum }) {
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(', ');
  if (type === 'object') return 'texts by name';
  if (type === 'array') return items?.type === 'object' ? 'list of sections' : `list of ${typeOf(items ?? {})}`;
  const most = maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  const from = minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const range = [from !== undefined && `from ${from}`, most !== undefined && `to ${most}`].filter(Boolean).join(' ');
  const kind = { integer: 'whole number', number: 'number', string: 'text', boolean: 'yes or no' }[type] ?? 'text';
  return range === '' ? kind : `${kind} ${range}`;
}

function otherwise({ default: value }, isRequired, optional) {
  if (isRequired) return optional ? 'must be given, if any of its section is' : 'must be given';
  if (value === undefined) return 'nothing';
  const short = JSON.stringify(value);
  return short.length > 60 ? 'see the source' : `\`${short}\``;
}
