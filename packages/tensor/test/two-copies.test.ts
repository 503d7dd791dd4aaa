import { expect, test, vi } from 'vitest';
import * as ours from '../src/index.ts';

test('a tensor of another copy of the package is told apart, with both versions', async () => {
  vi.resetModules();
  vi.doMock('../src/version.ts', () => ({ version: '99.0.0' }));
  const theirs = await import('../src/index.ts');
  vi.doUnmock('../src/version.ts');
  expect(theirs.Tensor).not.toBe(ours.Tensor);

  const foreign = theirs.tensor([1, 2]) as unknown as ours.Tensor;
  const asks: readonly (() => unknown)[] = [
    () => ours.tensor([1, 2]).add(foreign),
    () => ours.tensor([1, 2]).matmul(foreign),
    () => ours.concat([ours.tensor([1]) as ours.Tensor, foreign]),
    () => ours.variable(foreign),
    () => (ours.variable(ours.tensor([1, 2])) as ours.Variable).assign(foreign),
    () => ours.gradients(foreign, foreign),
  ];
  for (const ask of asks) {
    expect(ask).toThrow(ours.DTypeError);
    expect(ask).toThrow(`another copy of @nn/tensor (version 99.0.0) than the one asked (version ${ours.version})`);
  }
});
