import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { calibrationError } from './calibration-error.ts';

const int32 = { dtype: 'int32' } as const;

// Two rows with 0.75, one right; two with 0.25, none right.
const [x, y] = [tensor([0.75, 0.75, 0.25, 0.25]), tensor([1, 0, 0, 0], int32)];

test('is the mean gap between confidence and how often it is right', () => {
  expect(calibrationError(x, y, { bins: 2 }).item()).toBe(0.25);
  expect(calibrationError(tensor([0.5, 0.5]), tensor([1, 0], int32)).item()).toBe(0);
});

test('may be the largest gap, or the root of the mean square', () => {
  const uneven = tensor([1, 1, 0, 0], int32);
  // Gaps of 0.25 in both bins; with one right among the lower, 0.25 and 0.25.
  expect(calibrationError(x, uneven, { kind: 'maximum', bins: 2 }).item()).toBe(0.25);
  const weights = tensor([1, 1, 3, 3]);
  const options = { bins: 2, weights } as const;
  const worse = tensor([0, 0, 0, 0], int32);
  // Gaps of 0.75 with weight 2 and of 0.25 with weight 6.
  expect(calibrationError(x, worse, options).item()).toBe((2 * 0.75 + 6 * 0.25) / 8);
  expect(calibrationError(x, worse, { ...options, kind: 'maximum' }).item()).toBe(0.75);
  const squares = (2 * 0.75 ** 2 + 6 * 0.25 ** 2) / 8;
  expect(calibrationError(x, worse, { ...options, kind: 'rootMeanSquared' }).item()).toBeCloseTo(
    Math.sqrt(squares),
    15,
  );
});

test('of classes takes the largest probability of each row', () => {
  const rows = tensor([
    [0.75, 0.25],
    [0.25, 0.75],
  ]);
  expect(calibrationError(rows, tensor([0, 0], int32)).item()).toBe(0.25);
});

test('refuses no bins, and another kind', () => {
  expect(() => calibrationError(x, y, { bins: 0 })).toThrow(
    new RangeError('calibrationError: bins must be a positive integer, got 0. Leave it out for 15.'),
  );
  expect(() => calibrationError(x, y, { kind: 'max' as 'maximum' })).toThrow(
    new TypeError(
      "calibrationError: kind must be 'expected', 'rootMeanSquared' or 'maximum', got max. Leave it out for 'expected'.",
    ),
  );
});
