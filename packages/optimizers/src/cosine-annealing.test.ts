import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { cosineAnnealing } from './cosine-annealing.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('cosineAnnealing', () => {
  // cos 0 = 1, cos 60° = 1/2, cos 90° = 0, cos 180° = −1.
  test('falls along half a cosine and rises again', () => {
    const values = rates(cosineAnnealing(5, { steps: 6, minimum: 1 }), [0, 2, 3, 6, 9, 12]);
    [5, 4, 3, 1, 3, 5].forEach((want, at) => expect(values[at]).toBeCloseTo(want, 14));
  });

  test('refuses what is out of range', () => {
    expect(() => cosineAnnealing(1, { steps: -3 })).toThrow(
      new RangeError(
        'cosineAnnealing: steps must be a positive integer, got -3. Count in steps of the optimizer, not in epochs.',
      ),
    );
  });
});
