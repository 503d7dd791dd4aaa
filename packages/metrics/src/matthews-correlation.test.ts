import { tensor, type Tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { matthewsCorrelation } from './matthews-correlation.ts';

const indices = (...values: readonly number[]): Tensor => tensor([...values], { dtype: 'int32' });

test('is 1 if all are right, −1 if all of two classes are wrong, and 0 for a constant prediction', () => {
  const labels = indices(0, 1, 1, 0);
  expect(matthewsCorrelation(labels, labels).item()).toBe(1);
  expect(matthewsCorrelation(indices(1, 0, 0, 1), labels).item()).toBe(-1);
  expect(matthewsCorrelation(indices(1, 1, 1, 1), labels).item()).toBe(0);
});

test('of two classes is (tp · tn − fp · fn) / √…', () => {
  // tp 2, tn 1, fp 1, fn 1
  const mcc = matthewsCorrelation(indices(1, 1, 0, 1, 0), indices(1, 1, 0, 0, 1)).item();
  expect(mcc).toBeCloseTo((2 * 1 - 1 * 1) / Math.sqrt(3 * 3 * 2 * 2), 15);
});
