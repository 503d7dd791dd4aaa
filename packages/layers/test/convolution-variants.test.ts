import { type DType, randomState, ShapeError, type Tensor, zeros } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import {
  conv1d,
  conv2d,
  convTranspose1d,
  convTranspose2d,
  depthwiseConv1d,
  depthwiseConv2d,
  type Layer,
  separableConv1d,
  separableConv2d,
} from '../src/index.ts';
import { expectGradients, type LayerCase, type Replay, replayCases } from './replay.ts';

interface Config {
  readonly in_channels: number;
  readonly out_channels: number;
  readonly kernel_size: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[] | 'same';
  readonly dilation?: readonly number[];
  readonly output_padding?: readonly number[];
  readonly groups: number;
  readonly depth_multiplier: number;
}

const random = randomState(0);
const configOf = ({ config }: LayerCase): Config => config as unknown as Config;

function replayOf(golden: LayerCase, layer: unknown): Replay {
  const { parameters } = layer as Layer;
  const variables = Object.fromEntries(
    Object.entries(parameters).map(([name, variable]) => [torchNames[name] ?? name, variable]),
  );
  return { variables, run: ({ x }) => ({ output: (layer as Layer)(x!) as Tensor }) };
}

const torchNames: Readonly<Record<string, string>> = {
  'depthwise.weight': 'depthwise_weight',
  'pointwise.weight': 'pointwise_weight',
  'pointwise.bias': 'bias',
};

/** The options that all these layers take. */
function optionsOf(golden: LayerCase, dtype: DType) {
  const { stride, padding, dilation = 1 } = configOf(golden);
  return { random, stride, padding, dilation, bias: 'bias' in golden.inputs, dtype };
}

/** A recorded convolution: depthwise where it has as many groups as channels. */
const plain =
  (conv: typeof conv2d, depthwise: typeof depthwiseConv2d) =>
  (golden: LayerCase, dtype: DType): Replay => {
    const { in_channels, out_channels, kernel_size } = configOf(golden);
    const options = optionsOf(golden, dtype);
    return replayOf(
      golden,
      golden.name === 'depthwise'
        ? depthwise(in_channels, kernel_size, { ...options, multiplier: out_channels / in_channels })
        : conv(in_channels, out_channels, kernel_size, options),
    );
  };

const transposed =
  (conv: typeof convTranspose2d) =>
  (golden: LayerCase, dtype: DType): Replay => {
    const { in_channels, out_channels, kernel_size, groups, output_padding: outputPadding = 0 } = configOf(golden);
    const { padding, ...options } = optionsOf(golden, dtype);
    const given = { ...options, padding: padding as readonly number[], outputPadding, groups };
    return replayOf(golden, conv(in_channels, out_channels, kernel_size, given));
  };

const separable =
  (conv: typeof separableConv2d) =>
  (golden: LayerCase, dtype: DType): Replay => {
    const { in_channels, out_channels, kernel_size, depth_multiplier: multiplier } = configOf(golden);
    return replayOf(golden, conv(in_channels, out_channels, kernel_size, { ...optionsOf(golden, dtype), multiplier }));
  };

replayCases('convolution-variants', 35, {
  conv1d: plain(conv1d as never, depthwiseConv1d as never),
  conv2d: plain(conv2d, depthwiseConv2d),
  causal_conv1d(golden, dtype) {
    const { in_channels, out_channels, kernel_size, groups } = configOf(golden);
    const options = { ...optionsOf(golden, dtype), padding: 'causal', groups } as const;
    return replayOf(golden, conv1d(in_channels, out_channels, kernel_size, options));
  },
  conv_transpose1d: transposed(convTranspose1d as never),
  conv_transpose2d: transposed(convTranspose2d),
  separable_conv1d: separable(separableConv1d as never),
  separable_conv2d: separable(separableConv2d),
});

const dtype = 'float64';

test.each([
  ['convTranspose1d', convTranspose1d(2, 4, 3, { random, dtype, stride: 2, groups: 2 }), [2, 2, 3]],
  [
    'convTranspose2d',
    convTranspose2d(2, 1, [2, 3], { random, dtype, stride: [3, 1], padding: [0, 1], outputPadding: [2, 0] }),
    [1, 2, 2, 3],
  ],
  ['depthwiseConv2d', depthwiseConv2d(2, 2, { random, dtype, multiplier: 2 }), [1, 2, 3, 3]],
  ['separableConv1d', separableConv1d(2, 3, 3, { random, dtype, padding: 1 }), [2, 2, 4]],
] as const)('%s has the gradients of finite differences, and is the same compiled', (_, layer, shape) => {
  expectGradients(layer as unknown as (x: Tensor) => Tensor, random.normal(shape, { dtype }), layer.parameters);
});

describe('a transposed convolution', () => {
  test('gives back the size that a convolution with the same options took', () => {
    const options = { random, stride: 2, padding: 1 };
    const x: Tensor = zeros([1, 3, 9, 9]);
    const smaller = (conv2d(3, 4, 3, options) as unknown as Layer)(x) as Tensor;
    const back = (convTranspose2d(4, 3, 3, options) as unknown as Layer)(smaller) as Tensor;
    expect(back.shape).toEqual(x.shape);
  });

  test('refuses what does not fit', () => {
    expect(() => convTranspose1d(2, 3, 0, { random })).toThrow('size must be a positive integer, got 0');
    expect(() => convTranspose1d(2, 3, 3, { random, groups: 2 })).toThrow('groups must divide 2 and 3, got 2');
    expect(() => convTranspose1d(1, 1, 3, { random, stride: 2, outputPadding: 2 })).toThrow(
      'convTranspose1d(1, 1, 3): outputPadding must be below the stride or the dilation, 2, got 2.',
    );
    expect(() => convTranspose1d(1, 1, 1, { random, padding: 1 })(zeros([1, 1, 2]))).toThrow(
      'of [1, 1, 2] the padding [1] leaves nothing. Give less padding, or a larger x.',
    );
    const plain = convTranspose1d(2, 1, 3, { random }) as unknown as Layer;
    expect(() => plain(zeros([1, 3, 2]))).toThrow(
      new ShapeError(
        'convTranspose1d(2, 1, 3) expects x of shape [N, 2, *], got [1, 3, 2]. Reshape x, or make a layer for 3 channels.',
      ),
    );
    expect(() => convTranspose1d(1, 1, 3, { random, paddings: 1 } as never)).toThrow("Unknown option 'paddings'");
  });
});

test('depthwise and separable convolutions refuse what does not fit', () => {
  expect(() => depthwiseConv1d(2, 3, { random, multiplier: 0 })).toThrow(
    'depthwiseConv1d: multiplier must be a positive integer, got 0.',
  );
  expect(() => depthwiseConv1d(2, 3, { random, groups: 2 } as never)).toThrow("Unknown option 'groups'");
  expect(() => separableConv2d(2, 3, 3, { random, weight: 1 } as never)).toThrow("Unknown option 'weight'");
  expect(() => separableConv2d(2, 3, [3], { random })).toThrow('size must have 2 numbers, got 1');
});
