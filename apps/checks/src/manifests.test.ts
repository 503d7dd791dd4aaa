import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entryPointsOf, publishedPackages, readManifest, root } from './repository.ts';

/** The oldest version of Node that everything runs on: the first that strips types without a flag. */
const nodeVersion = readManifest(root).engines!['node']!.replace('>=', '');

const license = readFileSync(join(root, 'LICENSE'), 'utf8');

describe.each(publishedPackages().map((each) => [each.manifest.name, each] as const))('%s', (name, each) => {
  const { folder, manifest } = each;

  test('is named after its folder, is ESM and has no side effects', () => {
    expect(name).toBe(`@nn/${each.name}`);
    expect(manifest).toMatchObject({ type: 'module', sideEffects: false });
    expect(manifest.private).toBeUndefined();
  });

  test('names the repository, its folder there, its page and where to report a bug', () => {
    const home = 'https://github.com/nn-ts/nn';
    expect(manifest).toMatchObject({
      repository: { type: 'git', url: `git+${home}.git`, directory: `packages/${each.name}` },
      homepage: `${home}/tree/main/packages/${each.name}#readme`,
      bugs: `${home}/issues`,
    });
  });

  test('needs the version of Node that the repository needs', () => {
    expect(manifest.engines).toEqual({ node: `>=${nodeVersion}` });
  });

  test('lists for every entry point the source first, then types, then code', () => {
    expect(entryPointsOf(each).length).toBeGreaterThan(0);
    for (const { source } of entryPointsOf(each)) expect(existsSync(source)).toBe(true);
    for (const [path, target] of Object.entries(manifest.exports ?? {})) {
      if (path === './package.json') continue;
      expect(Object.keys(target)).toEqual(['@nn/source', 'types', 'default']);
    }
  });

  test('has the dependencies of its kind: a part the core alone, as a peer, and the core none', () => {
    const { tags } = JSON.parse(readFileSync(join(folder, 'turbo.json'), 'utf8')) as { readonly tags: string[] };
    expect(['core', 'part', 'program']).toContain(tags[0]);
    if (!tags.includes('program')) expect(manifest.dependencies).toBeUndefined();
    expect(manifest.peerDependencies).toEqual(tags.includes('part') ? { '@nn/tensor': 'workspace:^' } : undefined);
  });

  test('has the licence of the repository', () => {
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(license);
  });
});

test.each(['README.md', 'CONTRIBUTING.md'])('%s names the version of Node that the repository needs', (file) => {
  const versions = readFileSync(join(root, file), 'utf8').matchAll(/Node (\d[\d.]*) or newer/g);
  expect([...versions].map(([, version]) => version)).toEqual([nodeVersion]);
});

test('no dependency of a published package needs a newer version of Node', () => {
  const needed = publishedPackages().flatMap(({ folder, manifest }) =>
    Object.keys(manifest.dependencies ?? {}).map((name) => ({
      name,
      least: /(\d+)(?:\.(\d+))?/.exec(readManifest(join(folder, 'node_modules', name)).engines?.['node'] ?? '0'),
    })),
  );
  expect(needed.length).toBeGreaterThan(0);
  const [major = 0, minor = 0] = nodeVersion.split('.').map(Number);
  const newer = needed.filter(
    ({ least }) => Number(least?.[1]) * 1000 + Number(least?.[2] ?? 0) > major * 1000 + minor,
  );
  expect(newer).toEqual([]);
});
