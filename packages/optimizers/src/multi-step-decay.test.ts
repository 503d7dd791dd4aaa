import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { multiStepDecay } from './multi-step-decay.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('multiStepDecay', () => {
  test('multiplies at each milestone, twice where it is named twice', () => {
    const schedule = multiStepDecay(8, { milestones: [1, 3, 3], factor: 0.5 });
    expect(rates(schedule, [0, 1, 2, 3, 4])).toEqual([8, 4, 4, 1, 1]);
  });

  test('stays without milestones', () => {
    expect(rates(multiStepDecay(8, { milestones: [] }), [0, 9])).toEqual([8, 8]);
  });

  test('refuses what is out of range', () => {
    expect(() => multiStepDecay(1, { milestones: [2, 0.5] })).toThrow(
      new RangeError(
        'multiStepDecay: milestones[1] must be a positive integer, got 0.5. Count in steps of the optimizer, not in epochs.',
      ),
    );
  });
});
