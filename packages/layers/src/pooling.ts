import { checkNumber, checkOptions, pad, ShapeError, showShape, slidingWindows, type Tensor } from '@nn/tensor';
import { perAxis } from './per-axis.ts';
import { samePadding } from './same-padding.ts';
import type { PerAxis } from './shape-rule.ts';

/** The options of pooling layers. A number stands for the same number on every axis. */
export interface PoolingOptions<
  out Stride extends PerAxis = PerAxis,
  out Padding extends PerAxis | 'same' | 'valid' = PerAxis | 'same' | 'valid',
  out Ceil extends boolean = boolean,
> {
  /** The distance of one window from the next; the size of the window unless given. */
  readonly stride?: Stride;
  /** How far windows reach beyond both sides of each axis, `valid` (not at all), or `same` (⌈length / stride⌉ windows). */
  readonly padding?: Padding;
  /** Whether a last window may reach beyond the end, so that no element is left out; false unless given. */
  readonly ceilMode?: Ceil;
}

/** The options of `maxPool1d`, `maxPool2d` and `maxPool3d`. */
export interface MaxPoolingOptions<
  out Stride extends PerAxis = PerAxis,
  out Padding extends PerAxis | 'same' | 'valid' = PerAxis | 'same' | 'valid',
  out Dilation extends PerAxis = PerAxis,
  out Ceil extends boolean = boolean,
> extends PoolingOptions<Stride, Padding, Ceil> {
  /** The distance of the elements in a window; 1 unless given. */
  readonly dilation?: Dilation;
}

/** Where the windows of a pooling layer lie along one axis. */
export interface PooledAxis {
  readonly length: number;
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  /** How many windows there are. */
  readonly positions: number;
  /** Elements outside of x that windows reach, on both sides. */
  readonly outside: readonly [before: number, after: number];
  /** How many of those behind x are padding; a last window of `ceilMode` reaches farther. */
  readonly padding: number;
}

/** The windows of one tensor: [N, channels, positions…, elements of a window…]. */
export interface PooledWindows {
  readonly windows: Tensor;
  /** The axes of the elements of a window. */
  readonly elements: readonly number[];
  readonly axes: readonly PooledAxis[];
}

/**
 * The windows that a pooling layer reduces, as a function of x and of the number that stands for what lies outside.
 *
 * @param kind   the function that makes the layer
 * @param rank   how many axes it pools over
 * @param known  the names of options besides `stride`, `padding` and `ceilMode`
 */
export function pooledWindows(
  kind: string,
  rank: number,
  size: number | readonly number[],
  options: MaxPoolingOptions,
  known: readonly string[],
): { readonly caller: string; readonly of: (x: Tensor, outside: number) => PooledWindows } {
  const caller = `${kind}(${typeof size === 'number' ? size : showShape(size)})`;
  const given = checkOptions(kind, options, ['stride', 'padding', 'ceilMode', ...known]);
  const { stride = size, padding = 0, ceilMode = false, dilation = 1 } = given;
  const sizes = perAxis(caller, 'size', size, rank, 1);
  const strides = perAxis(caller, 'stride', stride, rank, 1);
  const dilations = perAxis(caller, 'dilation', dilation, rank, 1);
  if (typeof padding === 'string' && padding !== 'same' && padding !== 'valid') {
    throw new RangeError(
      `${caller}: padding must be numbers, 'same' or 'valid', got '${String(padding)}'. Write padding: 1.`,
    );
  }
  const margins = typeof padding === 'string' ? sizes.map(() => 0) : perAxis(caller, 'padding', padding, rank, 0);
  margins.forEach((margin, axis) => {
    // A window of nothing but padding would have no number of its own.
    const fits = margin <= sizes[axis]! / 2;
    checkNumber(caller, 'padding', margin, fits, `at most half of the window, ${sizes[axis]}`);
  });

  const along = (length: number, axis: number): PooledAxis => {
    const [stride, dilation, margin] = [strides[axis]!, dilations[axis]!, margins[axis]!];
    const span = (sizes[axis]! - 1) * dilation + 1;
    const facts = { length, size: sizes[axis]!, stride, dilation };
    if (padding === 'same') {
      const outside = samePadding(length, span, stride);
      return { ...facts, positions: Math.ceil(length / stride), outside, padding: outside[1] };
    }
    const steps = (length + 2 * margin - span) / stride;
    let positions = (ceilMode ? Math.ceil(steps) : Math.floor(steps)) + 1;
    // The last window must begin inside x or the padding before it.
    if (ceilMode && (positions - 1) * stride >= length + margin) positions--;
    const beyond = (positions - 1) * stride + span - length - margin;
    return { ...facts, positions, outside: [margin, Math.max(margin, beyond)], padding: margin };
  };

  return {
    caller,
    of(x, outside) {
      if (x.rank !== rank + 2) {
        throw new ShapeError(
          `${caller} expects x of shape [N, channels, ${sizes.map(() => '*').join(', ')}], got ${showShape(x.shape)}. ` +
            `Reshape x, or pool over ${Math.max(x.rank - 2, 1)} axes.`,
        );
      }
      const axes = x.shape.slice(2).map(along);
      const needsRoom = axes.some(({ outside: [before, after] }) => before + after > 0);
      const widths: readonly (readonly [number, number])[] = [[0, 0], [0, 0], ...axes.map((axis) => axis.outside)];
      const room: Tensor = needsRoom ? pad(x, widths, { value: outside }) : x;
      const places = sizes.map((_, axis) => axis + 2);
      return {
        windows: slidingWindows(room, places, sizes, { strides, dilations }),
        elements: places.map((axis) => axis + rank),
        axes,
      };
    },
  };
}
