import {
  checkNumber,
  checkOptions,
  type LayerCall,
  type Shape,
  ShapeError,
  showShape,
  tensor,
  type Tensor,
} from '@nn/tensor';
import { adaptAxis, windowMean } from './adaptive-pooling.ts';
import { perAxis } from './per-axis.ts';

/** How `interpolate` finds numbers between those of x. */
export type InterpolationMode = 'nearest' | 'nearestExact' | 'linear' | 'cubic' | 'area';

/** The options of `upsample`, and of `interpolate` besides the size. */
export interface InterpolationOptions {
  /**
   * `nearest` (unless given): the number at the floored place, as in PyTorch; `nearestExact`: the nearest by the middle of
   * pixels; `linear`: straight lines along each axis (bilinear for images); `cubic`: cubic convolution with a = −0.75
   * (bicubic for images); `area`: means over the pixels that are covered.
   */
  readonly mode?: InterpolationMode;
  /** Whether first and last numbers stay where they are; for `linear` and `cubic`, false unless given. */
  readonly alignCorners?: boolean;
}

/** The options of `interpolate`: `size` or `scale`. */
export interface InterpolateOptions extends InterpolationOptions, LayerCall {
  /** The new length of each axis behind the channels, one number for all. */
  readonly size?: number | readonly number[];
  /** How many times each axis grows; the new length is rounded down. */
  readonly scale?: number | readonly number[];
}

const modes: readonly InterpolationMode[] = ['nearest', 'nearestExact', 'linear', 'cubic', 'area'];

/** What modes of other libraries are called here, where they work on any number of axes. */
const otherNames: Readonly<Record<string, string>> = {
  bilinear: 'linear',
  trilinear: 'linear',
  bicubic: 'cubic',
  'nearest-exact': 'nearestExact',
};

/**
 * Images or series of another size, by numbers in between.
 *
 *   y[n, c, i] = Σ k  weightₖ(s) · x[n, c, ⌊s⌋ + k]     along each axis, at the place s
 *   s = (i + ½) · length / size − ½, or with alignCorners s = i · (length − 1) / (size − 1)
 *
 * With `scale`, places use 1 / scale in the place of length / size. Nothing is smoothed when an image shrinks, but in `area`.
 *
 * @param x  [N, channels, …]
 * @returns  [N, channels, …] with the new lengths
 * @throws RangeError, TypeError when an option does not fit, or not exactly one of `size` and `scale` is given
 * @throws ShapeError when x has no numbers along an axis behind the channels
 * @example String(interpolate(tensor([[[1, 3]]]), { size: 3, mode: 'linear', alignCorners: true }))   // [[[1. 2. 3.]]]
 * @see Keys, Cubic Convolution Interpolation for Digital Image Processing (1981)
 */
export function interpolate(x: Tensor, options: InterpolateOptions): Tensor {
  const known = ['size', 'scale', 'mode', 'alignCorners', 'training'];
  const given = checkOptions('interpolate', options ?? {}, known);
  const { size, scale, mode = 'nearest', alignCorners = false } = given;
  checkMode('interpolate', mode, alignCorners);
  const lengths: Shape = x.shape.slice(2);
  if (lengths.length === 0 || lengths.includes(0)) {
    throw new ShapeError(
      `interpolate expects x of shape [N, channels, …] with numbers behind the channels, got ${showShape(x.shape)}. ` +
        `Reshape x.`,
    );
  }
  if ((size === undefined) === (scale === undefined)) {
    throw new TypeError('interpolate: give size or scale, and not both. Write { scale: 2 }.');
  }
  const rank = lengths.length;
  const factors = scale === undefined ? undefined : scaleOf('interpolate', scale, rank);
  const sizes = factors
    ? lengths.map((length, axis) => Math.floor(length * factors[axis]!))
    : perAxis('interpolate', 'size', size!, rank, 1);
  if (sizes.includes(0)) {
    throw new RangeError(`interpolate: a scale of ${showShape(factors!)} leaves nothing of ${showShape(x.shape)}.`);
  }
  return sizes.reduce<Tensor>((y, count, at) => {
    const axis = at + 2;
    if (mode === 'area') return adaptAxis(y, axis, count, windowMean);
    const length = lengths[at]!;
    const ratio = factors ? 1 / factors[at]! : length / count;
    const places = Array.from({ length: count }, (_, i) => {
      if (mode === 'nearest') return factors ? i / factors[at]! : (i * length) / count;
      if (mode === 'nearestExact') return factors ? (i + 0.5) / factors[at]! : ((i + 0.5) * length) / count;
      if (!alignCorners) return (i + 0.5) * ratio - 0.5;
      return count === 1 ? 0 : (i * (length - 1)) / (count - 1);
    });
    return atPlaces(y, axis, places, neighbours[mode]);
  }, x);
}

/** @throws RangeError, TypeError when there is no such mode, or it has no corners to align */
export function checkMode(caller: string, mode: InterpolationMode, alignCorners: boolean): void {
  if (!modes.includes(mode)) {
    const other = otherNames[mode as string];
    const hint = other ? `Write '${other}', which works on any number of axes.` : "Write mode: 'linear'.";
    throw new RangeError(`${caller}: mode must be one of ${modes.join(', ')}, got ${String(mode)}. ${hint}`);
  }
  if (alignCorners && mode !== 'linear' && mode !== 'cubic') {
    throw new RangeError(`${caller}: alignCorners is for the modes linear and cubic, got ${mode}. Leave it out.`);
  }
}

/** @throws RangeError, TypeError when a factor is no positive number */
export function scaleOf(caller: string, scale: number | readonly number[], rank: number): readonly number[] {
  const factors = typeof scale === 'number' ? Array.from({ length: rank }, () => scale) : scale;
  for (const factor of factors) {
    checkNumber(caller, 'scale', factor, factor > 0 && factor < Infinity, 'a finite number above 0', 'Write scale: 2.');
  }
  if (factors.length === rank) return factors;
  throw new RangeError(
    `${caller}: scale must have ${rank} numbers, got ${factors.length}. Write one number for all axes.`,
  );
}

/** The weights of the numbers around a place, by how far they stand from its floor. */
type Neighbours = (place: number) => readonly (readonly [offset: number, weight: number])[];

// Cubic convolution with a = −0.75: one polynomial up to distance 1, another up to 2.
const a = -0.75;
const near = (t: number): number => ((a + 2) * t - (a + 3)) * t * t + 1;
const far = (t: number): number => ((a * t - 5 * a) * t + 8 * a) * t - 4 * a;

const neighbours: Readonly<Record<Exclude<InterpolationMode, 'area'>, Neighbours>> = {
  nearest: () => [[0, 1]],
  nearestExact: () => [[0, 1]],
  linear(place) {
    const t = Math.max(place, 0) - Math.floor(Math.max(place, 0));
    return [
      [0, 1 - t],
      [1, t],
    ];
  },
  cubic(place) {
    const t = place - Math.floor(place);
    return [
      [-1, far(1 + t)],
      [0, near(t)],
      [1, near(1 - t)],
      [2, far(2 - t)],
    ];
  },
};

/** Weighted sums of the numbers around places along an axis. Beyond the ends stands the last number. */
function atPlaces(x: Tensor, axis: number, places: readonly number[], around: Neighbours): Tensor {
  const last = x.shape[axis]! - 1;
  const taps = places.map(around);
  const behind = Array.from({ length: x.rank - axis - 1 }, () => 1);
  const parts = taps[0]!.map((_, tap): Tensor => {
    const indices = places.map((place, at) => {
      const index = Math.floor(place) + taps[at]![tap]![0];
      return Math.min(Math.max(index, 0), last);
    });
    const taken: Tensor = x.take(tensor(indices, { dtype: 'int32' }) as Tensor, axis);
    if (taps[0]!.length === 1) return taken;
    const weights = taps.map((own) => own[tap]![1]);
    return taken.mul(tensor(weights, { dtype: x.dtype }).reshape([places.length, ...behind]) as Tensor);
  });
  return parts.reduce((sum, part) => sum.add(part));
}
