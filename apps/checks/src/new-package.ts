// `pnpm run new-package NAME` makes the part @nn/NAME in packages/NAME, with one function, its test and its README.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageChangeset, packageFiles } from './package-files.ts';
import { packageNameFault } from './package-name.ts';
import { root } from './repository.ts';

const [name = '', ...rest] = process.argv.slice(2);
const fault =
  rest.length > 0
    ? `One name at a time: got ${JSON.stringify([name, ...rest].join(' '))}.`
    : packageNameFault(name, (folder) => existsSync(join(root, folder)));
if (fault !== undefined) {
  process.stderr.write(`${fault}\nUsage: pnpm run new-package NAME, for example: pnpm run new-package image-filters\n`);
  process.exit(2);
}

const folder = join(root, 'packages', name);
for (const [file, text] of packageFiles(name, readFileSync(join(root, 'LICENSE'), 'utf8'))) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}
writeFileSync(join(root, '.changeset', `new-${name}.md`), packageChangeset(name));

process.stdout.write(`Made packages/${name} and .changeset/new-${name}.md; linking it into the workspace.\n`);
const { status } = spawnSync('pnpm', ['install', '--no-frozen-lockfile', '--prefer-offline'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) {
  process.stderr.write('The files are there, but linking failed: run `pnpm install` again.\n');
  process.exit(1);
}
process.stdout.write(
  `Next: put your first function beside packages/${name}/src/unchanged.ts, then run \`pnpm test\`.\n`,
);
