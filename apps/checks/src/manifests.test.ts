import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { entryPointsOf, publishedPackages, root } from './repository.ts';

const license = readFileSync(join(root, 'LICENSE'), 'utf8');

describe.each(publishedPackages().map((each) => [each.manifest.name, each] as const))('%s', (name, each) => {
  const { folder, manifest } = each;

  test('is named after its folder, is ESM and has no side effects', () => {
    expect(name).toBe(`@nn/${each.name}`);
    expect(manifest).toMatchObject({ type: 'module', sideEffects: false, engines: { node: '>=22.12' } });
    expect(manifest.private).toBeUndefined();
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
