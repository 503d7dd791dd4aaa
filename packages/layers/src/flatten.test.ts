import { compile, gradients, randomState, ShapeError, tensor, type Tensor, watch, zeros } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { describe, expect, test } from 'vitest';
import { dense } from './dense.ts';
import { flatten } from './flatten.ts';
import { sequential } from './sequential.ts';

describe('flatten', () => {
  test('makes one row per sample, in row-major order', () => {
    const x = tensor([1, 2, 3, 4, 5, 6, 7, 8]).reshape([2, 2, 2]);
    expect(String(flatten(x))).toBe('[[1. 2. 3. 4.]\n [5. 6. 7. 8.]]');
    // Transposed within each sample, so that the numbers are not in the order of memory.
    expect(String(flatten(x.permute([0, 2, 1])))).toBe('[[1. 3. 2. 4.]\n [5. 7. 6. 8.]]');
  });

  test('takes empty batches, rows and single numbers per sample', () => {
    expect(flatten(zeros([0, 3, 4])).shape).toEqual([0, 12]);
    expect(flatten(zeros([5, 3])).shape).toEqual([5, 3]);
    expect(flatten(zeros([5])).shape).toEqual([5, 1]);
  });

  test('stands before a dense layer without a cast', () => {
    const model = sequential(flatten, dense(12, 2, { random: randomState(0) }));
    expect(model(zeros([5, 3, 4])).shape).toEqual([5, 2]);
  });

  // d/dx Σ x² = 2x, in the shape of x
  test.each(['float32', 'float64'] as const)(
    'gives x its gradient in the shape of x, eager and compiled, %s',
    (dtype) => {
      const step = (x: Tensor): Tensor => {
        const a = watch(x);
        const y = flatten(a);
        return gradients(y.mul(y).sum(), [a])[0]!;
      };
      const x = tensor([1, 2, 3, 4, 5, 6, 7, 8], { dtype }).reshape([2, 2, 2]) as Tensor;
      for (const run of [step, compile(step, wasm)]) {
        expect([run(x).shape, [...run(x).data]]).toEqual([
          [2, 2, 2],
          [2, 4, 6, 8, 10, 12, 14, 16],
        ]);
      }
    },
  );

  test('refuses a scalar', () => {
    expect(() => flatten(tensor(1))).toThrow(
      new ShapeError('flatten expects at least one axis, the samples, got []. Write x.reshape([1, 1]).'),
    );
  });
});
