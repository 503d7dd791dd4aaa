import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { calledAtOnce } from './called-at-once.ts';
import { root } from './repository.ts';

const tensor = join(root, 'packages/tensor');

test('what compiles a network is called at once, what only other programs need is not', () => {
  const files = calledAtOnce(tensor);
  const meant = ['bound.ts', 'loops/fuse.ts', 'wasm/nest.ts', 'wasm/math/exp.ts', 'wasm/matmul/epilogue.ts'];
  for (const file of meant) {
    expect(files).toContain(`src/${file}`);
  }
  expect(files).not.toContain('src/tensor.ts');
  expect([...files].filter((file) => !existsSync(join(tensor, file)))).toEqual([]);
});

test('a package that compiles nothing has no such files', () => {
  expect(calledAtOnce(join(root, 'packages/layers'))).toEqual(new Set());
});
