import { DTypeError, ShapeError, tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { labelEncoder } from './label-encoder.ts';

test('labels are numbered in ascending order: paris, paris, tokyo, amsterdam', () => {
  const encoding = labelEncoder().fit(['paris', 'paris', 'tokyo', 'amsterdam']);
  expect(encoding.classes).toEqual(['amsterdam', 'paris', 'tokyo']);
  const indices = encoding.transform(['tokyo', 'tokyo', 'paris']);
  expect([indices.dtype, ...indices.data]).toEqual(['int32', 2, 2, 1]);
  expect(encoding.inverse(indices)).toEqual(['tokyo', 'tokyo', 'paris']);
});

test('numbers are ordered by size, booleans false first, and tensors are read', () => {
  expect(labelEncoder().fit([10, 9, 1, 10]).classes).toEqual([1, 9, 10]);
  expect(
    labelEncoder()
      .fit(tensor([6, -1, 6]))
      .transform(tensor([6, -1]))
      .toArray(),
  ).toEqual([1, 0]);
  expect(labelEncoder().fit(tensor([true, false])).classes).toEqual([false, true]);
});

test('texts are ordered by code points: upper case first, a text before its continuation', () => {
  expect(labelEncoder().fit(['b', 'ab', 'a', 'B', '\u{1F600}', '\uFF01']).classes).toEqual([
    'B',
    'a',
    'ab',
    'b',
    '\uFF01',
    '\u{1F600}',
  ]);
});

test('what was not learned is refused', () => {
  const encoding = labelEncoder().fit(['a', 'b']);
  expect(() => encoding.transform(['a', 'c'])).toThrow(
    new RangeError(
      'labelEncoder.transform: row 1 has label c, which was not there in fit. The classes are a, b. ' +
        'Fit all labels, or leave the row out.',
    ),
  );
  expect(() => encoding.inverse(tensor([2], { dtype: 'int32' }))).toThrow(
    new RangeError(
      'labelEncoder.inverse: row 0 has class index 2, but there are 2 classes, 0 … 1. Check where the indices come from.',
    ),
  );
  expect(() => encoding.inverse(tensor([1]))).toThrow(
    new DTypeError("labelEncoder.inverse: class indices must be int32, got float32. Write cast('int32')."),
  );
  expect(() => encoding.inverse(tensor([[1]], { dtype: 'int32' }))).toThrow(ShapeError);
});

test('mixed labels, NaN and no labels are refused', () => {
  expect(() => labelEncoder().fit(['a', 1])).toThrow(
    new TypeError(
      'labelEncoder: categories must be all texts, all numbers or all booleans, got number at 1 after string. ' +
        'Convert them first.',
    ),
  );
  expect(() => labelEncoder().fit([1, NaN])).toThrow(
    new RangeError('labelEncoder: a category must not be NaN, got it at 1. Replace it with imputer first.'),
  );
  expect(() => labelEncoder().fit([])).toThrow(RangeError);
});
