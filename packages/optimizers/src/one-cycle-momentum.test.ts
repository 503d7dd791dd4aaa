import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { oneCycleMomentum } from './one-cycle-momentum.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('oneCycleMomentum', () => {
  test('falls from 0.95 to 0.85 while the rate rises, and comes back', () => {
    const values = rates(oneCycleMomentum({ steps: 7, rising: 3 / 7 }), [0, 1, 2, 4, 6, 9]);
    [0.95, 0.9, 0.85, 0.9, 0.95, 0.95].forEach((want, at) => expect(values[at]).toBeCloseTo(want, 14));
  });

  test('stays high in a third phase', () => {
    const values = rates(oneCycleMomentum({ steps: 7, rising: 3 / 7, threePhase: true }), [2, 4, 5]);
    [0.85, 0.95, 0.95].forEach((want, at) => expect(values[at]).toBeCloseTo(want, 14));
  });

  test('refuses what is out of range', () => {
    expect(() => oneCycleMomentum({ steps: 9, minimum: -1 })).toThrow(
      new RangeError(
        'oneCycleMomentum: minimum must be a finite number of at least 0, got -1. Leave it out for the default.',
      ),
    );
  });
});
