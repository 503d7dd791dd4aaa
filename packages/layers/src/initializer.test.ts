import { generator, randomState, ShapeError, type Tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { constant } from './constant.ts';
import { glorotUniform } from './glorot-uniform.ts';
import { heNormal } from './he-normal.ts';
import { randomNormal } from './random-normal.ts';

// The first draws of np.random.seed(0): randn() and random_sample().
const firstNormal = 1.764052345967664;
const firstUniform = 0.5488135039273248;

const first = (values: Tensor): number => values.data[0]!;

describe('an initializer', () => {
  test('constant fills without drawing', () => {
    const random = randomState(0);
    expect(String(constant(3)([2], random, 'float64'))).toBe('[3. 3.]');
    expect(first(random.normal([1], { dtype: 'float64' }))).toBeCloseTo(firstNormal, 14);
  });

  test('randomNormal scales by 0.01, or as told; in float32 the draw is rounded first', () => {
    expect(first(randomNormal()([2, 2], randomState(0), 'float64'))).toBeCloseTo(0.01 * firstNormal, 15);
    const rounded = Math.fround(Math.fround(0.3) * Math.fround(firstNormal));
    expect(first(randomNormal(0.3)([2, 2], randomState(0), 'float32'))).toBe(rounded);
  });

  test('heNormal has the standard deviation √(2/inputs): √(2/8) = 1/2', () => {
    expect(first(heNormal([8, 3], randomState(0), 'float64'))).toBeCloseTo(firstNormal / 2, 14);
    const many = heNormal([50, 400], generator(0), 'float32');
    expect(many.std().item()).toBeCloseTo(0.2, 2);
    expect(many.mean().item()).toBeCloseTo(0, 2);
  });

  test('glorotUniform fills ±√(6/(inputs + neurons)): ±√(6/24) = ±1/2', () => {
    expect(first(glorotUniform([4, 20], randomState(0), 'float64'))).toBeCloseTo(firstUniform - 0.5, 14);
    const many = glorotUniform([200, 400], generator(0), 'float32');
    expect(many.abs().max().item()).toBeLessThanOrEqual(Math.fround(0.1));
    expect(many.abs().max().item()).toBeGreaterThan(0.0999);
  });

  test('constant and randomNormal refuse what is no number', () => {
    expect(() => constant({ value: 1 } as never)).toThrow(
      new TypeError('constant: value must be a number, got object. Write constant(0).'),
    );
    expect(() => randomNormal({ standardDeviation: 1 } as never)).toThrow(
      new TypeError(
        'randomNormal: standardDeviation must be a finite non-negative number, got object. Write randomNormal(0.01).',
      ),
    );
    expect(() => randomNormal(-1)).toThrow(RangeError);
  });

  test('that scales by the inputs refuses a bias, which has none', () => {
    expect(() => heNormal([3], randomState(0), 'float32')).toThrow(
      new ShapeError(
        'heNormal: the scale follows from a weight of shape [inputs, neurons], got [3]. ' +
          'Use constant(value) or randomNormal(standardDeviation) here.',
      ),
    );
    expect(() => glorotUniform([3], randomState(0), 'float32')).toThrow(
      'glorotUniform: the scale follows from a weight',
    );
  });
});

test('the scale of a convolution follows from the numbers that a filter sees, and from those that see a number', () => {
  // [out, in, k, k] = [6, 2, 3, 3]: 18 inputs, 54 neurons; uniform numbers over ±√(6 / 72)
  const limit = Math.sqrt(6 / 72);
  const drawn = [...glorotUniform([6, 2, 3, 3], randomState(0), 'float64').data];
  const uniform = [...randomState(0).uniform([6, 2, 3, 3], { low: -limit, high: limit, dtype: 'float64' }).data];
  expect(drawn).toEqual(uniform);
});
