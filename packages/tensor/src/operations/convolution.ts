import { ShapeError } from '../errors.ts';
import type { ConvolutionOperation, ConvolutionSettings } from '../operation.ts';
import { convolution as reference } from '../reference/convolution.ts';
import { checkShape, type Shape, showShape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { pad, slice } from './join.ts';
import { arithmetic } from './rules.ts';
import { overlapAdd } from './window.ts';

// The gradients of a convolution are convolutions: that of the filters has x and g with other axes for samples and
// channels, that of x has g around which zeros are laid and filters whose elements are reversed.

/** Axes of [N, groups, C, ...] in another order; the axes behind them stay. */
const withLead = (x: Tensor, ...lead: readonly number[]): Tensor =>
  x.permute([...lead, ...x.shape.keys()].toSpliced(lead.length, lead.length)) as Tensor;

/** The number of windows along an axis. */
function windowCount(length: number, size: number, stride: number, dilation: number): number {
  return Math.floor((length - (size - 1) * dilation - 1) / stride) + 1;
}

/** @formula y[n, g, o, p] = Σ c, k  w[g, o, c, k] · x[n, g, c, p · stride + k · dilation − before] */
export const convolution: ConvolutionOperation = {
  kind: 'convolution',
  name: 'convolution',
  shape([x, w], { strides, dilations, padding }) {
    const fits = x!.length === strides.length + 3 && w!.length === x!.length && x![1] === w![0] && x![2] === w![2];
    if (!fits) {
      throw new ShapeError(
        `convolution: ${showShape(x!)} and filters ${showShape(w!)} do not fit. ` +
          `Give [N, groups, C, ...] and [groups, O, C, ...] with as many axes.`,
      );
    }
    const positions = strides.map((stride, at) => {
      const [before, after] = padding[at]!;
      const length = x![at + 3]! + before + after;
      const count = windowCount(length, w![at + 3]!, stride, dilations[at]!);
      if (count > 0) return count;
      throw new ShapeError(
        `convolution: filters of ${w![at + 3]} elements at distance ${dilations[at]} do not fit into the ${length} ` +
          `elements of axis ${at + 3} of ${showShape(x!)}, padding included. Pad x, or make the filters smaller.`,
      );
    });
    return checkShape([x![0]!, x![1]!, w![1]!, ...positions], 'convolution');
  },
  dtype: arithmetic,
  forward: reference,
  derivative: [
    (g, [x, w], _output, settings) => inputGradient(g, x.shape, w, settings),
    (g, [x, w], _output, { strides, dilations, padding }) => {
      const ends = padding.map(([before], at): readonly [number, number] => {
        // As many zeros that there are as many windows as elements of a filter.
        const used = (w.shape[at + 3]! - 1) * dilations[at]! + (g.shape[at + 3]! - 1) * strides[at]! + 1;
        return [before, used - before - x.shape[at + 3]!];
      });
      const exchanged = { strides: dilations, dilations: strides, padding: ends };
      // [C, groups, N, ...] and [groups, O, N, ...] → [C, groups, O, ...]
      return withLead(g.apply(convolution, [withLead(x, 2, 1, 0), withLead(g, 1, 2, 0)], exchanged), 1, 2, 0);
    },
  ],
};

function inputGradient(g: Tensor, shape: Shape, w: Tensor, settings: ConvolutionSettings): Tensor {
  const { strides, dilations, padding } = settings;
  const sizes = w.shape.slice(3);
  if (strides.every((stride) => stride === 1)) {
    const reversed = withLead(w.flip(sizes.map((_, at) => at + 3)) as Tensor, 0, 2, 1);
    const ends = padding.map(([before, after], at): readonly [number, number] => {
      const span = (sizes[at]! - 1) * dilations[at]!;
      return [span - before, span - after];
    });
    return g.apply(convolution, [g, reversed], { strides, dilations, padding: ends });
  }
  // With longer strides most of those products would be with zeros: the gradients of all windows are added up instead.
  const [samples, groups, , ...positions] = g.shape as [number, number, number, ...number[]];
  const [, outputs, channels] = w.shape as [number, number, number];
  const filters = w.reshape([groups, outputs, channels * sizeOf(sizes)]) as Tensor;
  const columns = (filters.mT as Tensor).matmul(
    g.reshape([samples, groups, outputs, sizeOf(positions)]) as Tensor,
  ) as Tensor;
  const windows = columns.reshape([samples, groups, channels, ...sizes, ...positions]) as Tensor;
  const axes = sizes.map((_, at) => at + 3);
  const order = [0, 1, 2, ...axes.map((axis) => axis + axes.length), ...axes];
  const [before, after] = [0, 1].map((side) => [0, 0, 0, ...padding.map((ends) => ends[side]!)]) as [
    number[],
    number[],
  ];
  const room = shape.map((length, axis) => length + before[axis]! + after[axis]!);
  const overlapped = g.apply(overlapAdd, [windows.permute(order) as Tensor], {
    axes,
    sizes,
    steps: strides,
    dilations,
    shape: room,
  });
  // The gradients of zeros are left away, and what was cut off has gradients of 0.
  const kept = g.apply(slice, [overlapped], {
    starts: before.map((zeros) => Math.max(zeros, 0)),
    steps: before.map(() => 1),
    counts: room.map((length, axis) => length - Math.max(before[axis]!, 0) - Math.max(after[axis]!, 0)),
  });
  if (kept.shape.every((length, axis) => length === shape[axis])) return kept;
  const starts = before.map((zeros) => Math.max(-zeros, 0));
  return g.apply(pad, [kept], { shape, starts, steps: starts.map(() => 1), value: 0 });
}
