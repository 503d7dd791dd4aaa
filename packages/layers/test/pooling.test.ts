import { randomState, ShapeError, tensor, type Tensor, zeros } from '@nn/tensor';
import { expect, test } from 'vitest';
import {
  adaptiveAveragePool1d,
  adaptiveAveragePool2d,
  adaptiveMaxPool1d,
  adaptiveMaxPool2d,
  averagePool1d,
  averagePool2d,
  averagePool3d,
  type AveragePoolingOptions,
  conv2d,
  dense,
  flatten,
  globalAveragePool,
  globalMaxPool,
  type Layer,
  lpPool1d,
  lpPool2d,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  type MaxPooling,
  type MaxPoolingOptions,
  type PerAxis,
  sequential,
} from '../src/index.ts';
import { expectGradients, type LayerCase, type Replay, replayCases } from './replay.ts';

interface PoolConfig {
  readonly kernel_size: number | readonly number[];
  readonly stride?: number | readonly number[];
  readonly padding?: number | readonly number[] | 'SAME';
  readonly dilation?: readonly number[];
  readonly ceil_mode?: boolean;
  readonly count_include_pad?: boolean;
  readonly norm_type?: number;
  readonly output_size: number | readonly number[];
}

const configOf = ({ config }: LayerCase): PoolConfig => config as unknown as PoolConfig;

/** The options under our names. */
function optionsOf(golden: LayerCase) {
  const { kernel_size, stride = kernel_size, padding = 0, ceil_mode: ceilMode = false } = configOf(golden);
  return { stride, padding: padding === 'SAME' ? ('same' as const) : padding, ceilMode };
}

const maximum =
  (pool: (size: PerAxis, options: MaxPoolingOptions) => MaxPooling) =>
  (golden: LayerCase): Replay => {
    const { kernel_size, dilation = 1 } = configOf(golden);
    const layer = pool(kernel_size, { ...optionsOf(golden), dilation });
    return { run: ({ x }) => ({ output: layer(x!), indices: layer.indices(x!) }) };
  };

const average =
  (pool: (size: PerAxis, options: AveragePoolingOptions) => Layer) =>
  (golden: LayerCase): Replay => {
    const { kernel_size, count_include_pad: countPadding = true } = configOf(golden);
    const layer = pool(kernel_size, { ...optionsOf(golden), countPadding });
    return { run: ({ x }) => ({ output: layer(x!) }) };
  };

const power =
  (pool: typeof lpPool1d) =>
  (golden: LayerCase): Replay => {
    const layer = pool(configOf(golden).kernel_size, { ...optionsOf(golden), power: configOf(golden).norm_type! });
    return { run: ({ x }) => ({ output: layer(x!) }) };
  };

const adaptive =
  (pool: typeof adaptiveMaxPool1d) =>
  (golden: LayerCase): Replay => {
    const layer = pool(configOf(golden).output_size);
    return { run: ({ x }) => ({ output: layer(x!) }) };
  };

replayCases('pooling', 39, {
  max_pool1d: maximum(maxPool1d),
  max_pool2d: maximum(maxPool2d),
  max_pool2d_same: maximum(maxPool2d),
  max_pool3d: maximum(maxPool3d),
  avg_pool1d: average(averagePool1d),
  avg_pool2d: average(averagePool2d),
  lp_pool1d: power(lpPool1d),
  lp_pool2d: power(lpPool2d),
  adaptive_avg_pool1d: adaptive(adaptiveAveragePool1d),
  adaptive_avg_pool2d: adaptive(adaptiveAveragePool2d),
  adaptive_max_pool1d: adaptive(adaptiveMaxPool1d),
  adaptive_max_pool2d: adaptive(adaptiveMaxPool2d),
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
  expect(() => maxPool2d(2)(zeros([1, 4, 4]) as Tensor)).toThrow(ShapeError);
  expect(() => maxPool2d(2)(zeros([1, 4, 4]) as Tensor)).toThrow(
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

test('a last window of ceilMode takes what is left over', () => {
  const x = tensor([[[1, 5, 2, 4, 3]]]);
  expect(maxPool1d(2, { ceilMode: true })(x).toArray()).toEqual([[[5, 4, 3]]]);
  expect(averagePool1d(2, { ceilMode: true })(x).toArray()).toEqual([[[3, 3, 3]]]);
});

test("padding 'same' gives ⌈length / stride⌉ windows, and averages count what is there only", () => {
  const x = tensor([[[1, 2, 3, 4, 5]]]);
  // Of two elements of padding one stands on each side: [·, 1, 2], [2, 3, 4], [4, 5, ·].
  expect(averagePool1d(3, { stride: 2, padding: 'same' })(x).toArray()).toEqual([[[1.5, 3, 4.5]]]);
  expect(averagePool1d(3, { stride: 2, padding: 'same', countPadding: true })(x).toArray()).toEqual([[[1, 3, 3]]]);
});

test('indices are those of the first maximum', () => {
  expect(
    maxPool1d(2)
      .indices(tensor([[[1, 1, 2, 4]]]))
      .toArray(),
  ).toEqual([[[0, 3]]]);
});

test.each([
  ['averagePool3d', averagePool3d([2, 1, 2], { stride: 1, padding: [1, 0, 1] }), [1, 2, 3, 2, 3]],
  ['globalAveragePool', globalAveragePool, [2, 2, 3, 2]],
  ['globalMaxPool', globalMaxPool, [2, 2, 5]],
] as const)('%s has the gradient of finite differences, and is the same compiled', (_, pool, shape) => {
  const run = pool as (x: Tensor) => Tensor;
  expectGradients(run, randomState(0).normal(shape, { dtype: 'float64' }));
});

test('adaptive windows overlap where sizes do not divide', () => {
  const x = tensor([[[1, 2, 3, 4, 5]]]);
  expect(adaptiveMaxPool1d(2)(x).toArray()).toEqual([[[3, 5]]]);
  expect(adaptiveAveragePool1d(2)(x).toArray()).toEqual([[[2, 4]]]);
  expect(adaptiveAveragePool1d(2)(tensor([[[1, Infinity, 3, 4, 5]]])).toArray()).toEqual([[[Infinity, 4]]]);
});

test('what does not fit adaptive, global and power pooling is refused', () => {
  expect(() => adaptiveMaxPool2d(0)).toThrow('adaptiveMaxPool2d(0): size must be a positive integer, got 0.');
  expect(() => adaptiveMaxPool2d(2)(zeros([1, 4, 4]))).toThrow(
    'adaptiveMaxPool2d(2) expects x of shape [N, channels, *, *], got [1, 4, 4].',
  );
  expect(() => globalMaxPool(zeros([2, 3]))).toThrow(
    'globalMaxPool expects x of shape [N, channels, …] with an axis behind the channels, got [2, 3].',
  );
  expect(() => lpPool1d(2, { power: 0 })).toThrow('lpPool1d(2): power must be a finite number above 0, got 0.');
  expect(() => maxPool1d(2, { padding: 'causal' as never })).toThrow("padding must be numbers, 'same' or 'valid'");
  expect(() => averagePool1d(2, { dilation: 2 } as never)).toThrow("Unknown option 'dilation' of averagePool1d");
});
