import { faultOf, goldenCases, type GoldenTensor, read, type Tolerance, waysAndPrecisions } from '@nn/golden';
import { gradients, randomState, ShapeError, tensor, type Tensor, watch, zeros } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import {
  averagePool1d,
  averagePool2d,
  conv2d,
  dense,
  flatten,
  maxPool1d,
  maxPool2d,
  sequential,
} from '../src/index.ts';

interface PoolCase {
  readonly op: 'max_pool1d' | 'max_pool2d' | 'avg_pool1d' | 'avg_pool2d';
  readonly config: {
    readonly kernel_size: number | readonly number[];
    readonly stride: number | readonly number[];
    readonly padding: number | readonly number[];
  };
  readonly inputs: { readonly x: GoldenTensor };
  readonly cotangents: { readonly output: GoldenTensor };
  readonly outputs: { readonly output: GoldenTensor };
  readonly grads: { readonly x: GoldenTensor };
  readonly tolerance: Readonly<Record<'float32' | 'float64', Tolerance>>;
}

const makers = { max_pool1d: maxPool1d, max_pool2d: maxPool2d, avg_pool1d: averagePool1d, avg_pool2d: averagePool2d };
const cases = goldenCases<PoolCase>(new URL('../golden/pooling.json', import.meta.url)).map((golden, at) => ({
  title: `${at + 1} ${golden.op} ${JSON.stringify(golden.config)}`,
  golden,
}));

test('all 9 cases are there', () => {
  expect(cases.length).toBe(9);
});

describe.each(waysAndPrecisions)('pooling is that of PyTorch, $way, in $dtype', ({ made, dtype }) => {
  test.each(cases)('$title', ({ golden }) => {
    const { op, config, inputs, grads, cotangents, outputs } = golden;
    const layer = makers[op](config.kernel_size, { stride: config.stride, padding: config.padding });
    const step = made((given: Tensor) => {
      const x = watch(given);
      const y = layer(x) as Tensor;
      return [y, gradients(y.mul(read(cotangents.output, dtype)).sum(), x)] as const;
    });
    const [output, gradient] = step(read(inputs.x, dtype));
    expect(faultOf(output, outputs.output, golden.tolerance[dtype])).toBeUndefined();
    expect(faultOf(gradient, grads.x, golden.tolerance[dtype])).toBeUndefined();
  });
});

test('windows do not overlap unless a stride is given', () => {
  const x = tensor([[[1, 5, 2, 4]]]);
  expect(maxPool1d(2)(x).toArray()).toEqual([[[5, 4]]]);
  expect(maxPool1d(2, { stride: 1 })(x).toArray()).toEqual([[[5, 5, 4]]]);
  expect(averagePool1d(2)(x).toArray()).toEqual([[[3, 3]]]);
});

test('padding never is the maximum', () => {
  expect(maxPool1d(3, { stride: 2, padding: 1 })(tensor([[[-4, -2, -3]]])).toArray()).toEqual([[[-2, -2]]]);
});

test('stands between a convolution and a dense layer', () => {
  const random = randomState(0);
  const model = sequential(conv2d(1, 2, 3, { random }), maxPool2d(2), flatten, dense(8, 3, { random }));
  expect(model(zeros([4, 1, 6, 6])).shape).toEqual([4, 3]);
});

test('what does not fit is refused', () => {
  expect(() => maxPool2d(2)(zeros([1, 4, 4]))).toThrow(ShapeError);
  expect(() => maxPool2d(2)(zeros([1, 4, 4]))).toThrow(
    'maxPool2d(2) expects x of shape [N, channels, *, *], got [1, 4, 4].',
  );
  expect(() => maxPool1d(0)).toThrow('maxPool1d(0): size must be a positive integer, got 0.');
  expect(() => maxPool1d({ size: 2 } as never)).toThrow(
    'maxPool1d(an object of Object): size must have 1 numbers, got undefined.',
  );
  expect(() => averagePool2d([2, 2, 2])).toThrow('size must have 2 numbers, got 3');
  expect(() => maxPool1d(2, { padding: 2 })).toThrow('padding must be at most half of the window, 2, got 2.');
  expect(() => maxPool1d(2, { strides: 1 } as never)).toThrow("Unknown option 'strides' of maxPool1d");
});
