import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { averagePrecision } from './average-precision.ts';

const int32 = { dtype: 'int32' } as const;

test('adds the precision of each step of recall', () => {
  expect(averagePrecision(tensor([4, 3, 2, 1]), tensor([1, 0, 1, 0], int32)).item()).toBe(0.5 * 1 + 0.5 * (2 / 3));
  expect(averagePrecision(tensor([2, 1]), tensor([0, 0], int32)).item()).toBe(0);
});

test('of several questions is averaged as asked', () => {
  const x = tensor([
    [2, 1],
    [1, 2],
  ]);
  const y = tensor([
    [1, 1],
    [0, 0],
  ]);
  expect(averagePrecision(x, y, { average: 'none' }).toArray()).toEqual([1, 0.5]);
  expect(averagePrecision(x, y).item()).toBe(0.75);
});
