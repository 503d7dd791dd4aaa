import { ShapeError, showShape, tensor, type Tensor, where } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import { perAxis } from './per-axis.ts';
import type { ChannelsKept } from './shape-rule.ts';

/**
 * One number of each window along an axis.
 *
 * @param windows  numbers of x; the axis behind `axis` counts the elements of a window
 * @param counts   how many of them belong to each window; the others are elements of it once more. Undefined when all do.
 */
type WindowReduction = (windows: Tensor, axis: number, counts: readonly number[] | undefined) => Tensor;

/** The mean of each window. */
export const windowMean: WindowReduction = (windows, axis, counts) => {
  if (!counts) return windows.mean(axis + 1) as Tensor;
  const widest = windows.shape[axis + 1]!;
  const behind = windows.rank - axis - 2;
  const tail = Array.from({ length: behind }, () => 1);
  const belongs = counts.flatMap((count) => Array.from({ length: widest }, (_, at) => at < count));
  const mask: Tensor = tensor(belongs).reshape([counts.length, widest, ...tail]);
  const divisors: Tensor = tensor([...counts], { dtype: windows.dtype }).reshape([counts.length, ...tail]);
  return (where(mask, windows, 0).sum(axis + 1) as Tensor).div(divisors);
};

/** The largest number of each window. */
export const windowMaximum: WindowReduction = (windows, axis) => windows.max(axis + 1) as Tensor;

/** What adaptive pooling layers have in common: they reduce one axis after another. */
export function adaptivePooling(
  kind: string,
  rank: number,
  size: number | readonly number[],
  reduction: WindowReduction,
): Layer<ChannelsKept> {
  const caller = `${kind}(${typeof size === 'number' ? size : showShape(size)})`;
  const sizes = perAxis(caller, 'size', size, rank, 1);
  return layer({
    title: caller,
    call(x): Tensor {
      if (x.rank !== rank + 2 || x.shape.slice(2).includes(0)) {
        throw new ShapeError(
          `${caller} expects x of shape [N, channels, ${sizes.map(() => '*').join(', ')}], got ${showShape(x.shape)}. ` +
            `Reshape x, or pool over ${Math.max(x.rank - 2, 1)} axes.`,
        );
      }
      return sizes.reduce<Tensor>((y, positions, at) => adaptAxis(y, at + 2, positions, reduction), x);
    },
  }) as unknown as Layer<ChannelsKept>;
}

/** One axis of x reduced to a number of positions. */
export function adaptAxis(x: Tensor, axis: number, positions: number, reduction: WindowReduction): Tensor {
  const length = x.shape[axis]!;
  if (length % positions === 0) {
    const windows: Tensor = x.reshape(x.shape.toSpliced(axis, 1, positions, length / positions));
    return reduction(windows, axis, undefined);
  }
  const starts = Array.from({ length: positions }, (_, at) => Math.floor((at * length) / positions));
  const counts = starts.map((start, at) => Math.ceil(((at + 1) * length) / positions) - start);
  const widest = Math.max(...counts);
  const indices = starts.map((start, at) =>
    Array.from({ length: widest }, (_, element) => start + Math.min(element, counts[at]! - 1)),
  );
  const windows: Tensor = x.take(tensor(indices, { dtype: 'int32' }) as Tensor, axis);
  return reduction(windows, axis, counts);
}
