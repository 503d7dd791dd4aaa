import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { rocAuc } from './roc-auc.ts';

const int32 = { dtype: 'int32' } as const;

test('is how often a yes has a larger score than a no; equal scores count half', () => {
  expect(rocAuc(tensor([4, 2, 3, 1]), tensor([1, 1, 0, 0], int32)).item()).toBe(0.75);
  expect(rocAuc(tensor([1, 1, 1, 1]), tensor([1, 1, 0, 0], int32)).item()).toBe(0.5);
  expect(rocAuc(tensor([1, 2]), tensor([1, 1], int32)).item()).toBeNaN();
});

test('of classes is the mean of one against the rest, or of each pair', () => {
  const rows = tensor([
    [0.8, 0.1, 0.1],
    [0.1, 0.8, 0.1],
    [0.1, 0.1, 0.8],
    [0.4, 0.2, 0.4],
  ]);
  const labels = tensor([0, 1, 2, 2], int32);
  expect(rocAuc(rows, labels, { average: 'none' }).toArray()).toEqual([1, 1, 1]);
  expect(rocAuc(rows, labels).item()).toBe(1);
  expect(rocAuc(rows, labels, { multiClass: 'ovo' }).item()).toBe(1);
});

test('up to a rate of false yeses is scaled so that guessing is ½', () => {
  const [x, y] = [tensor([1, 1, 1, 1]), tensor([1, 1, 0, 0], int32)];
  expect(rocAuc(x, y, { maxFalsePositiveRate: 0.5 }).item()).toBe(0.5);
  expect(rocAuc(tensor([4, 3, 2, 1]), y, { maxFalsePositiveRate: 0.25 }).item()).toBe(1);
});

test('refuses options that do not go together', () => {
  const [x, y] = [tensor([[0.5, 0.5]]), tensor([1], int32)];
  expect(() => rocAuc(x, y, { multiClass: 'ovo', average: 'micro' })).toThrow(
    new TypeError("rocAuc: 'ovo' is averaged 'macro' or 'weighted', got micro. Write multiClass: 'ovr'."),
  );
  expect(() => rocAuc(x, y, { maxFalsePositiveRate: 0.5 })).toThrow(/is for one question, shape \[N\], got 2 columns/);
  expect(() => rocAuc(tensor([1]), y, { maxFalsePositiveRate: 0 })).toThrow(RangeError);
  expect(() => rocAuc(x, y, { average: 'mean' as 'macro' })).toThrow(
    new TypeError(
      "rocAuc: average must be 'macro', 'weighted', 'micro' or 'none', got mean. Leave it out for 'macro'.",
    ),
  );
});
