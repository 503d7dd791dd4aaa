import { checkOptions, type DType, type Random, showShape, type Tensor } from '@nn/tensor';
import type { ConvolutionOptions } from './convolution.ts';
import { channelsOf } from './depthwise.ts';
import type { Initializer } from './initializer.ts';
import { type Layer, layer } from './layer.ts';
import { variablesOf } from './variables-of.ts';

/** The options of `separableConv1d` and `separableConv2d`. */
export interface SeparableOptions {
  /** The generator that the first weights are drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** How many filters each channel has along the axes; 1 unless given. */
  readonly multiplier?: number;
  /** As for `conv2d`. */
  readonly stride?: number | readonly number[];
  /** As for `conv2d`. */
  readonly padding?: ConvolutionOptions['padding'];
  /** As for `conv2d`. */
  readonly dilation?: number | readonly number[];
  /** The initial depthwise weight; that of convolutions unless given. */
  readonly depthwiseWeight?: Initializer;
  /** The initial pointwise weight; that of convolutions unless given. */
  readonly pointwiseWeight?: Initializer;
  /** The initial bias, or false for a layer without one; zeros unless given. */
  readonly bias?: boolean | Initializer;
  /** The first part of the names of its parameters in a model. */
  readonly name?: string | undefined;
  /** The dtype of the parameters; float32 unless given. */
  readonly dtype?: DType;
}

/** What `separableConv1d` and `separableConv2d` have in common. */
export function separable(
  kind: string,
  conv: (inputs: number, outputs: number, size: number | readonly number[], options: ConvolutionOptions) => unknown,
  inputs: number,
  outputs: number,
  size: number | readonly number[],
  options: SeparableOptions,
): Layer {
  const along = ['multiplier', 'stride', 'padding', 'dilation', 'depthwiseWeight'];
  const known = ['random', ...along, 'pointwiseWeight', 'bias', 'name', 'dtype'];
  const given = checkOptions(kind, options ?? {}, known);
  const { multiplier, stride, padding, dilation, depthwiseWeight, pointwiseWeight, bias, name, ...common } = given;
  const depthwiseOptions = {
    ...common,
    ...(multiplier !== undefined && { multiplier }),
    ...(stride !== undefined && { stride }),
    ...(padding !== undefined && { padding }),
    ...(dilation !== undefined && { dilation }),
    ...(depthwiseWeight && { weight: depthwiseWeight }),
  };
  const { outputs: between, rest } = channelsOf(kind, inputs, depthwiseOptions);
  const depthwise = conv(inputs, between, size, { ...rest, groups: inputs, bias: false }) as Layer;
  const pointwise = conv(between, outputs, 1, {
    ...common,
    ...(pointwiseWeight && { weight: pointwiseWeight }),
    ...(bias !== undefined && { bias }),
  }) as Layer;
  const title = `${kind}(${inputs}, ${outputs}, ${typeof size === 'number' ? size : showShape(size)})`;
  return layer({
    title,
    name,
    ...variablesOf(title, [
      ['depthwise', depthwise],
      ['pointwise', pointwise],
    ]),
    call: (x): Tensor => pointwise(depthwise(x) as Tensor) as Tensor,
  }) as unknown as Layer;
}
