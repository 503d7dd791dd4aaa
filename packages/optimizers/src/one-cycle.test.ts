import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { oneCycle } from './one-cycle.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('oneCycle', () => {
  test('rises to its maximum, falls below its first rate, and stays', () => {
    const schedule = oneCycle(8, { steps: 7, rising: 3 / 7, divisor: 4, finalDivisor: 2, anneal: 'linear' });
    const values = rates(schedule, [0, 1, 2, 4, 6, 9]);
    [2, 5, 8, 4.5, 1, 1].forEach((want, at) => expect(values[at]).toBeCloseTo(want, 14));
  });

  test('falls back to its first rate in as many steps, with a third phase', () => {
    const schedule = oneCycle(8, {
      steps: 7,
      rising: 3 / 7,
      divisor: 4,
      finalDivisor: 2,
      anneal: 'linear',
      threePhase: true,
    });
    const values = rates(schedule, [0, 1, 2, 3, 4, 5, 6]);
    [2, 5, 8, 5, 2, 1.5, 1].forEach((want, at) => expect(values[at]).toBeCloseTo(want, 14));
  });

  test('takes half a cosine by default: a quarter of the way is (1 − cos 45°)/2', () => {
    const values = rates(oneCycle(8, { steps: 10, rising: 0.5, divisor: 4 }), [0, 1, 2, 4]);
    [2, 2 + 3 * (1 - Math.SQRT1_2), 5, 8].forEach((want, at) => expect(values[at]).toBeCloseTo(want, 14));
  });

  test('refuses phases without steps, and other ways', () => {
    expect(() => oneCycle(1, { steps: 5, rising: 0.2 })).toThrow(
      new RangeError('oneCycle: rising must be above 1 / steps and below 1, got 0.2. Leave it out for 0.3.'),
    );
    expect(() => oneCycle(1, { steps: 5, rising: 0.5, threePhase: true })).toThrow(
      new RangeError('oneCycle: rising must be above 1 / steps and below 0.5, got 0.5. Leave it out for 0.3.'),
    );
    expect(() => oneCycle(1, { steps: 5, anneal: 'cos' as 'cosine' })).toThrow(
      new TypeError("oneCycle: anneal must be 'cosine' or 'linear', got cos. Leave it out for 'cosine'."),
    );
    expect(() => oneCycle(1, { steps: 5, divisor: 0 })).toThrow(
      new RangeError('oneCycle: divisor must be a finite number above 0, got 0. Leave it out for the default.'),
    );
  });
});
