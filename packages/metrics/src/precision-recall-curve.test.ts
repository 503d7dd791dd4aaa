import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { precisionRecallCurve } from './precision-recall-curve.ts';

const int32 = { dtype: 'int32' } as const;

test('has precision and recall at each score, and ends at precision 1 and recall 0', () => {
  const curve = precisionRecallCurve(tensor([4, 3, 2, 1]), tensor([1, 0, 1, 0], int32));
  expect(curve.thresholds.toArray()).toEqual([1, 2, 3, 4]);
  expect(curve.precision.toArray()).toEqual([0.5, 2 / 3, 0.5, 1, 1]);
  expect(curve.recall.toArray()).toEqual([1, 1, 0.5, 0.5, 0]);
});
