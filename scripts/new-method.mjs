/** `npm run new-method -- NAME`: the files of docs/adding-a-method.md under another name, and the registry's line. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const [name, house = '.'] = process.argv.slice(2);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name ?? '')) {
  console.error(
    'npm run new-method -- NAME, in small letters, digits and hyphens: it is the folder, the address, the table',
  );
  process.exit(2);
}
const folder = join(house, 'src/methods', name);
if (existsSync(folder)) {
  console.error(`${folder} is there already`);
  process.exit(1);
}

/** The name as each place spells it; the page's own name is `phrase`. */
const camel = name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());
const pascal = camel[0].toUpperCase() + camel.slice(1);
const table = name.replaceAll('-', '_');
const renamed = (text, file) => {
  if (file.endsWith('.sql')) return text.replaceAll('phrase', table);
  return text
    .replaceAll(/'phrase\/0001'/g, `'${name}/0001'`)
    .replaceAll('0001-phrase.sql', `0001-${name}.sql`)
    .replaceAll("id: 'phrase'", `id: '${name}'`)
    .replaceAll('./phrase/', `./${name}/`)
    .replaceAll(
      /(\w+From|insertInto|updateTable|table:|tx,)([ (])'phrase'/g,
      (_, verb, gap) => `${verb}${gap}'${table}'`,
    )
    .replaceAll(/^ {2}phrase: \{$/gm, `  ${table}: {`)
    .replaceAll('phraseSql', `${camel}Sql`)
    .replaceAll('method as phrase', `method as ${camel}`)
    .replaceAll(/(find|save|remove|new)Phrase/g, (_, verb) => `${verb}${pascal}`);
};

const here = dirname(fileURLToPath(import.meta.url));
const page = readFileSync(resolve(here, '../docs/adding-a-method.md'), 'utf8');
mkdirSync(folder, { recursive: true });
for (const [, file, text] of page.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms)) {
  if (file === '../index.ts') appendFileSync(join(folder, file), renamed(text, file));
  else writeFileSync(join(folder, file.replace('phrase', name)), renamed(text, file));
}
// A longer name breaks lines elsewhere.
const biome = resolve(here, '../node_modules/@biomejs/biome/bin/biome');
spawnSync(process.execPath, [biome, 'check', '--write', join('src/methods', name), 'src/methods/index.ts'], {
  cwd: house,
});
console.log(
  `${folder} is there, and its line in ${join(house, 'src/methods/index.ts')}: docs/adding-a-method.md tells what is what`,
);
