import { tensor, type Variable, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { sgd, type SgdOptions } from './sgd.ts';

/** The values of one parameter, from 0, after each step with these gradients. */
function path(options: SgdOptions, gradients: readonly number[]): number[] {
  const w: Variable = variable(tensor(0, { dtype: 'float64' }));
  const optimizer = sgd({ w }, options);
  return gradients.map((gradient) => {
    optimizer.step({ w: tensor(gradient, { dtype: 'float64' }) });
    return w.item();
  });
}

describe('sgd moves against the gradient', () => {
  test('by the learning rate times the gradient, 1 by default', () => {
    expect(path({ learningRate: 0.25 }, [1, -2])).toEqual([-0.25, 0.25]);
    expect(path({}, [1, -2])).toEqual([-1, 1]);
  });

  test('by less and less with decay: the rates are 1/1, 1/2, 1/3', () => {
    const [first, second, third] = path({ decay: 1 }, [6, 6, 6]);
    expect([first, second]).toEqual([-6, -9]);
    expect(third).toBeCloseTo(-11, 14);
  });

  test('and half of its last step again with momentum 0.5: steps of 1, 1.5, 1.75', () => {
    expect(path({ momentum: 0.5 }, [1, 1, 1])).toEqual([-1, -2.5, -4.25]);
  });

  test('one step of momentum ahead with nesterov: velocities 1, 1.5 give steps of 1.5, 1.75', () => {
    expect(path({ momentum: 0.5, nesterov: true }, [1, 1])).toEqual([-1.5, -3.25]);
  });

  test('with all but the first gradient dampened: velocities 1, 0.5 + 0.25', () => {
    expect(path({ momentum: 0.5, dampening: 0.75 }, [1, 1])).toEqual([-1, -1.75]);
  });

  // Rates 1 and 1/2. Accumulated updates: 1, then 1/2 · 1 + 1/2. Accumulated gradients: 1, then (1/2 · 1 + 1) · 1/2.
  test('while the rate falls, with each update at the rate of its own step', () => {
    expect(path({ momentum: 0.5, decay: 1 }, [1, 1])).toEqual([-1, -2]);
  });

  test('while the rate falls, with all gradients at the current rate for momentumOf gradients', () => {
    expect(path({ momentum: 0.5, decay: 1, momentumOf: 'gradients' }, [1, 1])).toEqual([-1, -1.75]);
  });

  test('and towards 0 with weight decay: -1 - (0 + 0.5 · -1)', () => {
    expect(path({ weightDecay: 0.5 }, [1, 0])).toEqual([-1, -0.5]);
  });

  test('and keeps no state without momentum', () => {
    const w = variable(tensor(0));
    expect(Object.keys(sgd({ w }, {}).state)).toEqual(['iterations']);
    expect(Object.keys(sgd({ w }, { momentum: 0.9 }).state)).toEqual(['iterations', 'w.momentum']);
  });
});

describe('sgd refuses', () => {
  const w = variable(tensor(0));

  test('nesterov without momentum, and with dampening', () => {
    const message =
      'sgd: nesterov needs a momentum above 0 and a dampening of 0, got momentum 0 ' +
      'and dampening 0. Write { momentum: 0.9, nesterov: true }.';
    expect(() => sgd({ w }, { nesterov: true })).toThrow(new TypeError(message));
    expect(() => sgd({ w }, { nesterov: true, momentum: 0.9, dampening: 0.1 })).toThrow(
      'a dampening of 0, got momentum 0.9 and dampening 0.1',
    );
  });

  test('another kind of momentum', () => {
    const momentumOf = 'weights' as 'updates';
    expect(() => sgd({ w }, { momentumOf })).toThrow(
      new TypeError("sgd: momentumOf must be 'updates' or 'gradients', got weights. Leave it out for 'updates'."),
    );
  });

  test.each(['momentum', 'dampening', 'weightDecay', 'decay', 'learningRate'])('a negative %s', (option) => {
    expect(() => sgd({ w }, { [option]: -0.1 })).toThrow(
      new RangeError(`sgd: ${option} must be a finite number of at least 0, got -0.1. Leave it out for the default.`),
    );
  });
});
