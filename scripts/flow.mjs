/** Writes `docs/generated/flow.md` from the table that decides which step is next. With `--check` it only looks. */
import { exportsOf, keepPage } from './generated.mjs';

const { table } = await exportsOf("export { table } from './src/flow/table.ts';", 'flow');

/** Whatever a row names: which method it is depends on the person. */
const some = 'a method';
const facts = {
  returning: some,
  usable: [some],
  spare: [some],
  preferred: some,
  chosen: some,
  mayEnrol: [some],
  wanted: some,
};

const rows = table.map(({ name, because, go }) => ({ name, because, step: inWords(go(facts)) }));

keepPage(
  'docs/generated/flow.md',
  `# The flow

<!-- Made by \`node scripts/flow.mjs\` from src/flow/table.ts; not written by hand. -->

What is known of somebody and of what is asked becomes [plain facts](../../src/flow/facts.ts). The rows are read from the top, and
the first that fits says what comes next. It is asked again after every answer; [laws](../../src/flow/laws/laws.ts) hold for every
combination of facts. [Why it is a table](../adr/0002-the-flow-is-a-table.md).

| row | because | step |
|---|---|---|
${rows.map(({ name, because, step }) => `| \`${name}\` | ${because} | ${step} |`).join('\n')}

\`\`\`mermaid
flowchart TD
  facts([the facts]) --> ${rows[0].name}
${rows.map(asNode).join('\n')}
\`\`\`
`,
  'scripts/flow.mjs',
);

function inWords({ screen, method, methods, duty, offer }) {
  const what = method ?? duty ?? offer ?? (methods && 'methods');
  return what === undefined ? screen : `${screen}: ${what}`;
}

/** A question with two ways out: its step, or the next question. The last fits always. */
function asNode({ name, because, step }, at) {
  const next = rows[at + 1];
  const onwards = next === undefined ? '' : `\n  ${name} -- no --> ${next.name}`;
  return `  ${name}{"${because}?"} -- yes --> ${name}-step["${step}"]${onwards}`;
}
