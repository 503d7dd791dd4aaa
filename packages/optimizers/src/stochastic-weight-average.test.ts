import { tensor, type Tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { stochasticWeightAverage, type StochasticWeightAverageOptions } from './stochastic-weight-average.ts';

/** The average after each update with these values. */
function path(options: StochasticWeightAverageOptions, values: readonly number[]): number[] {
  const w = variable(tensor(0, { dtype: 'float64' }) as Tensor);
  const average = stochasticWeightAverage({ w }, options);
  return values.map((value) => {
    w.assign(value);
    average.update();
    return average.values()['w']!.item();
  });
}

describe('stochasticWeightAverage', () => {
  test('is the mean of all parameters so far', () => {
    expect(path({}, [2, 4, 9])).toEqual([2, 3, 5]);
  });

  test('is the parameters before its start, then the mean of each second update', () => {
    expect(path({ start: 2, every: 2 }, [7, 2, 100, 4, 100, 9])).toEqual([7, 2, 2, 3, 3, 5]);
  });

  test('continues from its saved state', () => {
    const w = variable(tensor(2) as Tensor);
    const [one, other] = [stochasticWeightAverage({ w }), stochasticWeightAverage({ w })];
    one.update();
    for (const [name, value] of Object.entries(one.state)) other.state[name]!.assign(value);
    w.assign(4);
    other.update();
    expect(other.values()['w']!.item()).toBe(3);
  });

  test('refuses a start of 0', () => {
    const w = variable(tensor(0) as Tensor);
    expect(() => stochasticWeightAverage({ w }, { start: 0 })).toThrow(
      new RangeError(
        'stochasticWeightAverage: start must be a positive integer, got 0. Count in steps of the optimizer, not in epochs.',
      ),
    );
  });
});
