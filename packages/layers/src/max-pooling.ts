import { tensor, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import { type MaxPoolingOptions, type PooledAxis, pooledWindows } from './pooling.ts';
import type { AnyShape, ShapeRule } from './shape-rule.ts';

/** A layer that keeps the largest number of each window. */
export interface MaxPooling<out Rule extends ShapeRule = AnyShape> extends Layer<Rule> {
  /** Where each maximum stands: flat positions in the axes behind the channels, int32. At a tie it is the first. */
  readonly indices: (x: Tensor) => Tensor;
}

/** What `maxPool1d`, `maxPool2d` and `maxPool3d` have in common. */
export function maxPooling<Rule extends ShapeRule>(
  kind: string,
  rank: number,
  size: number | readonly number[],
  options: MaxPoolingOptions,
): MaxPooling<Rule> {
  const { caller, of } = pooledWindows(kind, rank, size, options, ['dilation']);
  const made = layer({
    title: caller,
    call(x): Tensor {
      const { windows, elements } = of(x, -Infinity);
      return windows.max(elements);
    },
  });
  const indices = (x: Tensor): Tensor => {
    const { windows, axes } = of(x, -Infinity);
    const flat: Tensor = windows.reshape([...windows.shape.slice(0, 2 + rank), -1]);
    const starts = flatPositions(axes, ({ positions, stride, outside }) =>
      Array.from({ length: positions }, (_, at) => at * stride - outside[0]),
    );
    const steps = flatPositions(axes, ({ size, dilation }) => Array.from({ length: size }, (_, at) => at * dilation));
    const first: Tensor = tensor(starts, { dtype: 'int32' }).reshape(axes.map(({ positions }) => positions));
    return (tensor(steps, { dtype: 'int32' }).take(flat.argmax(-1) as Tensor, 0) as Tensor).add(first);
  };
  return Object.assign(made, { indices }) as unknown as MaxPooling<Rule>;
}

/** The flat positions of all combinations of positions along the axes, in row-major order. */
function flatPositions(axes: readonly PooledAxis[], along: (axis: PooledAxis) => readonly number[]): number[] {
  return axes.reduce<number[]>(
    (flat, axis) => flat.flatMap((row) => along(axis).map((at) => row * axis.length + at)),
    [0],
  );
}
