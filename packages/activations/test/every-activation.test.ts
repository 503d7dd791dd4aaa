import { fault } from '@nn/golden';
import { compile, DTypeError, gradients, tensor, Tensor, watch, zeros } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { describe, expect, test } from 'vitest';
import * as activations from '../src/index.ts';

// Far enough from all kinks for a difference quotient.
const points = [-2.75, -1.25, -0.4, 0.3, 0.9, 2.5];

/** The derivative of `of` with respect to each element of x, by central differences. */
function differences(of: (x: Tensor) => Tensor, at: readonly number[], step: number): number[] {
  return at.map((_, index) => {
    const moved = (by: number): number => of(tensor(at.with(index, at[index]! + by), { dtype: 'float64' })).item();
    return (moved(step) - moved(-step)) / (2 * step);
  });
}

// A compiled power of e may differ by some units in the last place.
const closeness = { float32: { rtol: 1e-6, atol: 1e-7 }, float64: { rtol: 1e-14, atol: 1e-15 } };

const weight = tensor([0.7, -1.1, 0.4, 1.9, -0.6, 1.3], { dtype: 'float64' });

// `glu` halves an axis; its own test has the rest.
const { glu: _, ...sameShape } = activations;

describe.each(Object.entries(sameShape))('%s', (name, activation) => {
  const weighed = (x: Tensor): Tensor => activation(x).mul(weight).sum();
  const gradientOf = (x: Tensor): Tensor => gradients(weighed(x), x);

  test('has the gradient that finite differences give', () => {
    const gradient = gradientOf(watch(tensor(points, { dtype: 'float64' })));
    const want = differences(weighed, points, 1e-6);
    for (const [at, value] of want.entries()) expect(gradient.data[at]).toBeCloseTo(value, 8);
  });

  test('has the second derivative that finite differences of the gradient give', () => {
    // Times x, because the gradient of a straight line does not depend on x.
    const weighedGradient = (at: Tensor): Tensor => gradientOf(at).mul(at).sum();
    const x = watch(tensor(points, { dtype: 'float64' }));
    const second = gradients(weighedGradient(x), x);
    const want = differences((at) => weighedGradient(watch(at)), points, 1e-5);
    for (const [at, value] of want.entries()) expect(second.data[at]).toBeCloseTo(value, 7);
  });

  test.each(['float32', 'float64'] as const)('keeps the shape and %s', (dtype) => {
    const y = activation(zeros([2, 3, 4], { dtype }));
    expect(y.shape).toEqual([2, 3, 4]);
    expect(y.dtype).toBe(dtype);
  });

  test('gives the same for a transposed and a sliced view as for a copy', () => {
    const grid = tensor([
      [1, 2, -3],
      [0.5, -1, 2],
    ]);
    for (const view of [grid.T, grid.slice([], [null, null, -2])] as Tensor[]) {
      expect(activation(view).toArray()).toEqual(activation(tensor(view.toArray())).toArray());
    }
  });

  test('of a tensor without elements has none', () => {
    expect(activation(zeros([3, 0])).shape).toEqual([3, 0]);
    expect(activation(zeros([0, 3])).shape).toEqual([0, 3]);
  });

  test('lets NaN through', () => {
    expect(activation(tensor([NaN])).item()).toBeNaN();
  });

  test('gives the same whatever a model tells its layers', () => {
    const x = tensor([[-1, 0.5, 2]]);
    const layer: (x: Tensor, call: { readonly training?: boolean }) => Tensor = activation;
    expect(layer(x, { training: true }).toArray()).toEqual(activation(x).toArray());
  });

  test('needs no numbers while a function is traced', () => {
    const x = new Tensor([4, 3], 'float32', undefined, { requiresGrad: true });
    const y = activation(x);
    expect([y.symbolic, y.shape, y.dtype]).toEqual([true, [4, 3], 'float32']);
    expect(gradients(y.sum(), x).shape).toEqual([4, 3]);
  });

  test.each(['float32', 'float64'] as const)('gives the same compiled, with the same gradient, in %s', (dtype) => {
    const both = (x: Tensor): [Tensor, Tensor] => {
      const followed = watch(x);
      const y = activation(followed);
      return [y, gradients(y.mul(weight.cast(dtype)).sum(), followed)];
    };
    const compiled = compile(both, wasm);
    for (const values of [points, [-1e4, -20, -0.25, 0, 30, 1e4]]) {
      const x = tensor(values, { dtype });
      const [got, want] = [compiled(x), both(x)];
      for (const [part, expected] of want.entries()) {
        expect(got[part]!.dtype).toBe(dtype);
        expect(fault(got[part]!.data, expected.data, closeness[dtype])).toBeUndefined();
      }
    }
  });

  test('refuses to be called without a tensor, as in sequential(dense, relu())', () => {
    const call = activation as unknown as (x?: unknown) => Tensor;
    expect(() => call()).toThrow(
      new DTypeError(
        `${name}: expected a tensor, got none. ` +
          `Write ${name}(x), or among the layers of a model ${name}, not ${name}().`,
      ),
    );
    expect(() => call([1, 2])).toThrow(
      new DTypeError(`${name}: expected a tensor, got an array. Write tensor(value).`),
    );
  });

  test('is named after its export', () => {
    expect(activation.name).toBe(name);
  });
});

test.each([
  ['leakyRelu', activations.leakyRelu, { slope: 0.2 }, 'negativeSlope, training. Did you mean negativeSlope?'],
  ['swish', activations.swish, { betta: 2 }, 'beta, training. Did you mean beta?'],
  ['softmax', activations.softmax, { axes: 0 }, 'axis, training. Did you mean axis?'],
  ['logSoftmax', activations.logSoftmax, { dim: 0 }, 'axis, training. Leave it out.'],
] as const)('%s refuses options that it does not know', (name, activation, options, rest) => {
  const call = activation as unknown as (x: Tensor, options: object) => Tensor;
  expect(() => call(zeros([2, 2]), options)).toThrow(
    new TypeError(`Unknown option '${Object.keys(options)[0]}' of ${name}. It takes ${rest}`),
  );
});

test('the compiler knows the shape of what comes out', () => {
  const { identity, leakyRelu, logSoftmax, relu, sigmoid, softmax, swish, tanh } = activations;
  const x: Tensor<[2, 3]> = zeros([2, 3]);
  const kept = [identity, leakyRelu, logSoftmax, relu, sigmoid, softmax, swish, tanh].map((each) => each(x));
  for (const y of kept satisfies Tensor<[2, 3]>[]) expect(y.shape).toEqual([2, 3]);
});
