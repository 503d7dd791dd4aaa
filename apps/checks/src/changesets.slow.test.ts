import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readChangeset } from './changesets.ts';
import { publishedPackages, readManifest, root } from './repository.ts';
import { runCommand } from './run-command.ts';
import { temporaryCopy } from './temporary-copy.ts';

test('changeset version turns the changesets into versions and a changelog for each package', () => {
  const copy = temporaryCopy();
  // Right after a release there is no changeset: add one.
  writeFileSync(
    join(copy, '.changeset/planted.md'),
    "---\n'@nn/tensor': minor\n'@nn/losses': patch\n---\n\nTraining ends when the loss is `0`.\n",
  );
  const author = ['-c', 'user.name=nn', '-c', 'user.email=nn@localhost'];
  expect(runCommand('git', ['init', '--quiet', '--initial-branch=main'], copy).code).toBe(0);
  expect(runCommand('git', ['add', '--all'], copy).code).toBe(0);
  expect(runCommand('git', [...author, 'commit', '--quiet', '--message=Start'], copy).code).toBe(0);
  const changesets = readdirSync(join(copy, '.changeset'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => readChangeset(readFileSync(join(copy, '.changeset', file), 'utf8')));
  const before = publishedPackages(copy);

  const { code, printed } = runCommand(join(root, 'node_modules/.bin/changeset'), ['version'], copy);
  expect(code, printed).toBe(0);

  const announced = new Set(changesets.flatMap(({ bumps }) => [...bumps.keys()]));
  expect([...announced]).toEqual(expect.arrayContaining(['@nn/tensor', '@nn/losses']));
  for (const { folder, manifest } of before.filter((each) => announced.has(each.manifest.name))) {
    const changelog = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8');
    const { version } = readManifest(folder);
    expect(version).not.toBe(manifest.version);
    expect(changelog).toContain(`## ${version}`);
    for (const { bumps, sentence } of changesets) {
      if (bumps.has(manifest.name)) expect(changelog).toContain(sentence.split('\n')[0]);
    }
  }
  expect(readdirSync(join(copy, '.changeset')).filter((file) => file.endsWith('.md'))).toEqual([]);
});
