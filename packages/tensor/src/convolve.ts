import { ShapeError } from './errors.ts';
import { convolution } from './operations/convolution.ts';
import { checkOptions } from './options.ts';
import { type Shape, showShape } from './shape.ts';
import { apply, checkTensor, type Tensor } from './tensor.ts';

/** The options of `convolve`. */
export interface ConvolveOptions {
  /** Per axis, from one window to the next; 1 unless given. */
  readonly strides?: readonly number[];
  /** Per axis, from one element of a window to the next; 1 unless given. */
  readonly dilations?: readonly number[];
  /** Per axis the zeros before and after; none unless given. */
  readonly padding?: readonly (readonly [before: number, after: number])[];
  /** Channels are split into so many groups, each with filters of its own; 1 unless given. */
  readonly groups?: number;
}

/**
 * A convolution: every filter is multiplied with every window of x, and the products are summed. As in all libraries of
 * neural networks the filters are not reversed, so that mathematics calls it a correlation.
 *
 *   y[n, o, p] = Σ c, k  filters[o, c, k] · x[n, c, p · stride + k · dilation − before]
 *
 * x is [N, channels, ...lengths], filters [O, channels / groups, ...sizes], y [N, O, ...positions]. A filter of group g sees
 * the channels of group g only.
 *
 * @throws ShapeError when the shapes do not fit, a filter is larger than x with its zeros, or an option has not one number per axis
 * @example String(convolve(tensor([[[1, 2, 3, 4]]]), tensor([[[1, 10]]])))   // [[[21. 32. 43.]]]
 * @see Dumoulin, Visin, A guide to convolution arithmetic for deep learning (2016)
 */
export function convolve(x: Tensor, filters: Tensor, options: ConvolveOptions = {}): Tensor {
  const caller = 'convolve';
  const { groups = 1, ...given } = checkOptions(caller, options, ['strides', 'dilations', 'padding', 'groups']);
  const { shape } = checkTensor(x, caller);
  const rank = shape.length - 2;
  const own: Shape = checkTensor(filters, caller).shape;
  if (rank < 0 || own.length !== shape.length) {
    throw new ShapeError(
      `${caller}: expected x of shape [N, channels, ...] and filters with as many axes, got ${showShape(shape)} and ` +
        `${showShape(own)}. Reshape one of them.`,
    );
  }
  const perAxis = (what: string, list: readonly number[], least: number): readonly number[] => {
    if (list.length === rank && list.every((one) => Number.isInteger(one) && one >= least)) return list;
    throw new ShapeError(
      `${caller}: ${what} must be one ${least > 0 ? 'positive' : 'non-negative'} integer for each of ${rank} axes, got ` +
        `${showShape(list)}. Write one number per axis behind the channels.`,
    );
  };
  const ones = shape.slice(2).map(() => 1);
  const strides = perAxis('strides', given.strides ?? ones, 1);
  const dilations = perAxis('dilations', given.dilations ?? ones, 1);
  const padding = given.padding ?? ones.map(() => [0, 0] as const);
  for (const side of [0, 1])
    perAxis(
      'padding',
      padding.map((ends) => ends[side]!),
      0,
    );
  const [samples, channels, ...lengths] = shape as [number, number, ...number[]];
  const [outputs, depth, ...sizes] = own as [number, number, ...number[]];
  if (!(Number.isInteger(groups) && groups > 0 && outputs % groups === 0 && channels === depth * groups)) {
    throw new ShapeError(
      `${caller}: ${channels} channels in ${groups} groups do not fit filters of shape ${showShape(own)}. ` +
        `The filters need ${channels} / ${groups} channels, and a number that ${groups} divides.`,
    );
  }
  const least = sizes.map((size, at) => (size - 1) * dilations[at]! + 1 - padding[at]![0] - padding[at]![1]);
  if (lengths.some((length, at) => length < least[at]!)) {
    throw new ShapeError(
      `${caller}: filters of shape ${showShape(own)} are larger than x of shape ${showShape(shape)}, zeros included. ` +
        `Give x at least the lengths ${showShape(least)} behind its channels, or more padding.`,
    );
  }
  const inGroups = x.reshape([samples, groups, depth, ...lengths]) as Tensor;
  const byGroup = filters.reshape([groups, outputs / groups, depth, ...sizes]) as Tensor;
  const y = apply(convolution, [inGroups, byGroup], { strides, dilations, padding });
  return y.reshape([samples, outputs, ...y.shape.slice(3)]) as Tensor;
}
