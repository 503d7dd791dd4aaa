import { tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { adamw, type AdamwOptions } from './adamw.ts';

/** The values of one parameter, from a start, after each step with these gradients. */
function path(options: AdamwOptions, gradients: readonly number[], start = 0): number[] {
  const w = variable(tensor(start, { dtype: 'float64' }));
  const optimizer = adamw({ w }, options);
  return gradients.map((gradient) => {
    optimizer.step({ w: tensor(gradient, { dtype: 'float64' }) });
    return w.item();
  });
}

const slots = (options: AdamwOptions = {}): readonly string[] =>
  Object.keys(adamw({ w: variable(tensor(0)) }, options).state);

describe('adamw', () => {
  test('shrinks the parameter before the step of Adam: 8 · (1 − 0.5 · 0.25) − 0.5', () => {
    expect(path({ learningRate: 0.5, weightDecay: 0.25, epsilon: 0 }, [3], 8)).toEqual([6.5]);
  });

  test('shrinks by 0.01 times the rate of 0.001 by default', () => {
    expect(path({}, [0], 1)).toEqual([1 - 1e-5]);
  });

  test('is Adam without weight decay', () => {
    const [step] = path({ learningRate: 0.5, weightDecay: 0, epsilon: 0 }, [3], 8);
    expect(step).toBe(7.5);
  });

  test('keeps the state of Adam', () => {
    expect(slots({ amsgrad: true })).toEqual(['iterations', 'w.momentum', 'w.cache', 'w.largest']);
  });

  test('refuses a negative weight decay', () => {
    expect(() => slots({ weightDecay: -1 })).toThrow(
      new RangeError('adamw: weightDecay must be a finite number of at least 0, got -1. Leave it out for the default.'),
    );
  });
});
