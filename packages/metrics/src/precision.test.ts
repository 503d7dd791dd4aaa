import { tensor, type Tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { precision } from './precision.ts';

const indices = (...values: readonly number[]): Tensor => tensor([...values], { dtype: 'int32' });

// Class 0: predicted twice, once right. Class 1: predicted three times, twice right. Class 2: never predicted.
const [predicted, labels] = [indices(0, 0, 1, 1, 1), indices(0, 2, 1, 1, 2)];

test('is the fraction of right predictions of each class', () => {
  expect(precision(predicted, labels, { average: 'none' }).toArray()).toEqual([0.5, 2 / 3, 0]);
});

test('averages the classes alike, by their rows, or by their counts', () => {
  expect(precision(predicted, labels, { average: 'macro' }).item()).toBeCloseTo((0.5 + 2 / 3) / 3, 15);
  expect(precision(predicted, labels, { average: 'weighted' }).item()).toBeCloseTo((0.5 + 2 * (2 / 3)) / 5, 15);
  expect(precision(predicted, labels, { average: 'micro' }).item()).toBe(3 / 5);
});

test('leaves classes out of the macro average that do not occur, unless they are named', () => {
  const [x, y] = [indices(0, 3), indices(0, 3)];
  expect(precision(x, y, { average: 'macro' }).item()).toBe(1);
  expect(precision(x, y, { average: 'macro', classes: 4 }).item()).toBe(0.5);
  expect(precision(x, y, { average: 'macro', classes: [0, 1] }).item()).toBe(0.5);
});

test('of two classes is that of class 1, or of another that is named', () => {
  const [x, y] = [indices(1, 1, 0, 0), indices(1, 0, 0, 0)];
  expect(precision(x, y).item()).toBe(0.5);
  expect(precision(x, y, { positive: 0 }).item()).toBe(1);
  expect(precision(x, y, { classes: [5, 1], positive: 1 }).item()).toBe(0.5);
  expect(precision(indices(0, 0), indices(0, 0)).item()).toBe(0);
});

test('takes logits and one-hot labels', () => {
  const logits = tensor([
    [2, 1],
    [0, 3],
  ]);
  expect(
    precision(
      logits,
      tensor([
        [1, 0],
        [1, 0],
      ]),
    ).item(),
  ).toBe(0);
});

test('counts a row that was predicted to be of a class from outside of those listed', () => {
  expect(precision(indices(1, 1), indices(1, 7), { classes: [1, 2], average: 'micro' }).item()).toBe(0.5);
});

test('refuses more than two classes without an average, another average, and a positive class that there is not', () => {
  expect(() => precision(predicted, labels)).toThrow(
    new RangeError(
      "precision: average 'binary' is for two classes, got 3. Write average: 'macro', 'micro', 'weighted' or 'none'.",
    ),
  );
  expect(() => precision(predicted, labels, { average: 'mean' as 'macro' })).toThrow(
    new TypeError(
      "precision: average must be 'binary', 'macro', 'micro', 'weighted' or 'none', got mean. " +
        'Leave it out for the score of class 1 of two.',
    ),
  );
  expect(() => precision(indices(0, 1), indices(0, 1), { positive: 2 })).toThrow(
    new RangeError('precision: positive must be one of the two classes, got 2. Write 1 for the class with index 1.'),
  );
});
