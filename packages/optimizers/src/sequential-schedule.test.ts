import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { sequentialSchedule } from './sequential-schedule.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('sequentialSchedule', () => {
  test('gives each schedule its turn, from its own step 0', () => {
    const schedule = sequentialSchedule([8, (t) => t, 9], { boundaries: [2, 4] });
    expect(rates(schedule, [0, 1, 2, 3, 4, 9])).toEqual([8, 8, 0, 1, 9, 9]);
  });

  test('asks no schedule for steps before its own', () => {
    const seen: number[] = [];
    const second: Schedule = (t) => (seen.push(t.item()), t);
    rates(sequentialSchedule([1, second], { boundaries: [3] }), [0, 3, 4]);
    expect(seen).toEqual([0, 0, 1]);
  });

  test('refuses boundaries that do not ascend, or are too few', () => {
    expect(() => sequentialSchedule([1, 2, 3], { boundaries: [4, 4] })).toThrow(
      new RangeError('sequentialSchedule: boundaries[1] must be above 4, got 4. Sort them.'),
    );
    expect(() => sequentialSchedule([1, 2], { boundaries: [] })).toThrow(
      new RangeError(
        'sequentialSchedule: the number of boundaries must be 1, one fewer than the schedules, got 0. ' +
          'Name the step at which each schedule but the first begins.',
      ),
    );
  });
});
