import { ShapeError, tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { rocCurve } from './roc-curve.ts';

const int32 = { dtype: 'int32' } as const;

test('has a point for each score, from nothing to everything', () => {
  const curve = rocCurve(tensor([0.9, 0.6, 0.4, 0.1]), tensor([1, 0, 1, 0], int32));
  expect(curve.falsePositiveRate.toArray()).toEqual([0, 0, 0.5, 0.5, 1]);
  expect(curve.truePositiveRate.toArray()).toEqual([0, 0.5, 0.5, 1, 1]);
  expect(curve.thresholds.toArray()).toEqual([Infinity, ...[0.9, 0.6, 0.4, 0.1].map(Math.fround)]);
});

test('leaves out points on a straight line, unless the options keep all', () => {
  const [x, y] = [tensor([4, 3, 2, 1]), tensor([1, 1, 1, 0], int32)];
  expect(rocCurve(x, y).thresholds.toArray()).toEqual([Infinity, 4, 2, 1]);
  expect(rocCurve(x, y, { dropIntermediate: false }).thresholds.toArray()).toEqual([Infinity, 4, 3, 2, 1]);
});

test('refuses several questions', () => {
  const two = tensor([[1, 0]]);
  expect(() => rocCurve(two, two)).toThrow(
    new ShapeError('rocCurve: a curve is of one question, shape [N], got 2 columns. Write slice([], 0) for the first.'),
  );
});
