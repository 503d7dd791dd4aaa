import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { zigzag } from './zigzag.ts';

// Two inputs and two neurons. Into the first all gradients have one sign that changes; those of the second are mixed.
const gradients = tensor([
  [
    [1, 1],
    [2, -1],
  ],
  [
    [-1, 1],
    [-2, -1],
  ],
  [
    [1, 1],
    [2, -1],
  ],
]);

test('is of neurons whose gradients have one sign and whose updates turn back', () => {
  const { found, neurons, shares, cosines } = zigzag(gradients, gradients.neg());
  expect([found, neurons, shares]).toEqual([true, [0], [1, 0]]);
  expect(cosines[0]).toBeCloseTo(-1, 15);
  expect(cosines[1]).toBeCloseTo(1, 15);
});

test('is not of neurons whose updates go on in one direction', () => {
  expect(zigzag(gradients, gradients.abs()).neurons).toEqual([]);
});

test('refuses updates of another shape', () => {
  expect(() => zigzag(gradients, gradients.slice([0, 2]))).toThrow(
    'zigzag: gradients [3, 2, 2] and updates [2, 2, 2] must have one shape. Give both of the same batches.',
  );
});
