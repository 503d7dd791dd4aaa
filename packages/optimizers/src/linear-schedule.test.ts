import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { linearSchedule } from './linear-schedule.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('linearSchedule', () => {
  test('goes from one rate to the other, up or down, and stays', () => {
    expect(rates(linearSchedule({ from: 1, to: 3, steps: 4 }), [0, 1, 2, 3, 4, 9])).toEqual([1, 1.5, 2, 2.5, 3, 3]);
    expect(rates(linearSchedule({ from: 2, to: 0, steps: 2 }), [0, 1, 2])).toEqual([2, 1, 0]);
  });

  test('refuses what is out of range', () => {
    expect(() => linearSchedule({ from: 0, to: Infinity, steps: 1 })).toThrow(
      new RangeError(
        'linearSchedule: to must be a finite number of at least 0, got Infinity. Leave it out for the default.',
      ),
    );
  });
});
