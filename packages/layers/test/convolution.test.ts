import { faultOf, goldenCases, type GoldenTensor, read, type Tolerance, waysAndPrecisions } from '@nn/golden';
import { type DType, gradients, randomState, ShapeError, tensor, type Tensor, watch, zeros } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { constant, conv1d, conv2d, conv3d, dense, flatten, heNormal, type Layer, sequential } from '../src/index.ts';
import { type LayerCase, type Replay, replayCases } from './replay.ts';

interface ConvolutionCase {
  readonly op: 'conv1d' | 'conv2d' | 'conv3d';
  readonly config: {
    readonly in_channels: number;
    readonly out_channels: number;
    readonly kernel_size: readonly number[];
    readonly stride: readonly number[];
    readonly padding: readonly number[] | 'same' | 'valid';
    readonly dilation: readonly number[];
    readonly groups: number;
  };
  readonly inputs: { readonly x: GoldenTensor; readonly weight: GoldenTensor; readonly bias?: GoldenTensor };
  readonly cotangents: { readonly output: GoldenTensor };
  readonly outputs: { readonly output: GoldenTensor };
  readonly grads: Readonly<Record<string, GoldenTensor>>;
  readonly tolerance: Readonly<Record<'float32' | 'float64', Tolerance>>;
}

const makers = { conv1d, conv2d, conv3d };
const random = randomState(0);
const cases = goldenCases<ConvolutionCase>(new URL('../golden/convolution.json', import.meta.url)).map(
  (golden, at) => ({
    title: `${at + 1} ${golden.op} ${JSON.stringify(golden.config)}`,
    golden,
  }),
);

test('all 18 cases are there', () => {
  expect(cases.length).toBe(18);
});

describe.each(waysAndPrecisions)('convolutions are those of PyTorch, $way, in $dtype', ({ made, dtype }) => {
  test.each(cases)('$title', ({ golden }) => {
    const { op, config, inputs, grads, cotangents, outputs } = golden;
    const { stride, padding, dilation, groups } = config;
    const layer = makers[op](config.in_channels, config.out_channels, config.kernel_size, {
      random,
      stride,
      padding,
      dilation,
      groups,
      dtype,
      weight: () => read(inputs.weight, dtype),
      bias: inputs.bias ? () => read(inputs.bias!, dtype) : false,
    }) as unknown as ((x: Tensor) => Tensor) & { readonly parameters: Readonly<Record<string, Tensor>> };
    const step = made((given: Tensor) => {
      const x = watch(given);
      const y = layer(x);
      const targets: Readonly<Record<string, Tensor>> = { x, ...layer.parameters };
      return [y, gradients(y.mul(read(cotangents.output, dtype)).sum(), targets)] as const;
    });
    const [output, found] = step(read(inputs.x, dtype));
    expect(faultOf(output, outputs.output, golden.tolerance[dtype])).toBeUndefined();
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(grads).toSorted());
    for (const [name, grad] of Object.entries(grads))
      expect(faultOf(found[name]!, grad, golden.tolerance[dtype])).toBeUndefined();
  });
});

const same =
  (conv: typeof conv2d) =>
  ({ config, inputs }: LayerCase, dtype: DType): Replay => {
    const { in_channels, out_channels, kernel_size, stride, dilation } = config as unknown as ConvolutionCase['config'];
    const options = { random, stride, dilation, padding: 'same', bias: 'bias' in inputs, dtype } as const;
    const layer = conv(in_channels, out_channels, kernel_size, options) as unknown as Layer;
    return { variables: layer.parameters, run: ({ x }) => ({ output: layer(x!) as Tensor }) };
  };

replayCases('same-convolutions', 7, { conv1d_same: same(conv1d as never), conv2d_same: same(conv2d) });

describe('conv', () => {
  test('causal padding looks at the past only: sums of 2 numbers', () => {
    const layer = conv1d(1, 1, 2, { random, weight: constant(1), padding: 'causal' });
    expect(String(layer(tensor([[[1, 2, 3]]])))).toBe('[[[1. 3. 5.]]]');
  });

  test('stands before relu, flatten and dense without a cast', () => {
    const relu = <S extends readonly number[]>(x: Tensor<S>): Tensor<S> => x.maximum(0) as unknown as Tensor<S>;
    const model = sequential(conv2d(1, 2, 3, { random }), relu, flatten, dense(18, 3, { random }));
    expect(model(zeros([4, 1, 5, 5])).shape).toEqual([4, 3]);
  });

  test('starts with √(2 / (in · k)) · N(0, 1)', () => {
    const weight = heNormal([50, 20, 3, 3], randomState(1), 'float64');
    expect(weight.std().item()).toBeCloseTo(Math.sqrt(2 / 180), 2);
  });

  test('refuses x that is smaller than a window, with its padding', () => {
    const layer = conv2d(1, 2, [3, 5], { random, padding: [0, 1], dilation: [2, 1] });
    expect(() => layer(zeros([2, 1, 4, 3]) as Tensor)).toThrow(
      new ShapeError(
        'conv2d(1, 2, [3, 5]): a window spans [5, 5], but x has shape [2, 1, 4, 3]. ' +
          'Give x at least the lengths [5, 3] behind its channels, or more padding.',
      ),
    );
    expect(layer(zeros([2, 1, 5, 3])).shape).toEqual([2, 2, 1, 1]);
  });

  test('refuses other channels, sizes, groups and padding', () => {
    expect(() =>
      conv2d(3, 8, 3, { random })(zeros([1, 1, 5, 5]) as Tensor as Tensor<[number, 3, number, number]>),
    ).toThrow(
      new ShapeError(
        'conv2d(3, 8, 3) expects x of shape [N, 3, *, *], got [1, 1, 5, 5]. Reshape x, or make a layer for 1 channels.',
      ),
    );
    expect(() => conv1d(1, 1, 0, { random })).toThrow('size must be a positive integer, got 0');
    expect(() => conv1d(3, 4, 1, { random, groups: 2 })).toThrow('groups must divide 3 and 4, got 2');
    expect(() => conv1d(1, 1, { random } as never, {} as never)).toThrow('size must have 1 numbers, got undefined');
    expect(() => conv2d(1, 1, [3], { random })).toThrow('size must have 2 numbers, got 1');
    expect(() => conv2d(1, 1, 3, { random, padding: 'causal' })).toThrow("Only conv1d can be 'causal'");
  });
});
