import { tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { radam, type RadamOptions } from './radam.ts';

/** The values of one parameter, from a start, after each step with these gradients. */
function path(options: RadamOptions, gradients: readonly number[], start = 0): number[] {
  const w = variable(tensor(start, { dtype: 'float64' }));
  const optimizer = radam({ w }, options);
  return gradients.map((gradient) => {
    optimizer.step({ w: tensor(gradient, { dtype: 'float64' }) });
    return w.item();
  });
}

const slots = (options: RadamOptions = {}): readonly string[] =>
  Object.keys(radam({ w: variable(tensor(0)) }, options).state);

describe('radam', () => {
  // With β₂ = 0.9 ρ∞ is 19; after one step ρ = 19 − 2 · 0.9/0.1 = 1.
  test('moves by the corrected mean alone at first, whatever epsilon is', () => {
    expect(path({ learningRate: 1, beta1: 0.5, beta2: 0.9, epsilon: 1 }, [3])).toEqual([-3]);
  });

  // With β₂ = 0.9, ρ first is above 5 in step 6: 19 − 12 · 0.531441/0.468559 = 5.389… For equal gradients m̂ = √ĉ = 2.
  test('divides by the root of the mean square when ρ is above 5', () => {
    const values = path({ learningRate: 1, beta1: 0.5, beta2: 0.9, epsilon: 0 }, [2, 2, 2, 2, 2, 2]);
    const rho = 19 - (12 * 0.531441) / 0.468559;
    const rectification = Math.sqrt(((rho - 4) * (rho - 2) * 19) / (15 * 17 * rho));
    expect(values[4]).toBeCloseTo(-10, 14);
    expect(values[5]).toBeCloseTo(-10 - rectification, 12);
  });

  test('has a rate of 0.001 by default', () => {
    expect(path({}, [1])[0]).toBeCloseTo(-0.001, 15);
  });

  test('stays finite when ρ can never be above 5', () => {
    expect(path({ learningRate: 1, beta1: 0, beta2: 0 }, [1, 1])).toEqual([-1, -2]);
  });

  test('refuses a beta2 of 1', () => {
    expect(() => slots({ beta2: 1 })).toThrow(
      new RangeError('radam: beta2 must be at least 0 and below 1, got 1. Leave it out for the default.'),
    );
  });
});
