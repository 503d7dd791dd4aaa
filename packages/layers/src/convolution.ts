import {
  checkFloating,
  checkLike,
  checkNumber,
  checkOptions,
  checkRandom,
  convolve,
  type DType,
  type Random,
  type Shape,
  ShapeError,
  showShape,
  type Variable,
  variable,
} from '@nn/tensor';
import { constant } from './constant.ts';
import { heNormal } from './he-normal.ts';
import type { Initializer } from './initializer.ts';
import { type Layer, layer } from './layer.ts';
import { perAxis } from './per-axis.ts';
import { samePadding } from './same-padding.ts';
import type { AnyShape, PerAxis, ShapeRule, Sliding } from './shape-rule.ts';

/** The options of `conv1d`, `conv2d` and `conv3d`. A number stands for the same number on every axis. */
export interface ConvolutionOptions<
  out Stride extends PerAxis = PerAxis,
  out Padding extends Sliding['padding'] = Sliding['padding'],
  out Dilation extends PerAxis = PerAxis,
> {
  /** The generator that the first weights are drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** The distance of one window from the next; 1 unless given. */
  readonly stride?: Stride;
  /** Zeros on both sides of each axis, or `same` (⌈length / stride⌉ windows), `valid` (none), `causal` (all before; conv1d). */
  readonly padding?: Padding;
  /** The distance of the elements in a window; 1 unless given. */
  readonly dilation?: Dilation;
  /** Channels are split into so many groups, each with filters of its own; 1 unless given. */
  readonly groups?: number;
  /** The initial weight; `heNormal` unless given. */
  readonly weight?: Initializer;
  /** The initial bias, or false for a layer without one; zeros unless given. */
  readonly bias?: boolean | Initializer;
  /** The first part of the names of its parameters in a model. */
  readonly name?: string | undefined;
  /** The dtype of the parameters; float32 unless given. */
  readonly dtype?: DType;
}

/** A convolution. Its parameters are `weight` [out, in / groups, k, …], and `bias` [out] if it has one. */
export interface Convolution<out Rule extends ShapeRule = AnyShape> extends Layer<Rule> {
  readonly weight: Variable;
  readonly bias: Variable | undefined;
}

/** A convolution over any number of axes. */
export function convolution<Rule extends ShapeRule>(
  rank: number,
  inputs: number,
  outputs: number,
  size: PerAxis,
  options: ConvolutionOptions,
): Convolution<Rule> {
  const kind = `conv${rank}d`;
  const caller = `${kind}(${inputs}, ${outputs}, ${typeof size === 'number' ? size : showShape(size)})`;
  const known = ['random', 'stride', 'padding', 'dilation', 'groups', 'weight', 'bias', 'name', 'dtype'];
  const given: Partial<ConvolutionOptions> = checkOptions(kind, options ?? {}, known);
  const { padding = 0, groups = 1, bias = true, weight = heNormal, name, dtype = 'float32' } = given;
  for (const [what, value] of Object.entries({ inputs, outputs, groups })) {
    const fits = Number.isInteger(value) && value > 0;
    checkNumber(caller, what, value, fits, 'a positive integer', `Write ${kind}(1, 8, 3, …).`);
  }
  const sizes = perAxis(caller, 'size', size, rank, 1);
  const strides = perAxis(caller, 'stride', given.stride ?? 1, rank, 1);
  const dilations = perAxis(caller, 'dilation', given.dilation ?? 1, rank, 1);
  if (inputs % groups !== 0 || outputs % groups !== 0) {
    throw new RangeError(
      `${caller}: groups must divide ${inputs} and ${outputs}, got ${groups}. Choose a common divisor.`,
    );
  }
  const spans = sizes.map((k, axis) => (k - 1) * dilations[axis]! + 1);
  const paddingFor = paddingOf(caller, padding, spans, strides);
  const random = checkRandom(given.random, caller);
  checkFloating(dtype, `${caller}: the weight`);
  const initial = (part: string, initializer: Initializer, shape: Shape): Variable => {
    const value = checkLike(initializer(shape, random, dtype), { shape, dtype }, `${caller}: the initial ${part}`);
    return variable(value, { name: `${name ?? caller}.${part}` });
  };
  const weights = initial('weight', weight, [outputs, inputs / groups, ...sizes]);
  const biases = bias === false ? undefined : initial('bias', bias === true ? constant(0) : bias, [outputs]);
  const made = layer({
    title: caller,
    name,
    parameters: { weight: weights, ...(biases && { bias: biases }) },
    call(x) {
      if (x.shape.length !== rank + 2 || x.shape[1] !== inputs) {
        throw new ShapeError(
          `${caller} expects x of shape [N, ${[inputs, ...sizes.map(() => '*')].join(', ')}], got ${showShape(x.shape)}. ` +
            `Reshape x, or make a layer for ${x.shape[1] ?? 'its'} channels.`,
        );
      }
      const lengths = x.shape.slice(2);
      const margins = paddingFor(lengths);
      const least = spans.map((span, axis) => span - margins[axis]![0] - margins[axis]![1]);
      if (lengths.some((length, axis) => length < least[axis]!)) {
        throw new ShapeError(
          `${caller}: a window spans ${showShape(spans)}, but x has shape ${showShape(x.shape)}. ` +
            `Give x at least the lengths ${showShape(least)} behind its channels, or more padding.`,
        );
      }
      const y = convolve(x, weights, { strides, dilations, padding: margins, groups });
      return biases ? y.add(biases.reshape([outputs, ...sizes.map(() => 1)])) : y;
    },
  });
  return Object.assign(made, { weight: weights, bias: biases }) as unknown as Convolution<Rule>;
}

/** The zeros before and after each axis, by the lengths of x. */
type PaddingFor = (lengths: readonly number[]) => readonly (readonly [before: number, after: number])[];

function paddingOf(
  caller: string,
  padding: NonNullable<ConvolutionOptions['padding']>,
  spans: readonly number[],
  strides: readonly number[],
): PaddingFor {
  if (padding === 'valid') return () => spans.map(() => [0, 0]);
  if (padding === 'causal' && spans.length === 1) return () => [[spans[0]! - 1, 0]];
  if (padding === 'same') {
    return (lengths) => lengths.map((length, axis) => samePadding(length, spans[axis]!, strides[axis]!));
  }
  if (typeof padding === 'string') {
    throw new RangeError(
      `${caller}: padding must be numbers, 'same' or 'valid', got '${padding}'. Only conv1d can be 'causal'.`,
    );
  }
  const margins = perAxis(caller, 'padding', padding, spans.length, 0).map((zeros) => [zeros, zeros] as const);
  return () => margins;
}
