import { tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { lamb, type LambOptions } from './lamb.ts';

/** The values of one parameter, from a start, after each step with these gradients. */
function path(options: LambOptions, gradients: readonly number[], start = 0): number[] {
  const w = variable(tensor(start, { dtype: 'float64' }));
  const optimizer = lamb({ w }, options);
  return gradients.map((gradient) => {
    optimizer.step({ w: tensor(gradient, { dtype: 'float64' }) });
    return w.item();
  });
}

const slots = (options: LambOptions = {}): readonly string[] =>
  Object.keys(lamb({ w: variable(tensor(0)) }, options).state);

describe('lamb', () => {
  // The direction is sign(g) = 1, so the step is the rate times |θ|.
  test('moves in proportion to the length of the parameter', () => {
    expect(path({ learningRate: 0.25, epsilon: 0 }, [7], 8)).toEqual([6]);
  });

  // m = 0.5 · 4 = 2 and c = 0.75 · 16 = 12, uncorrected; the length of the direction does not matter.
  test('moves by the direction itself where the parameter is 0', () => {
    const [step] = path({ learningRate: 1, beta1: 0.5, beta2: 0.25, epsilon: 0, biasCorrection: false }, [4]);
    expect(step).toBeCloseTo(-2 / Math.sqrt(12), 15);
  });

  // r = 1 + 0.25 · −8 = −1, so the parameter moves away from 0.
  test('adds the decayed parameter to the direction', () => {
    expect(path({ learningRate: 0.25, epsilon: 0, weightDecay: 0.25 }, [3], -8)).toEqual([-6]);
  });

  test('keeps the state of Adam', () => {
    expect(slots()).toEqual(['iterations', 'w.momentum', 'w.cache']);
  });

  test('refuses a negative epsilon', () => {
    expect(() => slots({ epsilon: -1 })).toThrow(
      new RangeError('lamb: epsilon must be a finite number of at least 0, got -1. Leave it out for the default.'),
    );
  });
});
