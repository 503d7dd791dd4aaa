import { tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { nadam, type NadamOptions } from './nadam.ts';

/** The values of one parameter, from a start, after each step with these gradients. */
function path(options: NadamOptions, gradients: readonly number[], start = 0): number[] {
  const w = variable(tensor(start, { dtype: 'float64' }));
  const optimizer = nadam({ w }, options);
  return gradients.map((gradient) => {
    optimizer.step({ w: tensor(gradient, { dtype: 'float64' }) });
    return w.item();
  });
}

const slots = (options: NadamOptions = {}): readonly string[] =>
  Object.keys(nadam({ w: variable(tensor(0)) }, options).state);

describe('nadam', () => {
  // Without decay of the momentum μ is 0.5 · 0.5 = 0.25 in each step. P = 1/4, P·μ = 1/16, m = 2, √ĉ = 4:
  // (1/4 · 2/(15/16) + 3/4 · 4/(3/4))/4 = (8/15 + 4)/4
  // P = 1/16, P·μ = 1/64, m = 3, √ĉ = 4: (1/4 · 3/(63/64) + 3/4 · 4/(15/16))/4 = (16/21 + 16/5)/4
  test('looks ahead by the momentum of the next step', () => {
    const options = { learningRate: 1, beta1: 0.5, beta2: 0.5, epsilon: 0, momentumDecay: 0 };
    const [first, second] = path(options, [4, 4]);
    expect(first).toBeCloseTo(-(8 / 15 + 4) / 4, 14);
    expect(second).toBeCloseTo(-(8 / 15 + 4) / 4 - (16 / 21 + 16 / 5) / 4, 14);
  });

  test('has a rate of 0.002 and an epsilon of 1e-7 by default', () => {
    expect(path({ beta1: 0 }, [1e-7])[0]).toBeCloseTo(-0.001, 15);
  });

  test('keeps two running means, and the product of the momentums as one number', () => {
    expect(slots()).toEqual(['iterations', 'w.momentum', 'w.cache', 'w.product']);
    const state = nadam({ w: variable(tensor([1, 2])) }).state;
    expect([state['w.product']!.shape, state['w.product']!.item()]).toEqual([[], 1]);
  });

  test('refuses a negative momentum decay', () => {
    expect(() => slots({ momentumDecay: -1 })).toThrow(
      new RangeError(
        'nadam: momentumDecay must be a finite number of at least 0, got -1. Leave it out for the default.',
      ),
    );
  });
});
