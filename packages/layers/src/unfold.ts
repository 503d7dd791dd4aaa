import { checkOptions, pad, ShapeError, showShape, slidingWindows, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import { perAxis } from './per-axis.ts';

/** The options of `unfold` and `fold`. A number stands for the same number on both axes. */
export interface UnfoldOptions {
  /** The distance of one window from the next; 1 unless given. */
  readonly stride?: number | readonly number[];
  /** Zeros on both sides of each axis; 0 unless given. */
  readonly padding?: number | readonly number[];
  /** The distance of the elements in a window; 1 unless given. */
  readonly dilation?: number | readonly number[];
}

/** The windows of an image: their sizes, and how they lie. */
export interface ImageWindows {
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  readonly paddings: readonly number[];
  readonly dilations: readonly number[];
}

/** @throws RangeError, TypeError when a size or an option does not fit */
export function imageWindows(
  kind: string,
  caller: string,
  size: number | readonly number[],
  options: UnfoldOptions,
): ImageWindows {
  const { stride = 1, padding = 0, dilation = 1 } = checkOptions(kind, options, ['stride', 'padding', 'dilation']);
  return {
    sizes: perAxis(caller, 'size', size, 2, 1),
    strides: perAxis(caller, 'stride', stride, 2, 1),
    paddings: perAxis(caller, 'padding', padding, 2, 0),
    dilations: perAxis(caller, 'dilation', dilation, 2, 1),
  };
}

/**
 * The windows of an image as columns (im2col).
 *
 *   y[n, (c, k), p] = x[n, c, p · stride + k · dilation − padding]
 *
 * @param size  the size of the window
 * @returns     a layer from [N, channels, H, W] to [N, channels · size, positions]; it has no parameters
 * @throws RangeError, TypeError when a size or an option does not fit
 * @throws ShapeError when x has other axes, or is smaller than a window
 * @example unfold(2)(zeros([1, 3, 4, 4])).shape.join(' ')   // 1 12 9
 */
/* @__NO_SIDE_EFFECTS__ */
export function unfold(size: number | readonly number[], options: UnfoldOptions = {}): Layer {
  const caller = `unfold(${typeof size === 'number' ? size : showShape(size)})`;
  const { sizes, strides, paddings, dilations } = imageWindows('unfold', caller, size, options);
  return layer({
    title: caller,
    call(x): Tensor {
      if (x.rank !== 4) {
        throw new ShapeError(
          `${caller} expects x of shape [N, channels, *, *], got ${showShape(x.shape)}. Reshape x, with one axis per side.`,
        );
      }
      const [samples, channels] = x.shape as [number, number];
      const room: Tensor = pad(x, [[0, 0], [0, 0], ...paddings.map((width) => [width, width] as const)]);
      const windows = slidingWindows(room, [2, 3], sizes, { strides, dilations });
      const [down, across] = windows.shape.slice(2) as [number, number];
      const columns: Tensor = windows.permute([0, 1, 4, 5, 2, 3]);
      return columns.reshape([samples, channels * sizes[0]! * sizes[1]!, down * across]);
    },
  }) as unknown as Layer;
}
