import { tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { adamax, type AdamaxOptions } from './adamax.ts';

/** The values of one parameter, from a start, after each step with these gradients. */
function path(options: AdamaxOptions, gradients: readonly number[], start = 0): number[] {
  const w = variable(tensor(start, { dtype: 'float64' }));
  const optimizer = adamax({ w }, options);
  return gradients.map((gradient) => {
    optimizer.step({ w: tensor(gradient, { dtype: 'float64' }) });
    return w.item();
  });
}

const slots = (options: AdamaxOptions = {}): readonly string[] =>
  Object.keys(adamax({ w: variable(tensor(0)) }, options).state);

describe('adamax', () => {
  // m = 2, m̂ = 2/0.5 = 4, u = 4: a step of 1. m = 1 + 0.5 = 1.5, m̂ = 1.5/0.75 = 2, u = max(0.75 · 4, 1) = 3: a step of 2/3.
  test('divides the corrected mean by the largest recent gradient', () => {
    const [first, second] = path({ learningRate: 1, beta1: 0.5, beta2: 0.75, epsilon: 0 }, [4, 1]);
    expect(first).toBe(-1);
    expect(second).toBeCloseTo(-1 - 2 / 3, 15);
  });

  test('adds epsilon to the absolute gradient: 4/(4 + 4)', () => {
    expect(path({ learningRate: 1, epsilon: 4, beta1: 0.5 }, [4])).toEqual([-0.5]);
  });

  test('has a rate of 0.002 and an epsilon of 1e-7 by default', () => {
    expect(path({}, [1e-7])[0]).toBeCloseTo(-0.001, 15);
  });

  test('keeps a running mean and the largest gradient', () => {
    expect(slots()).toEqual(['iterations', 'w.momentum', 'w.largest']);
  });

  test.each(['beta1', 'beta2'])('refuses a %s of 1', (option) => {
    expect(() => slots({ [option]: 1 })).toThrow(
      new RangeError(`adamax: ${option} must be at least 0 and below 1, got 1. Leave it out for the default.`),
    );
  });
});
