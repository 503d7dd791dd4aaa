import { tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { exponentialDecay } from './exponential-decay.ts';
import type { Schedule } from './learning-rate.ts';

/** The rates of these steps. */
const rates = (schedule: Schedule, steps: readonly number[]): number[] =>
  steps.map((step) => schedule(tensor(step, { dtype: 'int32' })).item());

describe('exponentialDecay', () => {
  test('multiplies in each step, or once in so many', () => {
    expect(rates(exponentialDecay(8, { factor: 0.5 }), [0, 1, 2, 3])).toEqual([8, 4, 2, 1]);
    expect(rates(exponentialDecay(8, { factor: 0.25, steps: 2 }), [0, 1, 2, 3])).toEqual([8, 4, 2, 1]);
  });

  test('refuses what is out of range', () => {
    expect(() => exponentialDecay(-1, { factor: 0.5 })).toThrow(
      new RangeError(
        'exponentialDecay: learningRate must be a finite number of at least 0, got -1. Leave it out for the default.',
      ),
    );
  });
});
