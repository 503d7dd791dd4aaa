import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { cyclicSchedule } from './cyclic-schedule.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('cyclicSchedule', () => {
  const range = { minimum: 1, maximum: 5, up: 2 };

  test('rises and falls again and again', () => {
    expect(rates(cyclicSchedule(range), [0, 1, 2, 3, 4, 5])).toEqual([1, 3, 5, 3, 1, 3]);
    expect(rates(cyclicSchedule({ ...range, down: 4 }), [2, 3, 4, 5, 6])).toEqual([5, 4, 3, 2, 1]);
  });

  test('gets lower with each cycle, or with each step', () => {
    expect(rates(cyclicSchedule({ ...range, cycleFactor: 0.5 }), [2, 6, 10])).toEqual([5, 3, 2]);
    expect(rates(cyclicSchedule({ ...range, stepFactor: 0.5 }), [1, 2, 3])).toEqual([2, 2, 1.25]);
  });

  test('refuses what is out of range', () => {
    expect(() => cyclicSchedule({ ...range, up: 0 })).toThrow(
      new RangeError(
        'cyclicSchedule: up must be a positive integer, got 0. Count in steps of the optimizer, not in epochs.',
      ),
    );
  });
});
