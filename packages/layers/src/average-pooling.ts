import { tensor, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import { type PooledAxis, pooledWindows, type PoolingOptions } from './pooling.ts';
import type { PerAxis, ShapeRule } from './shape-rule.ts';

/** The options of `averagePool1d`, `averagePool2d` and `averagePool3d`. */
export interface AveragePoolingOptions<
  out Stride extends PerAxis = PerAxis,
  out Padding extends PerAxis | 'same' | 'valid' = PerAxis | 'same' | 'valid',
  out Ceil extends boolean = boolean,
> extends PoolingOptions<Stride, Padding, Ceil> {
  /** Whether padding counts in the size of a window; true unless given, as in PyTorch, but false for `same`, as in Keras. */
  readonly countPadding?: boolean;
}

/** What `averagePool1d`, `averagePool2d` and `averagePool3d` have in common. */
export function averagePooling<Rule extends ShapeRule>(
  kind: string,
  rank: number,
  size: number | readonly number[],
  options: AveragePoolingOptions,
): Layer<Rule> {
  const { caller, of } = pooledWindows(kind, rank, size, options, ['countPadding']);
  const { countPadding = options.padding !== 'same' } = options;
  return layer({
    title: caller,
    call(x): Tensor {
      const { windows, elements, axes } = of(x, 0);
      const counts = countedElements(axes, countPadding);
      const whole = axes.reduce((product, axis) => product * axis.size, 1);
      if (counts.every((count) => count === whole)) return windows.mean(elements);
      const divisors: Tensor = tensor(counts, { dtype: x.dtype }).reshape(axes.map(({ positions }) => positions));
      return (windows.sum(elements) as Tensor).div(divisors);
    },
  }) as unknown as Layer<Rule>;
}

/** How many elements of each window count, in row-major order of the windows. */
export function countedElements(axes: readonly PooledAxis[], countPadding: boolean): number[] {
  return axes.reduce<number[]>(
    (counts, { positions, stride, size, length, outside: [before], padding }) => {
      const [low, high] = countPadding ? [-before, length + padding] : [0, length];
      const along = Array.from({ length: positions }, (_, at) => {
        const start = at * stride - before;
        return Math.min(start + size, high) - Math.max(start, low);
      });
      return counts.flatMap((count) => along.map((own) => count * own));
    },
    [1],
  );
}
