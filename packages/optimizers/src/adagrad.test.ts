import { tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { adagrad, type AdagradOptions } from './adagrad.ts';

/** The values of one parameter, from 0, after each step with these gradients. */
function path(options: AdagradOptions, gradients: readonly number[]): number[] {
  const w = variable(tensor(0, { dtype: 'float64' }));
  const optimizer = adagrad({ w }, options);
  return gradients.map((gradient) => {
    optimizer.step({ w: tensor(gradient, { dtype: 'float64' }) });
    return w.item();
  });
}

describe('adagrad', () => {
  test('divides by the root of the sum of all squares: 3/3, then 4/5', () => {
    expect(path({ epsilon: 0 }, [3, 4])).toEqual([-1, -1.8]);
  });

  test('adds epsilon after the root: 3/(3 + 1), then 4/(5 + 1)', () => {
    const [first, second] = path({ epsilon: 1 }, [3, 4]);
    expect(first).toBe(-0.75);
    expect(second).toBeCloseTo(-0.75 - 2 / 3, 15);
  });

  test('may start with a sum: 3/√(16 + 9)', () => {
    expect(path({ epsilon: 0, initialCache: 16 }, [3])).toEqual([-0.6]);
  });

  test('lets the rate fall with decay: 1 · 3/3, then 1/2 · 4/5', () => {
    expect(path({ epsilon: 0, decay: 1 }, [3, 4])).toEqual([-1, -1.4]);
  });

  test('has a rate of 1 and an epsilon of 1e-7 by default', () => {
    expect(path({}, [1e-7])[0]).toBeCloseTo(-0.5, 15);
  });

  test('refuses a negative epsilon and a negative sum', () => {
    const w = variable(tensor(0));
    expect(() => adagrad({ w }, { epsilon: -1 })).toThrow(RangeError);
    expect(() => adagrad({ w }, { initialCache: -1 })).toThrow(
      new RangeError(
        'adagrad: initialCache must be a finite number of at least 0, got -1. Leave it out for the default.',
      ),
    );
  });
});
