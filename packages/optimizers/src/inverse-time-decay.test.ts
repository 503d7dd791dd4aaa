import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { inverseTimeDecay } from './inverse-time-decay.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('inverseTimeDecay', () => {
  test('divides by 1 + decay · t / steps', () => {
    expect(rates(inverseTimeDecay(6, { decay: 0.5 }), [0, 2, 4])).toEqual([6, 3, 2]);
    expect(rates(inverseTimeDecay(6, { decay: 1, steps: 2 }), [0, 2, 4])).toEqual([6, 3, 2]);
  });

  test('refuses what is out of range', () => {
    expect(() => inverseTimeDecay(1, { decay: NaN })).toThrow(
      new RangeError(
        'inverseTimeDecay: decay must be a finite number of at least 0, got NaN. Leave it out for the default.',
      ),
    );
  });
});
