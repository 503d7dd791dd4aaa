import { randomState } from '@nn/tensor';
import { expect, test } from 'vitest';
import { drawCorners } from './corners.ts';

// One corner in 40 dimensions, some of few, most of few, and all.
test.for([
  [20, 40],
  [5, 31],
  [3, 12],
  [20, 6],
  [63, 6],
  [64, 6],
])('%i corners of a cube of %i dimensions are distinct zeros and ones', ([count, dimensions]) => {
  const bits = drawCorners(count!, dimensions!, randomState(2));
  expect(bits).toHaveLength(count! * dimensions!);
  expect(new Set(bits)).toEqual(new Set([0, 1]));
  const corners = Array.from({ length: count! }, (_, row) =>
    bits.slice(row * dimensions!, (row + 1) * dimensions!).join(''),
  );
  expect(new Set(corners).size).toBe(count);
});

test('all corners come in the order of their numbers', () => {
  expect(Array.from(drawCorners(4, 2, randomState(0)))).toEqual([0, 0, 0, 1, 1, 0, 1, 1]);
});
