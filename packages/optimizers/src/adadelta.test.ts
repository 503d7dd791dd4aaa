import { tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { adadelta, type AdadeltaOptions } from './adadelta.ts';

/** The values of one parameter, from a start, after each step with these gradients. */
function path(options: AdadeltaOptions, gradients: readonly number[], start = 0): number[] {
  const w = variable(tensor(start, { dtype: 'float64' }));
  const optimizer = adadelta({ w }, options);
  return gradients.map((gradient) => {
    optimizer.step({ w: tensor(gradient, { dtype: 'float64' }) });
    return w.item();
  });
}

const slots = (options: AdadeltaOptions = {}): readonly string[] =>
  Object.keys(adadelta({ w: variable(tensor(0)) }, options).state);

describe('adadelta', () => {
  // c = 0.25 · 4 = 1, Δ = √(0 + 3)/√(1 + 3) · 2 = √3; u = 0.25 · 3 = 0.75, c = 0.75 · 1 + 0.25 · 16/4 = 1.75
  test('scales the gradient by the ratio of two root mean squares', () => {
    const [first, second] = path({ rho: 0.75, epsilon: 3 }, [2, 2]);
    expect(first).toBeCloseTo(-Math.sqrt(3), 15);
    expect(second).toBeCloseTo(-Math.sqrt(3) - Math.sqrt(3.75 / 4.75) * 2, 15);
  });

  test('has a rate of 1, a rho of 0.95 and an epsilon of 1e-6 by default', () => {
    expect(path({}, [1])[0]).toBeCloseTo(-Math.sqrt(1e-6 / (0.05 + 1e-6)), 15);
  });

  test('keeps the mean squares of gradients and updates', () => {
    expect(slots()).toEqual(['iterations', 'w.cache', 'w.updates']);
  });

  test('refuses a rho of 1', () => {
    expect(() => slots({ rho: 1 })).toThrow(
      new RangeError('adadelta: rho must be at least 0 and below 1, got 1. Leave it out for the default.'),
    );
  });
});
