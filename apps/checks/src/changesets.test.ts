import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readChangeset } from './changesets.ts';
import { publishedPackages, root } from './repository.ts';

const folder = join(root, '.changeset');
const changesets = readdirSync(folder)
  .filter((file) => file.endsWith('.md') && file !== 'README.md')
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
const packages = publishedPackages();

describe('the changesets', () => {
  test.for(changesets)(
    '$file names packages that exist, and has a sentence for the person who upgrades',
    ({ text }) => {
      const { bumps, sentence } = readChangeset(text);
      for (const [name, bump] of bumps) {
        expect(packages.map(({ manifest }) => manifest.name)).toContain(name);
        expect(['patch', 'minor', 'major']).toContain(bump);
      }
      expect(bumps.size === 0 || sentence.endsWith('.')).toBe(true);
    },
  );

  test.for(packages)('@nn/$name has a release, or a changeset that makes its first', ({ manifest }) => {
    const announced = changesets.some(({ text }) => readChangeset(text).bumps.has(manifest.name));
    expect(announced || manifest.version !== '0.0.0').toBe(true);
  });
});

describe('reading a changeset', () => {
  test('gives the packages and the sentence', () => {
    expect(readChangeset('---\n\'@nn/tensor\': minor\n"@nn/cli": patch\n---\n\nIt works.\n')).toEqual({
      bumps: new Map([
        ['@nn/tensor', 'minor'],
        ['@nn/cli', 'patch'],
      ]),
      sentence: 'It works.',
    });
  });

  test('gives no packages for an empty one', () => {
    expect(readChangeset('---\n---\n')).toEqual({ bumps: new Map(), sentence: '' });
  });

  test('refuses anything else', () => {
    expect(() => readChangeset('It works.\n')).toThrow(SyntaxError);
    expect(() => readChangeset('---\n- tensor\n---\nIt works.\n')).toThrow('Not a package and a bump');
  });
});
