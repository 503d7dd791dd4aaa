import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { calledAtOnce } from './called-at-once.ts';
import { reachableFiles } from './export-homes.ts';
import { root } from './repository.ts';

const tensor = join(root, 'packages/tensor');

test('of the backend, what is called at once is what its light door reaches', () => {
  const isOfBackend = (file: string): boolean => /^src\/(loops|wasm)\//.test(file) && !file.endsWith('.test.ts');
  const all = readdirSync(join(tensor, 'src'), { recursive: true, encoding: 'utf8' }).map((file) => `src/${file}`);
  const named = all.filter((file) => isOfBackend(file) && file.endsWith('.ts') && calledAtOnce.test(file));
  const reached = [...reachableFiles(join(tensor, 'src/wasm/light.ts'))].map((file) => relative(tensor, file));
  expect(named.toSorted()).toEqual(reached.filter(isOfBackend).toSorted());
  expect(named.length).toBeGreaterThan(30);
});
