import { ShapeError, tensor, type Tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { oneHotEncoder } from './one-hot-encoder.ts';

// The example of scikit-learn's documentation: Male 1, Female 3, Female 2.
const rows = [
  ['Male', 1],
  ['Female', 3],
  ['Female', 2],
] as const;

test('each column gives one column for each of its categories', () => {
  const encoding = oneHotEncoder().fit(rows);
  expect(encoding.categories).toEqual([
    ['Female', 'Male'],
    [1, 2, 3],
  ]);
  const encoded = encoding.transform([
    ['Female', 1],
    ['Male', 3],
  ]);
  expect(encoded.dtype).toBe('float32');
  expect(encoded.toArray()).toEqual([
    [1, 0, 1, 0, 0],
    [0, 1, 0, 0, 1],
  ]);
  expect(encoding.inverse(encoded)).toEqual([
    ['Female', 1],
    ['Male', 3],
  ]);
});

test('unknown categories become zeros when they may, and undefined from there', () => {
  const encoding = oneHotEncoder({ unknown: 'zeros' }).fit(rows);
  const encoded = encoding.transform([['Male', 4]]);
  expect(encoded.toArray()).toEqual([[0, 1, 0, 0, 0]]);
  expect(encoding.inverse(encoded)).toEqual([['Male', undefined]]);
});

test('tensors are read by rows, and probabilities give the most probable category', () => {
  const encoding = oneHotEncoder().fit(
    tensor([
      [3, 1],
      [2, 1],
    ]) as Tensor,
  );
  expect(encoding.transform(tensor([[2, 1]]) as Tensor).toArray()).toEqual([[1, 0, 1]]);
  expect(encoding.inverse(tensor([[0.25, 0.75, 1]]))).toEqual([[3, 1]]);
});

test('what does not fit is refused', () => {
  const encoding = oneHotEncoder().fit(rows);
  expect(() => encoding.transform([['Male', 4]])).toThrow(
    new RangeError(
      "oneHotEncoder.transform: row 0 has 4 in column 1, which was not there in fit. Write oneHotEncoder({ unknown: 'zeros' }), " +
        'or leave the row out.',
    ),
  );
  expect(() => encoding.transform([['Male']])).toThrow(
    new ShapeError(
      'oneHotEncoder.transform: rows must have 2 columns, as in fit, got 1. Give the same columns, or fit again.',
    ),
  );
  expect(() => encoding.inverse(tensor([[1, 0]]))).toThrow(
    new ShapeError(
      'oneHotEncoder.inverse: rows must have 5 numbers, one for each category, got shape [1, 2]. Give what transform returned.',
    ),
  );
  expect(() => oneHotEncoder().fit([['a'], ['b', 'c']])).toThrow(ShapeError);
  expect(() => oneHotEncoder().fit([])).toThrow(ShapeError);
  expect(() => oneHotEncoder().fit(tensor([1, 2]))).toThrow(
    new ShapeError(
      'oneHotEncoder: a tensor must have shape [N, columns], got [2]. Write x.expandDims(1) for one column.',
    ),
  );
  expect(() => oneHotEncoder().fit([['a'], [1]])).toThrow(
    new TypeError(
      'oneHotEncoder: column 0: categories must be all texts, all numbers or all booleans, got number at 1 after string. ' +
        'Convert them first.',
    ),
  );
  expect(() => oneHotEncoder({ unknown: 'ignore' as 'zeros' })).toThrow(
    new TypeError("oneHotEncoder: unknown must be 'refuse' or 'zeros', got ignore. Leave it out for 'refuse'."),
  );
});
