import { ShapeError, tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { binaryAccuracy } from './binary-accuracy.ts';

describe('binaryAccuracy', () => {
  test('is the fraction of questions that are answered correctly', () => {
    expect(String(binaryAccuracy(tensor([0.9, 0.2, 0.6]), tensor([1, 0, 0])))).toBe('0.6666666666666666');
  });

  test('counts a probability equal to the threshold as a no', () => {
    expect(binaryAccuracy(tensor([0.5, 0.5]), tensor([0, 1])).item()).toBe(0.5);
    expect(binaryAccuracy(tensor([0.3]), tensor([0]), { threshold: 0.3 }).item()).toBe(1);
  });

  test('takes another threshold, and targets of any dtype', () => {
    const probabilities = tensor([0.3, 0.1]);
    expect(binaryAccuracy(probabilities, tensor([true, false]), { threshold: 0.2 }).item()).toBe(1);
    expect(binaryAccuracy(probabilities, tensor([1, 0], { dtype: 'int32' }), { threshold: 0.2 }).item()).toBe(1);
  });

  test('counts several questions in each row one by one, and weighs rows', () => {
    const probabilities = tensor([
      [0.9, 0.9],
      [0.1, 0.9],
    ]);
    const targets = tensor([
      [1, 0],
      [0, 1],
    ]);
    expect(binaryAccuracy(probabilities, targets).item()).toBe(0.75);
    // (3 · 1 + 3 · 0 + 1 · 1 + 1 · 1) / (3 + 3 + 1 + 1)
    expect(binaryAccuracy(probabilities, targets, { weights: tensor([3, 1]) }).item()).toBe(0.625);
  });

  test('refuses shapes that would be broadcast', () => {
    expect(() => binaryAccuracy(tensor([[0.9], [0.2]]), tensor([1, 0]))).toThrow(
      new ShapeError(
        'binaryAccuracy: prediction and target must have one shape, with an axis for the samples, got [2, 1] and [2]. ' +
          'Reshape one of them, as in target.reshape([-1, 1]).',
      ),
    );
    expect(() => binaryAccuracy(tensor(0.9), tensor(1))).toThrow(ShapeError);
  });

  test('refuses targets other than 0 and 1', () => {
    expect(() =>
      binaryAccuracy(
        tensor([
          [0.9, 1],
          [0.2, 0],
        ]),
        tensor([
          [1, 0],
          [1, 2],
        ]),
      ),
    ).toThrow(
      new RangeError('binaryAccuracy: targets must be 0 or 1, got 2 in row 1. Use accuracy for more than two classes.'),
    );
    expect(() => binaryAccuracy(tensor([0.9]), tensor([Number.NaN]))).toThrow('got NaN in row 0');
  });

  test.each([-3, 1.5, Number.NaN])('refuses %s, which is no probability', (logit) => {
    expect(() => binaryAccuracy(tensor([[0.5], [logit]]), tensor([[1], [0]]))).toThrow(
      new RangeError(
        `binaryAccuracy: probabilities must be between 0 and 1, got ${logit} in row 1. For logits write sigmoid(logits).`,
      ),
    );
  });

  test('takes a probability that was rounded to a little above 1', () => {
    expect(binaryAccuracy(tensor([1 + 2 ** -22]), tensor([1])).item()).toBe(1);
  });

  test.each([-0.5, 1.5, Number.NaN])('refuses a threshold of %s', (threshold) => {
    expect(() => binaryAccuracy(tensor([0.9]), tensor([1]), { threshold })).toThrow(
      new RangeError(`binaryAccuracy: threshold must be a number from 0 to 1, got ${threshold}. Leave it out for 0.5.`),
    );
  });
});
