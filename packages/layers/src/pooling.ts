import { checkNumber, checkOptions, pad, ShapeError, showShape, slidingWindows, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';

/** The options of pooling layers. A number stands for the same number on every axis. */
export interface PoolingOptions {
  /** The distance of one window from the next; the size of the window unless given. */
  readonly stride?: number | readonly number[];
  /** How far windows reach beyond both sides of each axis; 0 unless given. */
  readonly padding?: number | readonly number[];
}

/** A layer that makes one number of each window: what `maxPool2d` and its relatives have in common. */
export function pooling(
  kind: string,
  rank: number,
  size: number | readonly number[],
  options: PoolingOptions,
  outside: number,
  reduce: (windows: Tensor, axes: readonly number[]) => Tensor,
): Layer {
  const caller = `${kind}(${typeof size === 'number' ? size : showShape(size)})`;
  const { stride = size, padding = 0 } = checkOptions(kind, options, ['stride', 'padding']);
  const perAxis = (what: string, value: number | readonly number[], least: number): readonly number[] => {
    const all = typeof value === 'number' ? Array.from({ length: rank }, () => value) : value;
    if (all.length !== rank) {
      throw new RangeError(
        `${caller}: ${what} must have ${rank} numbers, got ${all.length}. Write one number for all axes.`,
      );
    }
    for (const one of all) {
      const requirement = least > 0 ? 'a positive integer' : 'a non-negative integer';
      checkNumber(caller, what, one, Number.isInteger(one) && one >= least, requirement);
    }
    return all;
  };
  const sizes = perAxis('size', size, 1);
  const strides = perAxis('stride', stride, 1);
  const margins = perAxis('padding', padding, 0);
  margins.forEach((margin, axis) => {
    // A window of nothing but padding would have no number of its own.
    const fits = margin <= sizes[axis]! / 2;
    checkNumber(caller, 'padding', margin, fits, `at most half of the window, ${sizes[axis]}`);
  });
  const axes = sizes.map((_, axis) => axis + 2);
  return layer({
    title: caller,
    call(x): Tensor {
      if (x.rank !== rank + 2) {
        throw new ShapeError(
          `${caller} expects x of shape [N, channels, ${axes.map(() => '*').join(', ')}], got ${showShape(x.shape)}. ` +
            `Reshape x, or pool over ${Math.max(x.rank - 2, 1)} axes.`,
        );
      }
      const widths: readonly (readonly [number, number])[] = [0, 0, ...margins].map((margin) => [margin, margin]);
      const room: Tensor = margins.some((margin) => margin > 0) ? pad(x, widths, { value: outside }) : x;
      return reduce(
        slidingWindows(room, axes, sizes, { strides }),
        axes.map((axis) => axis + rank),
      );
    },
  }) as unknown as Layer;
}
