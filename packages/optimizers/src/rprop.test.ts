import { tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { rprop, type RpropOptions } from './rprop.ts';

/** The values of one parameter, from a start, after each step with these gradients. */
function path(options: RpropOptions, gradients: readonly number[], start = 0): number[] {
  const w = variable(tensor(start, { dtype: 'float64' }));
  const optimizer = rprop({ w }, options);
  return gradients.map((gradient) => {
    optimizer.step({ w: tensor(gradient, { dtype: 'float64' }) });
    return w.item();
  });
}

const slots = (options: RpropOptions = {}): readonly string[] =>
  Object.keys(rprop({ w: variable(tensor(0)) }, options).state);

describe('rprop', () => {
  // Sizes: 1, 1 · 2, no step but 2 · 0.5, then 1 again since the gradient before was blocked.
  test('grows its steps while the sign stays, and shrinks them when it changes', () => {
    expect(path({ learningRate: 1, grow: 2 }, [9, 0.1, -5, -3])).toEqual([-1, -3, -3, -2]);
  });

  test('keeps its steps between a minimum and a maximum', () => {
    expect(path({ learningRate: 1, grow: 2, maximum: 1.5 }, [1, 1])).toEqual([-1, -2.5]);
    expect(path({ learningRate: 1, minimum: 0.75 }, [1, -1, -1])).toEqual([-1, -1, -0.25]);
  });

  test('stands still where the gradient is 0, and tells the signs of tiny gradients', () => {
    expect(path({ learningRate: 1 }, [0, 0])).toEqual([0, 0]);
    expect(path({ learningRate: 1, grow: 2 }, [1e-200, 1e-200])).toEqual([-1, -3]);
  });

  test('keeps the gradient before and the size of each step', () => {
    expect(slots()).toEqual(['iterations', 'w.previous', 'w.size']);
  });

  test('refuses options that make no sense for it', () => {
    expect(() => slots({ grow: 0.5 })).toThrow(
      new RangeError('rprop: grow must be a finite number of at least 1, got 0.5. Leave it out for the default.'),
    );
    expect(() => slots({ maximum: 1e-9 })).toThrow(
      new RangeError(
        'rprop: maximum must be a finite number of at least minimum, 0.000001, got 1e-9. Leave it out for the default.',
      ),
    );
    expect(() => slots({ weightDecay: 1 } as RpropOptions)).toThrow("Unknown option 'weightDecay' of rprop.");
  });
});
