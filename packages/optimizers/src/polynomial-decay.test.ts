import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { polynomialDecay } from './polynomial-decay.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('polynomialDecay', () => {
  test('falls from 5 to 1 along a line, a square and a root, and stays', () => {
    expect(rates(polynomialDecay(5, { steps: 4, minimum: 1 }), [0, 1, 2, 3, 4, 9])).toEqual([5, 4, 3, 2, 1, 1]);
    expect(rates(polynomialDecay(5, { steps: 4, minimum: 1, power: 2 }), [0, 2, 4])).toEqual([5, 2, 1]);
    expect(rates(polynomialDecay(5, { steps: 4, minimum: 1, power: 0.5 }), [0, 3, 4])).toEqual([5, 3, 1]);
  });

  test('refuses what is out of range', () => {
    expect(() => polynomialDecay(1, { steps: 2.5 })).toThrow(
      new RangeError(
        'polynomialDecay: steps must be a positive integer, got 2.5. Count in steps of the optimizer, not in epochs.',
      ),
    );
  });
});
