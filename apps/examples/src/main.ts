// `pnpm example` lists the programs of this folder, `pnpm example dropout` runs one.
import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('.', import.meta.url);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && file !== 'main.ts')
  .map((file) => file.slice(0, -3));
const [name] = process.argv.slice(2);

if (name !== undefined && names.includes(name)) await import(new URL(`${name}.ts`, folder).href);
else {
  const known = name === undefined;
  const write = known ? console.log : console.error;
  if (!known) write(`There is no example ${name}.`);
  write('Run one of these with pnpm example <name>:\n');
  const width = Math.max(...names.map((each) => each.length));
  for (const each of names) {
    // The first line of each program says what it shows.
    const [first = ''] = readFileSync(new URL(`${each}.ts`, folder), 'utf8').split('\n');
    write(`  ${each.padEnd(width)}  ${first.replace(/^\/\/ /, '').replace(/\.( .*)?$/, '')}`);
  }
  process.exitCode = known ? 0 : 2;
}
