import { tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { rmsprop, type RmspropOptions } from './rmsprop.ts';

/** The values of one parameter, from 0, after each step with these gradients. */
function path(options: RmspropOptions, gradients: readonly number[]): number[] {
  const w = variable(tensor(0, { dtype: 'float64' }));
  const optimizer = rmsprop({ w }, options);
  return gradients.map((gradient) => {
    optimizer.step({ w: tensor(gradient, { dtype: 'float64' }) });
    return w.item();
  });
}

describe('rmsprop', () => {
  // Mean squares: 0.75 · 0 + 0.25 · 4 = 1, then 0.75 · 1 + 0.25 · 1 = 1.
  test('divides by the root of the running mean of squares: 2/1, then 1/1', () => {
    expect(path({ learningRate: 0.5, rho: 0.75, epsilon: 0 }, [2, 1])).toEqual([-1, -1.5]);
  });

  test('adds epsilon after the root: 2/(1 + 1), then 1/(1 + 1)', () => {
    expect(path({ learningRate: 0.5, rho: 0.75, epsilon: 1 }, [2, 1])).toEqual([-0.5, -0.75]);
  });

  test('takes half of its last step again with momentum 0.5: 1, then 0.5 · 1 + 0.5', () => {
    expect(path({ learningRate: 0.5, rho: 0.75, epsilon: 0, momentum: 0.5 }, [2, 1])).toEqual([-1, -2]);
  });

  // The mean is 0.5 · 4 = 2, the mean square 0.5 · 16 = 8, so the standard deviation is √(8 − 2²) = 2.
  test('divides by the standard deviation when centered: 4/2', () => {
    expect(path({ learningRate: 1, rho: 0.5, epsilon: 0, centered: true }, [4])).toEqual([-2]);
  });

  test('stays finite when centered on gradients that never change', () => {
    const w = variable(tensor([0.1, 0.3, 0.7]));
    const optimizer = rmsprop({ w }, { centered: true });
    for (let step = 0; step < 500; step++) optimizer.step({ w: tensor([0.1, 1e-3, 0.7]) });
    expect([...w.data].every(Number.isFinite)).toBe(true);
  });

  test('lets the rate fall with decay: 1 · 2/1, then 1/2 · 1/1', () => {
    expect(path({ learningRate: 1, rho: 0.75, epsilon: 0, decay: 1 }, [2, 1])).toEqual([-2, -2.5]);
  });

  test('has a rate of 0.001, a rho of 0.9 and an epsilon of 1e-7 by default', () => {
    // √(0.1 · 1e-13) = 1e-7, so half of the rate is left: 0.001 · √1e-13 / 2e-7
    expect(path({}, [Math.sqrt(1e-13)])[0]).toBeCloseTo((-0.001 * Math.sqrt(1e-13)) / 2e-7, 15);
  });

  test('keeps only the state that it needs', () => {
    const w = variable(tensor(0));
    expect(Object.keys(rmsprop({ w }).state)).toEqual(['iterations', 'w.cache']);
    expect(Object.keys(rmsprop({ w }, { centered: true, momentum: 0.5 }).state)).toEqual([
      'iterations',
      'w.cache',
      'w.mean',
      'w.momentum',
    ]);
  });

  test('refuses a rho of 1, which would ignore every gradient', () => {
    expect(() => rmsprop({ w: variable(tensor(0)) }, { rho: 1 })).toThrow(
      new RangeError('rmsprop: rho must be at least 0 and below 1, got 1. Leave it out for the default.'),
    );
  });
});
