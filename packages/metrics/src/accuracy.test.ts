import { arange, DTypeError, full, ShapeError, tensor, type Tensor, zeros } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { accuracy } from './accuracy.ts';
import type { ScoreOptions } from './score.ts';

const numbers = (values: readonly number[]): Tensor => tensor([...values], { dtype: 'int32' });

const logits = tensor([
  [0.7, 0.2, 0.1],
  [0.5, 0.1, 0.4],
  [0.02, 0.9, 0.08],
]);

describe('accuracy', () => {
  test('is the fraction of rows whose largest value is in the right column', () => {
    expect(String(accuracy(logits, numbers([0, 1, 1])))).toBe('0.6666666666666666');
  });

  test('takes one-hot labels too', () => {
    const labels = tensor([
      [1, 0, 0],
      [0, 1, 0],
      [0, 1, 0],
    ]);
    expect(String(accuracy(logits, labels))).toBe('0.6666666666666666');
    expect(String(accuracy(logits, labels.cast('bool')))).toBe('0.6666666666666666');
  });

  test('takes class indices in place of logits', () => {
    expect(accuracy(numbers([7, -1, 3]), numbers([7, -1, 4])).item()).toBe(2 / 3);
    expect(
      accuracy(
        numbers([0, 1]),
        tensor([
          [1, 0],
          [1, 0],
        ]),
      ).item(),
    ).toBe(0.5);
  });

  test('prints the digits of the notebook: 109 of 300', () => {
    const labels = arange(300).less(109).cast('int32');
    expect(String(accuracy(numbers(new Array<number>(300).fill(1)), labels))).toBe('0.36333333333333334');
  });

  test('of equal values counts the first', () => {
    const undecided = tensor([
      [1, 1, 1],
      [0, 2, 2],
    ]);
    expect(accuracy(undecided, numbers([0, 1])).item()).toBe(1);
    expect(accuracy(undecided, numbers([2, 2])).item()).toBe(0);
  });

  test('may count the hits, and weigh the rows', () => {
    const labels = numbers([0, 1, 1]);
    expect(accuracy(logits, labels, { reduction: 'sum' }).item()).toBe(2);
    expect(accuracy(logits, labels, { weights: tensor([1, 6, 1]) }).item()).toBe(0.25);
    expect(accuracy(logits, labels, { weights: tensor([1, 6, 1]), reduction: 'sum' }).item()).toBe(2);
  });

  test('of no samples is NaN', () => {
    expect(accuracy(zeros([0, 3]), zeros([0], { dtype: 'int32' })).item()).toBeNaN();
  });

  const faults: readonly [string, Tensor, Tensor, ScoreOptions, new (message: string) => Error, string][] = [
    [
      'labels that are not int32',
      logits,
      tensor([0, 1, 1]),
      {},
      DTypeError,
      "accuracy: labels must be int32, got float32. Add .cast('int32').",
    ],
    [
      'predictions that are neither rows nor class indices',
      tensor([0.1, 0.9]),
      numbers([0, 1]),
      {},
      DTypeError,
      "accuracy: class indices must be int32, got float32. Write .cast('int32'), or use binaryAccuracy for " +
        'probabilities and withinTolerance for quantities.',
    ],
    [
      'a class index out of range',
      logits,
      numbers([0, 3, 1]),
      {},
      ShapeError,
      'accuracy: row 1 has label 3, but 3 classes are numbered 0 … 2. ' +
        'Number them from 0, or give the model more outputs.',
    ],
    [
      'rows that are no class probabilities',
      logits,
      tensor([
        [1, 0, 0],
        [5, -1, 0],
        [0, 1, 0],
      ]),
      {},
      RangeError,
      'accuracy: the class probabilities of each label must be at least 0 and add up to 1, got -1 in row 1. ' +
        'Divide each row by its sum, or give class indices.',
    ],
    [
      'rows with a sum other than 1',
      logits,
      full([3, 3], 0.5),
      {},
      RangeError,
      'accuracy: the class probabilities of each label must be at least 0 and add up to 1, got a sum of 1.5 in row 0. ' +
        'Divide each row by its sum, or give class indices.',
    ],
    [
      'another number of rows',
      logits,
      numbers([0, 1]),
      {},
      ShapeError,
      'accuracy: prediction [3, 3] and labels [2] must have equal rows, and equal classes where both have a column ' +
        'for each. Give the labels of the rows that were predicted.',
    ],
    [
      'one-hot labels of another number of classes',
      logits,
      zeros([3, 4]),
      {},
      ShapeError,
      'accuracy: prediction [3, 3] and labels [3, 4] must have equal rows, and equal classes where both have a column ' +
        'for each. Give the labels of the rows that were predicted.',
    ],
    [
      'labels in a column',
      logits,
      zeros([3, 1], { dtype: 'int32' }),
      {},
      ShapeError,
      'accuracy: labels must be class indices, shape [N], or one-hot rows, shape [N, classes], got [3, 1]. ' +
        'Write labels.squeeze(1) for class indices in a column.',
    ],
    [
      'a single probability in each row',
      zeros([3, 1]),
      numbers([0, 1, 1]),
      {},
      ShapeError,
      'accuracy: prediction must be class indices, shape [N], or rows of at least 2 classes, shape [N, classes], got ' +
        '[3, 1]. Use binaryAccuracy for a single probability in each row.',
    ],
    [
      'more axes than two',
      zeros([3, 2, 2]),
      numbers([0, 1, 1]),
      {},
      ShapeError,
      'accuracy: prediction must be class indices, shape [N], or rows of at least 2 classes, shape [N, classes], got ' +
        '[3, 2, 2]. Reshape it to one row for each sample.',
    ],
    [
      'arrays',
      [[1, 0]] as unknown as Tensor,
      numbers([0]),
      {},
      DTypeError,
      'accuracy: expected a tensor, got an array. Write tensor(value).',
    ],
    [
      'weights that are not one for each row',
      logits,
      numbers([0, 1, 1]),
      { weights: tensor([1, 2]) },
      ShapeError,
      'accuracy: weights must have one number for each of the 3 rows, shape [3], got [2]. Reshape them.',
    ],
    [
      'weights that are bool',
      logits,
      numbers([0, 1, 1]),
      { weights: tensor([true, false, true]) },
      DTypeError,
      "accuracy: weights must be numbers, got bool. Write weights.cast('float32').",
    ],
    [
      'another reduction',
      logits,
      numbers([0, 1, 1]),
      { reduction: 'none' as 'mean' },
      TypeError,
      "accuracy: reduction must be 'mean' or 'sum', got none. Leave it out for the fraction of hits.",
    ],
  ];

  test.each(faults)('refuses %s', (_, prediction, labels, options, kind, message) => {
    expect(() => accuracy(prediction, labels, options)).toThrow(new kind(message));
  });
});
