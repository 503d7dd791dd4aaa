import { tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { type PlateauSchedule, reduceOnPlateau } from './reduce-on-plateau.ts';
import { sgd } from './sgd.ts';

/** The rate after each report. */
const after = (schedule: PlateauSchedule, reports: readonly number[]): number[] =>
  reports.map((value) => {
    schedule.report(value);
    return schedule(tensor(0)).item();
  });

describe('reduceOnPlateau', () => {
  test('reduces after more reports than its patience without a better value, and starts to count again', () => {
    const schedule = reduceOnPlateau(8, { factor: 0.5, patience: 1 });
    expect(after(schedule, [3, 3, 3, 3, 3])).toEqual([8, 8, 4, 4, 2]);
  });

  test('takes larger values for better with mode max', () => {
    const schedule = reduceOnPlateau(8, { factor: 0.5, patience: 0, mode: 'max' });
    expect(after(schedule, [-3, -2, -2.5, -1])).toEqual([8, 8, 4, 4]);
  });

  // 90 is not below 100 · 0.9, and 90.5 is below 100 − 9.
  test('wants values better by a threshold, relative or absolute', () => {
    const options = { factor: 0.5, patience: 0 };
    expect(after(reduceOnPlateau(8, { ...options, threshold: 0.1 }), [100, 90, 89])).toEqual([8, 4, 4]);
    const absolute = reduceOnPlateau(8, { ...options, threshold: 9, thresholdMode: 'absolute' });
    expect(after(absolute, [100, 90.5, 85])).toEqual([8, 8, 4]);
  });

  test('does not count the reports of a cooldown', () => {
    const schedule = reduceOnPlateau(8, { factor: 0.5, patience: 0, cooldown: 2 });
    expect(after(schedule, [1, 1, 1, 1, 1])).toEqual([8, 4, 4, 4, 2]);
  });

  test('stops at a minimum', () => {
    const schedule = reduceOnPlateau(8, { factor: 0.25, patience: 0, minimum: 1.5 });
    expect(after(schedule, [1, 1, 1])).toEqual([8, 2, 1.5]);
  });

  test('takes NaN for nothing better, also at first', () => {
    expect(after(reduceOnPlateau(8, { factor: 0.5, patience: 0 }), [NaN, 1, NaN])).toEqual([4, 4, 2]);
  });

  test('takes tensors, and gives the next step of an optimizer its rate', () => {
    const learningRate = reduceOnPlateau(0.5, { factor: 0.5, patience: 0 });
    const w = variable(tensor([0]));
    const optimizer = sgd({ w }, { learningRate });
    optimizer.step({ w: tensor([1]) });
    for (let report = 0; report < 2; report++) learningRate.report(tensor(1));
    optimizer.step({ w: tensor([1]) });
    expect(w.item()).toBe(-0.75);
  });

  test('continues from its saved state', () => {
    const [one, other] = [reduceOnPlateau(8, { patience: 1 }), reduceOnPlateau(8, { patience: 1 })];
    after(one, [3, 3]);
    for (const [name, value] of Object.entries(one.state)) other.state[name]!.assign(value);
    expect(after(other, [3, 3, 3])).toEqual(after(one, [3, 3, 3]));
  });

  test('refuses a factor of 1, and unknown modes', () => {
    expect(() => reduceOnPlateau(1, { factor: 1 })).toThrow(
      new RangeError('reduceOnPlateau: factor must be at least 0 and below 1, got 1. Leave it out for the default.'),
    );
    expect(() => reduceOnPlateau(1, { mode: 'auto' as 'min' })).toThrow(
      new TypeError("reduceOnPlateau: mode must be 'min' or 'max', got auto. Leave it out for 'min'."),
    );
    expect(() => reduceOnPlateau(1, { thresholdMode: 'rel' as 'relative' })).toThrow(
      new TypeError(
        "reduceOnPlateau: thresholdMode must be 'relative' or 'absolute', got rel. Leave it out for 'relative'.",
      ),
    );
    expect(() => reduceOnPlateau(1, { patience: 0.5 })).toThrow(
      new RangeError(
        'reduceOnPlateau: patience must be a non-negative integer, got 0.5. Leave it out for the default.',
      ),
    );
  });
});
