import { tensor, type Tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { fScore } from './f-score.ts';

const indices = (...values: readonly number[]): Tensor => tensor([...values], { dtype: 'int32' });

// Precision 2/3, recall 1/2.
const [predicted, labels] = [indices(1, 1, 1, 0, 0), indices(1, 1, 0, 1, 1)];

test('is the harmonic mean of precision and recall', () => {
  expect(fScore(predicted, labels).item()).toBeCloseTo(4 / 7, 15);
});

test('counts recall beta times as much', () => {
  expect(fScore(predicted, labels, { beta: 2 }).item()).toBeCloseTo((5 * (1 / 3)) / (4 * (2 / 3) + 1 / 2), 15);
});

test('refuses a beta of 0', () => {
  expect(() => fScore(predicted, labels, { beta: 0 })).toThrow(
    new RangeError('fScore: beta must be a positive number, got 0. Leave it out for 1.'),
  );
});
