import { eye, generator, randomState, ShapeError, type Tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { constant } from './constant.ts';
import { glorotNormal } from './glorot-normal.ts';
import { glorotUniform } from './glorot-uniform.ts';
import { heNormal } from './he-normal.ts';
import { heUniform } from './he-uniform.ts';
import { lecunNormal } from './lecun-normal.ts';
import { lecunUniform } from './lecun-uniform.ts';
import { orthogonal } from './orthogonal.ts';
import { randomNormal } from './random-normal.ts';
import { truncatedNormal } from './truncated-normal.ts';

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

  test('randomNormal scales by 0.01, or by the given number; in float32 the draw is rounded first', () => {
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

test.each([
  ['glorotNormal', glorotNormal, Math.sqrt(2 / 600)],
  ['heNormal', heNormal, Math.sqrt(2 / 200)],
  ['lecunNormal', lecunNormal, Math.sqrt(1 / 200)],
  // A uniform distribution over ±limit has the standard deviation limit / √3.
  ['glorotUniform', glorotUniform, Math.sqrt(2 / 600)],
  ['heUniform', heUniform, Math.sqrt(2 / 200)],
  ['lecunUniform', lecunUniform, Math.sqrt(1 / 200)],
])('%s has the standard deviation of its rule', (name, initializer, deviation) => {
  const many = initializer([200, 400], generator(0), 'float64');
  // Of 80,000 numbers the standard deviation is off by 0.25 %.
  expect(Math.abs(many.std().item() / deviation - 1)).toBeLessThan(0.01);
  expect(Math.abs(many.mean().item() / deviation)).toBeLessThan(0.015);
  expect(() => initializer([3], randomState(0), 'float32')).toThrow(`${name}: the scale follows from a weight`);
});

test('truncatedNormal cuts off at two standard deviations, and keeps the draws within', () => {
  const many = truncatedNormal(0.5)([20_000], randomState(0), 'float64');
  expect(many.abs().max().item()).toBeLessThanOrEqual(1);
  expect(many.std().item()).toBeCloseTo(0.5 * 0.8796, 2);
  const plain = randomState(0).normal([20_000], { dtype: 'float64' }).mul(0.5);
  const same = many.equal(plain);
  expect(same.equal(plain.abs().lessEqual(1)).all().item()).toBe(1);
  expect(() => truncatedNormal(-1)).toThrow('truncatedNormal: standardDeviation must be a finite non-negative number');
});

test.each([
  [[5, 3], 3],
  [[3, 5], 3],
  [[4, 2, 3, 3], 4],
])('orthogonal of shape %j has orthonormal rows or columns', (shape, count) => {
  const w = orthogonal(2)(shape, randomState(0), 'float64');
  const matrix: Tensor = w.reshape([shape[0]!, -1]);
  const product = (count === shape[0] ? matrix.matmul(matrix.T) : matrix.T.matmul(matrix)) as Tensor;
  const apart = product.sub(eye(count, { dtype: 'float64' }).mul(4) as Tensor);
  expect(w.shape).toEqual(shape);
  expect(apart.abs().max().item()).toBeLessThan(1e-14);
});

test('orthogonal refuses a bias and a gain that is none', () => {
  expect(() => orthogonal()([3], randomState(0), 'float32')).toThrow(ShapeError);
  expect(() => orthogonal(Infinity)).toThrow('orthogonal: gain must be a finite non-negative number, got Infinity.');
});
