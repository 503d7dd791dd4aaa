import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { warmUp } from './warm-up.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('warmUp', () => {
  test('rises to the first rate of the schedule, which follows from its step 0', () => {
    expect(
      rates(
        warmUp((t) => t.add(4), { steps: 4 }),
        [0, 1, 2, 4, 5],
      ),
    ).toEqual([0, 1, 2, 4, 5]);
    expect(rates(warmUp(3, { steps: 2, from: 1 }), [0, 1, 2, 9])).toEqual([1, 2, 3, 3]);
  });

  test('refuses what is out of range', () => {
    expect(() => warmUp(1, { steps: 0 })).toThrow(
      new RangeError(
        'warmUp: steps must be a positive integer, got 0. Count in steps of the optimizer, not in epochs.',
      ),
    );
  });
});
