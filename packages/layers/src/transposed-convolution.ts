import {
  checkFloating,
  checkLike,
  checkNumber,
  checkOptions,
  checkRandom,
  type DType,
  overlapAdd,
  pad,
  type Random,
  type Shape,
  ShapeError,
  showShape,
  type Tensor,
  type Variable,
  variable,
} from '@nn/tensor';
import { constant } from './constant.ts';
import type { Convolution } from './convolution.ts';
import { glorotUniform } from './glorot-uniform.ts';
import type { Initializer } from './initializer.ts';
import { layer } from './layer.ts';
import { perAxis } from './per-axis.ts';
import type { ShapeRule } from './shape-rule.ts';

/** The options of `convTranspose1d` and `convTranspose2d`. A number stands for the same number on every axis. */
export interface TransposedConvolutionOptions {
  /** The generator that the first weights are drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** The distance of one window of the result from the next; 1 unless given. */
  readonly stride?: number | readonly number[];
  /** How much is cut off both ends of each axis of the result; 0 unless given. */
  readonly padding?: number | readonly number[];
  /** How much is added to the end of each axis of the result, below the stride or the dilation; 0 unless given. */
  readonly outputPadding?: number | readonly number[];
  /** The distance of the elements in a window; 1 unless given. */
  readonly dilation?: number | readonly number[];
  /** Channels are split into so many groups, each with filters of its own; 1 unless given. */
  readonly groups?: number;
  /** The initial weight; `glorotUniform` unless given. */
  readonly weight?: Initializer;
  /** The initial bias, or false for a layer without one; zeros unless given. */
  readonly bias?: boolean | Initializer;
  /** The first part of the names of its parameters in a model. */
  readonly name?: string | undefined;
  /** The dtype of the parameters; float32 unless given. */
  readonly dtype?: DType;
}

/** A transposed convolution over any number of axes: windows from a product, added up where they overlap. */
export function transposedConvolution<Rule extends ShapeRule>(
  rank: number,
  inputs: number,
  outputs: number,
  size: number | readonly number[],
  options: TransposedConvolutionOptions,
): Convolution<Rule> {
  const kind = `convTranspose${rank}d`;
  const caller = `${kind}(${inputs}, ${outputs}, ${typeof size === 'number' ? size : showShape(size)})`;
  const known = [
    'random',
    'stride',
    'padding',
    'outputPadding',
    'dilation',
    'groups',
    'weight',
    'bias',
    'name',
    'dtype',
  ];
  const given: Partial<TransposedConvolutionOptions> = checkOptions(kind, options ?? {}, known);
  const { groups = 1, bias = true, weight = glorotUniform, name, dtype = 'float32' } = given;
  for (const [what, value] of Object.entries({ inputs, outputs, groups })) {
    const fits = Number.isInteger(value) && value > 0;
    checkNumber(caller, what, value, fits, 'a positive integer', `Write ${kind}(8, 1, 3, …).`);
  }
  if (inputs % groups !== 0 || outputs % groups !== 0) {
    throw new RangeError(
      `${caller}: groups must divide ${inputs} and ${outputs}, got ${groups}. Choose a common divisor.`,
    );
  }
  const sizes = perAxis(caller, 'size', size, rank, 1);
  const strides = perAxis(caller, 'stride', given.stride ?? 1, rank, 1);
  const dilations = perAxis(caller, 'dilation', given.dilation ?? 1, rank, 1);
  const paddings = perAxis(caller, 'padding', given.padding ?? 0, rank, 0);
  const added = perAxis(caller, 'outputPadding', given.outputPadding ?? 0, rank, 0);
  added.forEach((value, axis) => {
    const limit = Math.max(strides[axis]!, dilations[axis]!);
    checkNumber(caller, 'outputPadding', value, value < limit, `below the stride or the dilation, ${limit}`);
  });
  const random = checkRandom(given.random, caller);
  checkFloating(dtype, `${caller}: the weight`);
  const initial = (part: string, initializer: Initializer, shape: Shape): Variable => {
    const value = checkLike(initializer(shape, random, dtype), { shape, dtype }, `${caller}: the initial ${part}`);
    return variable(value, { name: `${name ?? caller}.${part}` });
  };
  const weights = initial('weight', weight, [inputs, outputs / groups, ...sizes]);
  const biases = bias === false ? undefined : initial('bias', bias === true ? constant(0) : bias, [outputs]);
  const axes = sizes.map((_, axis) => axis + 2);
  // [N, C, k, positions] → [N, C, positions, k]
  const windowsLast = [0, 1, ...axes.map((axis) => axis + rank), ...axes];

  const made = layer({
    title: caller,
    name,
    parameters: { weight: weights, ...(biases && { bias: biases }) },
    call(x): Tensor {
      if (x.rank !== rank + 2 || x.shape[1] !== inputs || x.shape.slice(2).includes(0)) {
        throw new ShapeError(
          `${caller} expects x of shape [N, ${[inputs, ...axes.map(() => '*')].join(', ')}], got ${showShape(x.shape)}. ` +
            `Reshape x, or make a layer for ${x.shape[1] ?? 'its'} channels.`,
        );
      }
      const [samples, , ...positions] = x.shape as [number, number, ...number[]];
      const whole = positions.map(
        (length, axis) => (length - 1) * strides[axis]! + (sizes[axis]! - 1) * dilations[axis]! + 1,
      );
      const lengths = whole.map((length, axis) => length - 2 * paddings[axis]! + added[axis]!);
      if (lengths.some((length) => length < 1)) {
        throw new ShapeError(
          `${caller}: of ${showShape(x.shape)} the padding ${showShape(paddings)} leaves nothing. ` +
            `Give less padding, or a larger x.`,
        );
      }
      const area = positions.reduce((a, b) => a * b, 1);
      const columns: Tensor = (weights.reshape([groups, inputs / groups, -1]) as Tensor).permute([0, 2, 1]);
      const product: Tensor = columns.matmul(x.reshape([samples, groups, inputs / groups, area]) as Tensor);
      const windows: Tensor = product.reshape([samples, outputs, ...sizes, ...positions]);
      const summed = overlapAdd(windows.permute(windowsLast) as Tensor, [samples, outputs, ...whole], axes, {
        strides,
        dilations,
      });
      const ends = whole.map((length, axis) => Math.min(length, paddings[axis]! + lengths[axis]!));
      const cut: Tensor = summed.slice([], [], ...ends.map((end, axis) => [paddings[axis]!, end] as const));
      const missing = lengths.map((length, axis) => length - (ends[axis]! - paddings[axis]!));
      const y: Tensor = missing.some((width) => width > 0)
        ? pad(cut, [[0, 0], [0, 0], ...missing.map((width) => [0, width] as const)])
        : cut;
      return biases ? y.add(biases.reshape([outputs, ...axes.map(() => 1)]) as Tensor) : y;
    },
  });
  return Object.assign(made, { weight: weights, bias: biases }) as unknown as Convolution<Rule>;
}
