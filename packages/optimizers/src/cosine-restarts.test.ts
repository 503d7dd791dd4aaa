import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { cosineRestarts } from './cosine-restarts.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('cosineRestarts', () => {
  test('starts again after equal cycles', () => {
    const values = rates(cosineRestarts(5, { steps: 2, minimum: 1 }), [0, 1, 2, 3, 4]);
    [5, 3, 5, 3, 5].forEach((want, at) => expect(values[at]).toBeCloseTo(want, 14));
  });

  // ln 3⁵ / ln 3 is rounded to 4.999…
  test.each([2, 3, 5, 7, 10])('starts exactly where cycles that grow by %d begin', (growth) => {
    const schedule = cosineRestarts(1, { steps: 3, growth });
    for (let start = 0, length = 3; start < 1e9; start += length, length *= growth) {
      expect(rates(schedule, [start])).toEqual([1]);
      // The step before is the last of its cycle.
      const last = length / growth;
      const want = (1 + Math.cos((Math.PI * (last - 1)) / last)) / 2;
      if (start > 0) expect(rates(schedule, [start - 1])[0]).toBeCloseTo(want, 12);
    }
  });

  test('refuses what is out of range', () => {
    expect(() => cosineRestarts(1, { steps: 3, growth: 1.5 })).toThrow(
      new RangeError(
        'cosineRestarts: growth must be a positive integer, got 1.5. Count in steps of the optimizer, not in epochs.',
      ),
    );
  });
});
