import { tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { lion, type LionOptions } from './lion.ts';

/** The values of one parameter, from a start, after each step with these gradients. */
function path(options: LionOptions, gradients: readonly number[], start = 0): number[] {
  const w = variable(tensor(start, { dtype: 'float64' }));
  const optimizer = lion({ w }, options);
  return gradients.map((gradient) => {
    optimizer.step({ w: tensor(gradient, { dtype: 'float64' }) });
    return w.item();
  });
}

const slots = (options: LionOptions = {}): readonly string[] =>
  Object.keys(lion({ w: variable(tensor(0)) }, options).state);

describe('lion', () => {
  // c = 0.5 · 4 = 2 and m = 0.25 · 4 = 1; then c = 0.5 · 1 − 0.5 · 0.5 = 0.25, still positive.
  test('moves by the rate in the direction of the mean', () => {
    expect(path({ learningRate: 0.5, beta1: 0.5, beta2: 0.75 }, [4, -0.5])).toEqual([-0.5, -1]);
  });

  test('stands still where all gradients have been 0', () => {
    expect(path({ learningRate: 1 }, [0])).toEqual([0]);
  });

  test('shrinks the parameter first: 8 · (1 − 0.5 · 0.25) − 0.5', () => {
    expect(path({ learningRate: 0.5, weightDecay: 0.25 }, [1], 8)).toEqual([6.5]);
  });

  test('has a rate of 0.0001 by default, and keeps one running mean', () => {
    expect(path({}, [2])).toEqual([-0.0001]);
    expect(slots()).toEqual(['iterations', 'w.momentum']);
  });

  test('refuses a beta1 of 1', () => {
    expect(() => slots({ beta1: 1 })).toThrow(
      new RangeError('lion: beta1 must be at least 0 and below 1, got 1. Leave it out for the default.'),
    );
  });
});
