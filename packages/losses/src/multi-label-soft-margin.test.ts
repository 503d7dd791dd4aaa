import { tensor, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import { multiLabelSoftMargin } from './multi-label-soft-margin.ts';
import { sigmoidCrossentropy } from './sigmoid-crossentropy.ts';

const float64 = { dtype: 'float64' } as const;

test('is the mean over the classes of the sigmoid cross-entropy', () => {
  const x = tensor(
    [
      [1, -2, 0.5],
      [0, 3, -1],
    ],
    float64,
  );
  const targets = tensor([
    [1, 0, 1],
    [0, 0.5, 1],
  ]);
  const want = sigmoidCrossentropy(x, targets, { reduction: 'none' }).mean(1).data;
  const got = multiLabelSoftMargin(x, targets, { reduction: 'none' }).data;
  for (const [at, loss] of want.entries()) expect(got[at]).toBeCloseTo(loss, 14);
});

test('counts classes by their weight', () => {
  const classWeight = tensor([1, 3], float64);
  expect(multiLabelSoftMargin(zeros([1, 2], float64), tensor([[1, 0]]), { classWeight }).item()).toBe(2 * Math.LN2);
});

test('of infinite logits that are right is 0', () => {
  expect(multiLabelSoftMargin(tensor([[Infinity, -Infinity]]), tensor([[1, 0]])).item()).toBe(0);
});

test('refuses targets outside 0 … 1', () => {
  expect(() => multiLabelSoftMargin(zeros([1, 2]), tensor([[1, 2]]))).toThrow(
    /^multiLabelSoftMargin: targets must be between 0 \(no\) and 1 \(yes\), got 2 in row 0/,
  );
});
