import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFiles } from './package-files.ts';
import { packageNameFault } from './package-name.ts';
import { publishedPackages } from './repository.ts';

const exists = (folder: string): boolean => folder === 'packages/tensor' || folder === 'apps/checks';

describe('the name of a new package', () => {
  test.each(['filters', 'image-filters', 'gpt2'])('%s is good', (name) => {
    expect(packageNameFault(name, exists)).toBeUndefined();
  });

  test.each([
    ['', 'needs a name'],
    ['Filters', 'lower-case words joined by hyphens'],
    ['image_filters', 'lower-case words joined by hyphens'],
    ['../filters', 'lower-case words joined by hyphens'],
    ['-filters', 'lower-case words joined by hyphens'],
    ['2d', 'lower-case words joined by hyphens'],
    ['a'.repeat(41), 'at most 40 letters'],
    ['@nn/filters', 'leave the scope away'],
    ['tensor', '"tensor" is taken: packages/tensor is there already.'],
    ['checks', '"checks" is taken: apps/checks is there already.'],
  ])('%j is refused', (name, reason) => {
    expect(packageNameFault(name, exists)).toContain(reason);
  });

  test.each([
    [['tensor'], 'is taken'],
    [[], 'needs a name'],
    [['a', 'b'], 'One name at a time'],
  ] as const)('the command ends with 2 and says why, given %j', (names, reason) => {
    const command = join(import.meta.dirname, 'new-package.ts');
    const { status, stderr } = spawnSync(process.execPath, [command, ...names], { encoding: 'utf8' });
    expect(stderr).toContain(reason);
    expect(stderr).toContain('Usage: pnpm run new-package NAME');
    expect(status).toBe(2);
  });
});

test('a new package is set up as the parts that are there', () => {
  const manifest = JSON.parse(packageFiles('losses', '').get('package.json')!) as Record<string, unknown>;
  const losses = publishedPackages().find(({ name }) => name === 'losses')!.manifest as unknown as typeof manifest;
  for (const field of ['exports', 'files', 'engines', 'scripts', 'peerDependencies', 'publishConfig']) {
    expect(manifest[field]).toEqual(losses[field]);
  }
  // It has no recorded values yet.
  const { '@nn/golden': _, ...needed } = losses['devDependencies'] as Record<string, string>;
  expect(manifest['devDependencies']).toEqual(needed);
});
