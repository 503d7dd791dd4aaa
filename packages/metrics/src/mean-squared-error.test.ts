import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { meanSquaredError } from './mean-squared-error.ts';

test('averages the squares of each output, and the outputs', () => {
  const [x, y] = [
    tensor([
      [1, 2],
      [3, 4],
    ]),
    tensor([
      [1, 0],
      [1, 4],
    ]),
  ];
  expect(meanSquaredError(x, y, { average: 'none' }).toArray()).toEqual([2, 2]);
  expect(meanSquaredError(x, y, { weights: tensor([3, 1]) }).item()).toBe((3 * 4 + 4) / 4 / 2);
});

test('refuses bool, more axes than two, and another average', () => {
  const yes = tensor([true]);
  expect(() => meanSquaredError(yes, yes)).toThrow(/must be numbers, got bool. Write .cast\('float32'\)/);
  const cube = tensor([[[1]]]);
  expect(() => meanSquaredError(cube, cube)).toThrow(/must have shape \[N\] or \[N, outputs\], got \[1, 1, 1\]/);
  expect(() => meanSquaredError(tensor([1]), tensor([1]), { average: 'sum' as 'mean' })).toThrow(
    new TypeError("meanSquaredError: average must be 'mean' or 'none', got sum. Leave it out for 'mean'."),
  );
});
