import {
  DTypeError,
  full,
  generator,
  gradients,
  randomState,
  ShapeError,
  tensor,
  type Tensor,
  zeros,
} from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { constant } from './constant.ts';
import { dense, type DenseOptions } from './dense.ts';
import { glorotUniform } from './glorot-uniform.ts';
import type { Initializer } from './initializer.ts';

const random = randomState(0);
const counting: Initializer = (shape, _random, dtype) => tensor([1, 2, 3, 4, 5, 6], { dtype }).reshape(shape);

describe('dense', () => {
  // [1, 10] · [[1, 2, 3], [4, 5, 6]] = [41, 52, 63]
  test('multiplies rows by the weight, one column per neuron, and adds the bias', () => {
    const layer = dense(2, 3, { random, weight: counting, bias: constant(0.5) });
    expect(
      String(
        layer(
          tensor([
            [1, 10],
            [0, 1],
          ]),
        ),
      ),
    ).toBe('[[41.5 52.5 63.5]\n [ 4.5  5.5  6.5]]');
  });

  test('takes a single row, and batches of batches', () => {
    const layer = dense(2, 3, { random, weight: counting });
    expect(String(layer(tensor([1, 10])))).toBe('[41. 52. 63.]');
    expect(layer(zeros([5, 4, 2])).shape).toEqual([5, 4, 3]);
    expect(layer(zeros([0, 2])).shape).toEqual([0, 3]);
  });

  test('names its parameters weight and bias', () => {
    const layer = dense(2, 3, { random });
    expect(Object.keys(layer.parameters)).toEqual(['weight', 'bias']);
    expect(layer.parameters['weight']).toBe(layer.weight);
    expect(layer.parameters['bias']).toBe(layer.bias);
    expect([layer.weight.shape, layer.bias!.shape]).toEqual([[2, 3], [3]]);
    expect([layer.weight.name, layer.bias!.name]).toEqual(['dense(2, 3).weight', 'dense(2, 3).bias']);
    expect(dense(2, 3, { random, name: 'hidden' }).weight.name).toBe('hidden.weight');
  });

  test('can do without a bias', () => {
    const layer = dense(2, 3, { random, bias: false });
    expect(Object.keys(layer.parameters)).toEqual(['weight']);
    expect(layer.bias).toBeUndefined();
    expect(String(layer(zeros([1, 2])))).toBe('[[0. 0. 0.]]');
  });

  test('starts as glorotUniform and zeros, equal for equal seeds', () => {
    const [a, b] = [dense(200, 100, { random: randomState(7) }), dense(200, 100, { random: randomState(7) })];
    expect([...a.weight.data]).toEqual([...b.weight.data]);
    expect([...a.weight.data]).toEqual([...glorotUniform([200, 100], randomState(7), 'float32').data]);
    expect(a.bias!.abs().max().item()).toBe(0);
  });

  test('draws from either generator, in float32 or float64', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      const layer = dense(2, 3, { random: generator(0), dtype });
      expect([layer.weight.dtype, layer.bias!.dtype, layer(zeros([1, 2], { dtype })).dtype]).toEqual([
        dtype,
        dtype,
        dtype,
      ]);
    }
  });

  test('has gradients for what it is trained by', () => {
    const layer = dense(2, 3, { random, weight: counting });
    const { weight, bias } = gradients(layer(tensor([[1, 10]])).sum(), layer.parameters);
    expect(String(weight)).toBe('[[ 1.  1.  1.]\n [10. 10. 10.]]');
    expect(String(bias)).toBe('[1. 1. 1.]');
  });
});

describe('dense refuses', () => {
  test('rows of another length', () => {
    const layer = dense(2, 64, { random });
    expect(() => layer(zeros([300, 3]) as Tensor)).toThrow(
      new ShapeError('dense(2, 64) expects rows of length 2, got [300, 3]. Reshape x, or make a layer for such rows.'),
    );
    expect(() => layer(zeros([2, 300]) as Tensor)).toThrow(
      new ShapeError('dense(2, 64) expects rows of length 2, got [2, 300]. Did you mean x.T, one row per sample?'),
    );
    expect(() => dense(1, 2, { random })(tensor(3) as Tensor)).toThrow('dense(1, 2) expects rows of length 1, got [].');
  });

  test('arrays', () => {
    expect(() => dense(2, 3, { random })([[1, 2]] as unknown as Tensor)).toThrow(
      new DTypeError('dense(2, 3): expected a tensor, got an array. Write tensor(value).'),
    );
  });

  test.each([0, -1, 1.5, Number.NaN, Infinity, '2' as unknown as number])('%s as a size', (size) => {
    const isText = typeof size === 'string';
    const message = `dense(${size}, 3): inputs must be a positive integer, got ${isText ? 'string' : size}. Write dense(2, 64, …).`;
    expect(() => dense(size, 3, { random })).toThrow(isText ? new TypeError(message) : new RangeError(message));
    expect(() => dense(3, size, { random })).toThrow(`dense(3, ${size}): neurons must be a positive integer`);
  });

  test('to draw from nowhere: there is no hidden generator', () => {
    const message =
      'dense(2, 64): random must be a generator, got none. Write random: randomState(0), or another seed.';
    expect(() => dense(2, 64, {} as DenseOptions)).toThrow(new DTypeError(message));
    expect(() => dense(2, 64, undefined as unknown as DenseOptions)).toThrow(new DTypeError(message));
    expect(() => dense(2, 64, { random: 0 } as unknown as DenseOptions)).toThrow('random must be a generator, got 0');
  });

  test('options that it does not know', () => {
    const options = { random, activation: 'relu' } as DenseOptions;
    expect(() => dense(2, 64, options)).toThrow(
      new TypeError(
        "Unknown option 'activation' of dense. It takes random, weight, bias, name, dtype. " +
          'Put the activation behind it: sequential(dense(2, 64, …), relu, …).',
      ),
    );
    expect(() => dense(2, 64, { random, useBias: false } as DenseOptions)).toThrow('Did you mean bias?');
  });

  test('a tensor in the place of sizes', () => {
    expect(() => (dense as unknown as (x: Tensor) => Tensor)(zeros([1, 2]))).toThrow(
      new TypeError('dense takes sizes, not a tensor. Make a layer first: dense(2, 64, { random: randomState(0) }).'),
    );
  });

  test('dtypes without fractions', () => {
    expect(() => dense(2, 3, { random, dtype: 'int32' })).toThrow(
      new DTypeError(
        'dense(2, 3): the weight must be float32 or float64, got int32. Cast it: others have no gradients.',
      ),
    );
  });

  test('initializers that give something else than was asked for', () => {
    expect(() => dense(2, 3, { random, weight: () => zeros([3, 2]) })).toThrow(
      new ShapeError(
        'dense(2, 3): the initial weight must have shape [2, 3], got [3, 2]. Reshape it, or check where it comes from.',
      ),
    );
    expect(() => dense(2, 3, { random, bias: (shape) => full(shape, 0, { dtype: 'float64' }) })).toThrow(
      new DTypeError("dense(2, 3): the initial bias must be float32, got float64. Add .cast('float32')."),
    );
  });
});
