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
  type Tensor,
  type Variable,
  variable,
} from '@nn/tensor';
import { constant } from './constant.ts';
import { heNormal } from './he-normal.ts';
import type { Initializer } from './initializer.ts';
import { type Layer, layer } from './layer.ts';
import type { Stated } from './shape-rule.ts';

/** The options of `conv1d`, `conv2d` and `conv3d`. A number stands for the same number on every axis. */
export interface ConvolutionOptions {
  /** The generator that the first weights are drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** The distance of one window from the next; 1 unless given. */
  readonly stride?: number | readonly number[];
  /** Zeros on both sides of each axis, or `same` (⌈length / stride⌉ windows), `valid` (none), `causal` (all before; conv1d). */
  readonly padding?: number | readonly number[] | 'same' | 'valid' | 'causal';
  /** The distance of the elements in a window; 1 unless given. */
  readonly dilation?: number | readonly number[];
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
export interface Convolution<In extends Shape = Shape, Out extends Shape = Shape> extends Layer<Stated<In, Out>> {
  readonly weight: Variable;
  readonly bias: Variable | undefined;
}

/** A convolution over any number of axes. */
export function convolution(
  rank: number,
  inputs: number,
  outputs: number,
  size: number | readonly number[],
  options: ConvolutionOptions,
): Convolution {
  const kind = `conv${rank}d`;
  const caller = `${kind}(${inputs}, ${outputs}, ${typeof size === 'number' ? size : showShape(size)})`;
  const known = ['random', 'stride', 'padding', 'dilation', 'groups', 'weight', 'bias', 'name', 'dtype'];
  const given: Partial<ConvolutionOptions> = checkOptions(kind, options ?? {}, known);
  const { padding = 0, groups = 1, bias = true, weight = heNormal, name, dtype = 'float32' } = given;
  const positive = (what: string, value: number) =>
    checkNumber(
      caller,
      what,
      value,
      Number.isInteger(value) && value > 0,
      'a positive integer',
      `Write ${kind}(1, 8, 3, …).`,
    );
  const perAxis = (what: string, value: number | readonly number[]): readonly number[] => {
    const all = typeof value === 'number' ? Array.from({ length: rank }, () => value) : value;
    if (all.length === rank) return all;
    throw new RangeError(
      `${caller}: ${what} must have ${rank} numbers, got ${all.length}. Write one number for all axes.`,
    );
  };
  positive('inputs', inputs);
  positive('outputs', outputs);
  positive('groups', groups);
  const sizes = perAxis('size', size);
  const strides = perAxis('stride', given.stride ?? 1);
  const dilations = perAxis('dilation', given.dilation ?? 1);
  for (const [what, all] of Object.entries({ size: sizes, stride: strides, dilation: dilations })) {
    for (const value of all) positive(what, value);
  }
  if (inputs % groups !== 0 || outputs % groups !== 0) {
    throw new RangeError(
      `${caller}: groups must divide ${inputs} and ${outputs}, got ${groups}. Choose a common divisor.`,
    );
  }
  const spans = sizes.map((k, axis) => (k - 1) * dilations[axis]!);
  const paddingFor = paddingOf(caller, padding, spans, strides, perAxis);
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
      const least = spans.map((span, axis) => span + 1 - margins[axis]![0] - margins[axis]![1]);
      if (lengths.some((length, axis) => length < least[axis]!)) {
        throw new ShapeError(
          `${caller}: a window spans ${showShape(spans.map((span) => span + 1))}, but x has shape ${showShape(x.shape)}. ` +
            `Give x at least the lengths ${showShape(least)} behind its channels, or more padding.`,
        );
      }
      const y = convolve(x, weights, { strides, dilations, padding: margins, groups });
      return biases ? y.add(biases.reshape([outputs, ...sizes.map(() => 1)])) : y;
    },
  });
  return Object.assign(made, { weight: weights, bias: biases }) as unknown as Convolution;
}

/** The zeros before and after each axis, by the lengths of x. */
type PaddingFor = (lengths: readonly number[]) => readonly (readonly [before: number, after: number])[];

function paddingOf(
  caller: string,
  padding: NonNullable<ConvolutionOptions['padding']>,
  spans: readonly number[],
  strides: readonly number[],
  perAxis: (what: string, value: number | readonly number[]) => readonly number[],
): PaddingFor {
  if (padding === 'valid') return () => spans.map(() => [0, 0]);
  if (padding === 'causal' && spans.length === 1) return () => [[spans[0]!, 0]];
  if (padding === 'same') {
    // As many windows as the stride goes into the length, rounded up; an odd zero comes after.
    return (lengths) =>
      lengths.map((length, axis) => {
        const last = (Math.ceil(length / strides[axis]!) - 1) * strides[axis]!;
        const zeros = Math.max(last + spans[axis]! + 1 - length, 0);
        return [Math.floor(zeros / 2), Math.ceil(zeros / 2)];
      });
  }
  if (typeof padding === 'string') {
    throw new RangeError(
      `${caller}: padding must be numbers, 'same' or 'valid', got '${padding}'. Only conv1d can be 'causal'.`,
    );
  }
  const margins = perAxis('padding', padding).map((value): readonly [number, number] => {
    checkNumber(
      caller,
      'padding',
      value,
      Number.isInteger(value) && value >= 0,
      'an integer of at least 0',
      'Write padding: 1.',
    );
    return [value, value];
  });
  return () => margins;
}
