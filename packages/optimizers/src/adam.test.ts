import { tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { adam, type AdamOptions } from './adam.ts';

/** The values of one parameter, from 0, after each step with these gradients. */
function path(options: AdamOptions, gradients: readonly number[]): number[] {
  const w = variable(tensor(0, { dtype: 'float64' }));
  const optimizer = adam({ w }, options);
  return gradients.map((gradient) => {
    optimizer.step({ w: tensor(gradient, { dtype: 'float64' }) });
    return w.item();
  });
}

const plain = { learningRate: 1, beta1: 0.5, beta2: 0.75 };

describe('adam', () => {
  // m = 0.5·0 + 0.5·2 = 1        m̂ = 1/(1 − 0.5) = 2
  // c = 0.75·0 + 0.25·4 = 1      ĉ = 1/(1 − 0.75) = 4       a step of 2/√4 = 1
  // m = 0.5·1 + 0.5·(−2) = −0.5  m̂ = −0.5/(1 − 0.25) = −2/3
  // c = 0.75·1 + 0.25·4 = 1.75   ĉ = 1.75/(1 − 0.5625) = 4  a step of (−2/3)/√4 = −1/3
  test('corrects the bias of its running means, which start at 0', () => {
    const [first, second] = path({ ...plain, epsilon: 0 }, [2, -2]);
    expect(first).toBe(-1);
    expect(second).toBeCloseTo(-1 + 1 / 3, 15);
  });

  test('adds epsilon after the root: 2/(2 + 2)', () => {
    expect(path({ ...plain, epsilon: 2 }, [2])).toEqual([-0.5]);
  });

  test('lets the rate fall with decay: 1, then 1/2', () => {
    const [first, second] = path({ ...plain, epsilon: 0, decay: 1 }, [2, 2]);
    expect(first).toBe(-1);
    expect(second).toBeCloseTo(-1.5, 15);
  });

  // c is 1, then 0.75; the largest stays 1, and 1/(1 − 0.5625) = 16/7. m̂ = 0.5/0.75 = 2/3.
  test('divides by the largest mean square with amsgrad', () => {
    const [first, second] = path({ ...plain, epsilon: 0, amsgrad: true }, [2, 0]);
    expect(first).toBe(-1);
    expect(second).toBeCloseTo(-1 - 2 / 3 / Math.sqrt(16 / 7), 15);
  });

  test('has a rate of 0.001 and an epsilon of 1e-7 by default', () => {
    expect(path({}, [1e-7])[0]).toBeCloseTo(-0.0005, 15);
  });

  test('keeps two running means of each parameter, and the largest mean square with amsgrad', () => {
    const w = variable(tensor(0));
    expect(Object.keys(adam({ w }).state)).toEqual(['iterations', 'w.momentum', 'w.cache']);
    expect(Object.keys(adam({ w }, { amsgrad: true }).state)).toEqual([
      'iterations',
      'w.momentum',
      'w.cache',
      'w.largest',
    ]);
  });

  test.each(['beta1', 'beta2'])('refuses a %s of 1, which would ignore every gradient', (option) => {
    expect(() => adam({ w: variable(tensor(0)) }, { [option]: 1 })).toThrow(
      new RangeError(`adam: ${option} must be at least 0 and below 1, got 1. Leave it out for the default.`),
    );
  });
});
