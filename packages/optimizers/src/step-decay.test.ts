import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { stepDecay } from './step-decay.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('stepDecay', () => {
  test('multiplies after every so many steps: 8, 8, 2, 2, 0.5', () => {
    expect(rates(stepDecay(8, { every: 2, factor: 0.25 }), [0, 1, 2, 3, 4])).toEqual([8, 8, 2, 2, 0.5]);
  });

  test('refuses what is out of range', () => {
    expect(() => stepDecay(1, { every: 0 })).toThrow(
      new RangeError(
        'stepDecay: every must be a positive integer, got 0. Count in steps of the optimizer, not in epochs.',
      ),
    );
  });
});
