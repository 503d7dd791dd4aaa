import { DTypeError, tensor, type Tensor, variable } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { exponentialMovingAverage, type ExponentialMovingAverageOptions } from './exponential-moving-average.ts';

/** The average after each update with these values, from a parameter of 0. */
function path(options: ExponentialMovingAverageOptions, values: readonly number[]): number[] {
  const w = variable(tensor(0, { dtype: 'float64' }) as Tensor);
  const average = exponentialMovingAverage({ w }, options);
  return values.map((value) => {
    w.assign(value);
    average.update();
    return average.values()['w']!.item();
  });
}

describe('exponentialMovingAverage', () => {
  test('starts at the parameters: 1/2 · 0 + 1/2 · 4, then 1/2 · 2 + 1/2 · 4', () => {
    expect(path({ decay: 0.5 }, [4, 4])).toEqual([2, 3]);
  });

  test('without bias is the mean of what it has seen: 4, then (2/2 + 1)/(3/4)', () => {
    const [first, second] = path({ decay: 0.5, debias: true }, [4, 2]);
    expect(first).toBe(4);
    expect(second).toBeCloseTo(8 / 3, 15);
  });

  test('with warmup keeps 1/10, then 2/11', () => {
    const [first, second] = path({ warmup: true }, [10, 0]);
    expect(first).toBeCloseTo(9, 14);
    expect(second).toBeCloseTo(18 / 11, 14);
  });

  test('is the parameters before any update, also without bias', () => {
    const w = variable(tensor([1, 2]) as Tensor);
    for (const debias of [false, true]) {
      expect(exponentialMovingAverage({ w }, { debias }).values()['w']!.toArray()).toEqual([1, 2]);
    }
  });

  test('lends the averages to the parameters, and gives them back even when the function throws', () => {
    const w = variable(tensor([0]) as Tensor);
    const average = exponentialMovingAverage({ layer: { w } }, { decay: 0.75 });
    w.assign(tensor([4]));
    average.update();
    expect(average.use(() => w.item())).toBe(1);
    expect(w.item()).toBe(4);
    expect(() =>
      average.use(() => {
        throw new RangeError('no evaluation');
      }),
    ).toThrow('no evaluation');
    expect(w.item()).toBe(4);
  });

  test('continues bit for bit from its saved state', () => {
    const w = variable(tensor([0.1]) as Tensor);
    const [one, other] = [exponentialMovingAverage({ w }), exponentialMovingAverage({ w })];
    w.assign(tensor([0.7]));
    one.update();
    for (const [name, value] of Object.entries(one.state)) other.state[name]!.assign(value);
    one.update();
    other.update();
    expect(Object.keys(one.state)).toEqual(['updates', 'w.average']);
    expect(other.values()['w']!.item()).toBe(one.values()['w']!.item());
  });

  test('refuses a decay of 1, two starts, and integers', () => {
    const w = variable(tensor([0]) as Tensor);
    expect(() => exponentialMovingAverage({ w }, { decay: 1 })).toThrow(
      new RangeError(
        'exponentialMovingAverage: decay must be at least 0 and below 1, got 1. Leave it out for the default.',
      ),
    );
    expect(() => exponentialMovingAverage({ w }, { debias: true, warmup: true })).toThrow(
      new TypeError(
        'exponentialMovingAverage: debias and warmup both correct the start of the average, got both. Choose one of them.',
      ),
    );
    expect(() => exponentialMovingAverage({ w: variable(tensor([0], { dtype: 'int32' }) as Tensor) })).toThrow(
      new DTypeError(
        `exponentialMovingAverage: the parameter 'w' must be float32 or float64, got int32. ` +
          `Cast it: others have no gradients.`,
      ),
    );
  });
});
