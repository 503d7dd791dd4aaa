import { gradients, ShapeError, tensor, watch, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { quantile } from './quantile.ts';

const none = { reduction: 'none' } as const;

test('costs q for each unit below the target, and 1 − q for each unit above', () => {
  const x = watch(tensor([0, 4]));
  const losses = quantile(x, tensor([2, 2]), { quantile: 0.75, ...none });
  expect(losses.toArray()).toEqual([1.5, 0.5]);
  expect(gradients(losses.sum(), x).toArray()).toEqual([-0.75, 0.25]);
});

test('takes one quantile for each column', () => {
  const losses = quantile(zeros([1, 3]), tensor([8]), { quantile: [0.25, 0.5, 0.75], ...none });
  expect(losses.toArray()).toEqual([[2, 4, 6]]);
});

test('refuses columns and quantiles of different numbers', () => {
  expect(() => quantile(zeros([2, 3]), zeros([2]), { quantile: [0.1, 0.9] })).toThrow(
    new ShapeError(
      'quantile: 2 quantiles need as many columns, got prediction [2, 3]. Give the model one output for each quantile.',
    ),
  );
  expect(() => quantile(zeros([2, 2]), zeros([2, 1]), { quantile: [0.1, 0.9] })).toThrow(
    new ShapeError(
      'quantile: for prediction [2, 2], target must have one number for each row, shape [2], got [2, 1]. ' +
        'Did you mean target.squeeze(-1)?',
    ),
  );
});

test.each([0, 1, NaN, 90])('refuses a quantile of %s', (q) => {
  expect(() => quantile(zeros([1]), zeros([1]), { quantile: q })).toThrow(
    new RangeError(`quantile: quantile must be a number between 0 and 1, got ${q}. Write 0.5 for the median.`),
  );
});
