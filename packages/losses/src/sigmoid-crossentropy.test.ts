import { gradients, ShapeError, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { sigmoidCrossentropy } from './sigmoid-crossentropy.ts';

const float64 = { dtype: 'float64' } as const;

test('at 0 is ln 2, with slope ½ − target and curvature ¼', () => {
  for (const target of [0, 0.25, 1]) {
    const x = watch(tensor(0, float64));
    const loss = sigmoidCrossentropy(x, tensor(target, float64));
    const slope = gradients(loss, x);
    expect([loss.item(), slope.item(), gradients(slope, x).item()]).toEqual([Math.LN2, 0.5 - target, 0.25]);
  }
});

test('counts a yes by the positive weight, one number or one for each output', () => {
  const [x, y] = [zeros([1, 2], float64), tensor([[1, 0]], float64)];
  const of = (positiveWeight: Parameters<typeof sigmoidCrossentropy>[2] & {}) =>
    sigmoidCrossentropy(x, y, { ...positiveWeight, reduction: 'none' }).toArray();
  expect(of({ positiveWeight: 4 })).toEqual([[4 * Math.LN2, Math.LN2]]);
  expect(of({ positiveWeight: tensor([2, 8], float64) })).toEqual([[2 * Math.LN2, Math.LN2]]);
});

test('takes answers as whole numbers and booleans', () => {
  const x = tensor([2, -3]);
  const want = sigmoidCrossentropy(x, tensor([1, 0])).item();
  expect(sigmoidCrossentropy(x, tensor([1, 0], { dtype: 'int32' })).item()).toBe(want);
  expect(sigmoidCrossentropy(x, tensor([true, false])).item()).toBe(want);
});

test('refuses a column of scores beside a row of answers', () => {
  expect(() => sigmoidCrossentropy(zeros([4, 1]), zeros([4]))).toThrow(
    /^sigmoidCrossentropy: prediction \[4, 1\] and target \[4\] .* Did you mean target.expandDims\(-1\)\?$/,
  );
});

test('refuses a positive weight that does not spread', () => {
  expect(() => sigmoidCrossentropy(zeros([4, 3]), zeros([4, 3]), { positiveWeight: zeros([4]) })).toThrow(
    new ShapeError(
      'sigmoidCrossentropy: positiveWeight [4] does not spread over losses [4, 3]: counted from the right, each length ' +
        'must be that of the losses, or 1. Give one weight for each loss.',
    ),
  );
});
