import { gradients, ShapeError, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { sigmoidCrossentropy } from './sigmoid-crossentropy.ts';

const float64 = { dtype: 'float64' } as const;

test('at 0 is ln 2, with gradient ½ − target and curvature ¼', () => {
  for (const target of [0, 0.25, 1]) {
    const x = watch(tensor(0, float64));
    const loss = sigmoidCrossentropy(x, tensor(target, float64));
    const gradient = gradients(loss, x);
    expect([loss.item(), gradient.item(), gradients(gradient, x).item()]).toEqual([Math.LN2, 0.5 - target, 0.25]);
  }
});

test('counts a yes by the positive weight, one number or one for each output', () => {
  const [x, y] = [zeros([1, 2], float64), tensor([[1, 0]], float64)];
  const of = (positiveWeight: Parameters<typeof sigmoidCrossentropy>[2] & {}) =>
    sigmoidCrossentropy(x, y, { ...positiveWeight, reduction: 'none' }).toArray();
  expect(of({ positiveWeight: 4 })).toEqual([[4 * Math.LN2, Math.LN2]]);
  expect(of({ positiveWeight: tensor([2, 8], float64) })).toEqual([[2 * Math.LN2, Math.LN2]]);
});

test('of infinite logits is 0 where they are right and infinite where they are wrong, with a finite gradient', () => {
  const x = watch(tensor([-Infinity, Infinity, -Infinity, Infinity], float64));
  const losses = sigmoidCrossentropy(x, tensor([0, 1, 1, 0], float64), { reduction: 'none' });
  expect(losses.toArray()).toEqual([0, 0, Infinity, Infinity]);
  expect(gradients(losses.slice([0, 2]).sum(), x).toArray()).toEqual([0, 0, 0, 0]);
});

test('with weight 0 an infinite loss counts as 0', () => {
  const [x, targets] = [tensor([0, Infinity], float64), tensor([1, 0], float64)];
  expect(sigmoidCrossentropy(x, targets, { weights: tensor([1, 0]), reduction: 'sum' }).item()).toBe(Math.LN2);
});

test.each([2, -3, NaN])('refuses a target of %s', (target) => {
  expect(() => sigmoidCrossentropy(zeros([2, 1]), tensor([[1], [target]]))).toThrow(
    new RangeError(
      `sigmoidCrossentropy: targets must be between 0 (no) and 1 (yes), got ${target} in row 1. ` +
        'Use softmaxCrossentropy for class indices.',
    ),
  );
});

test('takes targets as int32 and bool', () => {
  const x = tensor([2, -3]);
  const want = sigmoidCrossentropy(x, tensor([1, 0])).item();
  expect(sigmoidCrossentropy(x, tensor([1, 0], { dtype: 'int32' })).item()).toBe(want);
  expect(sigmoidCrossentropy(x, tensor([true, false])).item()).toBe(want);
});

test('refuses a column of logits with a row of targets', () => {
  expect(() => sigmoidCrossentropy(zeros([4, 1]), zeros([4]))).toThrow(
    /^sigmoidCrossentropy: prediction \[4, 1\] and target \[4\] .* Did you mean target.expandDims\(-1\)\?$/,
  );
});

test('refuses a positive weight that cannot be broadcast to the losses', () => {
  expect(() => sigmoidCrossentropy(zeros([4, 3]), zeros([4, 3]), { positiveWeight: zeros([4]) })).toThrow(
    new ShapeError(
      'sigmoidCrossentropy: positiveWeight [4] cannot be broadcast to losses [4, 3]: counted from the right, each length ' +
        'must be that of the losses, or 1. Give one weight for each loss.',
    ),
  );
});
